/** Holds the numbered tables and the titles of the tests together, in both directions. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { addressOf, proofsOf } from './tables/proofs.ts';
import { readRows, writeFiles } from './tables/rows.ts';
import { TABLES } from './tables/table.ts';
import { numbersIn } from './tables/titles.ts';

describe.each(TABLES)('$file', (table) => {
  const rows = readRows(readFileSync(addressOf(table), 'utf8'));
  const proofs = proofsOf(table);

  it('has a row for every number, in order, and for nothing else', () => {
    expect([...rows.keys()]).toEqual(table.numbers);
  });

  it.each(table.numbers)(
    'names for %s the test files whose titles carry it, all of them and no other (`npm run tables` writes them)',
    (number) => {
      expect([...(rows.get(number) ?? [])].sort()).toEqual(proofs.get(number));
    },
  );

  it('has a test for every number', () => {
    expect(table.numbers.filter((number) => proofs.get(number)?.length === 0)).toEqual([]);
  });

  it('knows every number that a title carries', () => {
    expect([...proofs.keys()].filter((number) => !table.numbers.includes(number))).toEqual([]);
  });
});

describe('what counts as a title', () => {
  const [faults, threats] = TABLES.map(({ mark }) => mark);

  it.each([
    ['a title', "it('[S1] [F07] is', () => {})", ['F07']],
    ['a row of a table of titles', "it.each([['F08, R1: is', 1]])('%s', () => {})", ['F08']],
    ['a title that is put together', 'it(`[F09] is ${how}`, () => {})', ['F09']],
    ['a comment', "// F07\nit('is', () => {})", []],
    ['a test that is not run', "it.skip('[F07] is', () => {})", []],
    ['a table that is not run', "it.skip.each(['F07'])('%s', () => {})", []],
    ['part of a word', "it('XF07 F071', () => {})", []],
  ])('%s', (_what, code, numbers) => {
    expect([...numbersIn(code, faults ?? /^$/g)]).toEqual(numbers);
  });

  it.each([
    ['a mark in brackets', "it('[A4] is', () => {})", ['A4']],
    ['several in one pair', "it('[A4, A11] is', () => {})", ['A4', 'A11']],
    ['a mark with a colon', "it('S5, A12: is', () => {})", ['A12']],
    ['a number without a row', "it('[A99] is', () => {})", ['A99']],
    ['a tab of a story', "world.open('A1', 'A')", []],
    ['an end of an id', "it('takes _-A9: too', () => {})", []],
    ['a word of a sentence', "it('prints on A4 paper', () => {})", []],
  ])('%s, where marks are short', (_what, code, numbers) => {
    expect([...numbersIn(code, threats ?? /^$/g)]).toEqual(numbers);
  });
});

describe('what is written into a table', () => {
  const table =
    '# Title\n\n| No | Feared | Proved by |\n| --- | --- | --- |\n| A1 | one | `old.ts` |\n| A2 | two | |\n';

  it('is the last column of each row, and nothing else', () => {
    const written = writeFiles(table, new Map([['A2', ['a/b.test.ts', 'c/d.test.ts']]]));
    expect(written).toBe(
      table.replace(' `old.ts` |', ' |').replace('two | |', 'two | `a/b.test.ts` `c/d.test.ts` |'),
    );
    expect(readRows(written).get('A2')).toEqual(['a/b.test.ts', 'c/d.test.ts']);
    expect(writeFiles(written, new Map([['A2', ['a/b.test.ts', 'c/d.test.ts']]]))).toBe(written);
  });

  it('is refused when a number has two rows', () => {
    expect(() => readRows(`${table}| A1 | again | |\n`)).toThrow('A1 has two rows');
  });
});
