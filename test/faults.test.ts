/** Holds `faults.md` and the titles of the tests together, in both directions. */
import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const FOLDER = new URL('.', import.meta.url);
const NUMBERS = Array.from({ length: 50 }, (_, index) => `F${String(index + 1).padStart(2, '0')}`);
const NUMBER = /\bF\d\d\b/g;
/** What these run proves nothing. */
const NOT_RUN = /^(?:it|test|describe)\.(?:skip|todo|fails)\b/;

function read(path: string): string {
  return readFileSync(new URL(path, FOLDER), 'utf8');
}

/** The numbers in the titles of a file: in strings of its code, not in its comments. */
function numbersIn(code: string): ReadonlySet<string> {
  const numbers = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && NOT_RUN.test(node.getText(source))) return;
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node)) {
      for (const [number] of node.text.matchAll(NUMBER)) numbers.add(number);
    }
    ts.forEachChild(node, visit);
  };
  const source = ts.createSourceFile('', code, ts.ScriptTarget.Latest, true);
  visit(source);
  return numbers;
}

const testFiles = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.includes('/') && path.endsWith('.test.ts'));
const proved = new Map(testFiles.map((path) => [path, numbersIn(read(path))]));

/** The files of each row, by its number. */
const rows = new Map<string, readonly string[]>();
for (const line of read('faults.md').split('\n')) {
  const [, number = '', ...cells] = line.split('|').map((cell) => cell.trim());
  if (!/^F\d\d$/.test(number)) continue;
  if (rows.has(number)) throw new Error(`${number} has two rows`);
  rows.set(
    number,
    [...(cells.at(-2) ?? '').matchAll(/`([^`]+)`/g)].map(([, path = '']) => path),
  );
}

describe('the table of faults', () => {
  it('has a row for every fault, in order, and for nothing else', () => {
    expect([...rows.keys()]).toEqual(NUMBERS);
  });

  it.each(NUMBERS)(
    'names for %s the test files whose titles carry it, all of them and no other',
    (number) => {
      const carrying = testFiles.filter((path) => proved.get(path)?.has(number));
      expect([...(rows.get(number) ?? [])].sort()).toEqual(carrying.sort());
      expect(carrying).not.toEqual([]);
    },
  );

  it('knows every number that a title carries', () => {
    const carried = new Set([...proved.values()].flatMap((numbers) => [...numbers]));
    expect([...carried].filter((number) => !NUMBERS.includes(number))).toEqual([]);
  });
});

describe('what counts as a title', () => {
  it.each([
    ['a title', "it('[S1] [F07] is', () => {})", ['F07']],
    ['a row of a table of titles', "it.each([['F08, R1: is', 1]])('%s', () => {})", ['F08']],
    ['a title that is put together', 'it(`[F09] is ${how}`, () => {})', ['F09']],
    ['a comment', "// F07\nit('is', () => {})", []],
    ['a test that is not run', "it.skip('[F07] is', () => {})", []],
    ['a table that is not run', "it.skip.each(['F07'])('%s', () => {})", []],
    ['part of a word', "it('XF07 F071', () => {})", []],
  ])('%s', (_what, code, numbers) => {
    expect([...numbersIn(code)]).toEqual(numbers);
  });
});
