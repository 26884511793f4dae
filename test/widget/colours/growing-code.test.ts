import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { GrowingCode } from '../../../widget/colours/growing-code.ts';
import { tokenise } from '../../../widget/colours/ranges.ts';
import { present } from '../../support/present.ts';
import { eachSeed } from '../../support/seeded-random.ts';

// As it is, and it counts.
vi.mock(import('../../../widget/colours/ranges.ts'), async (original) => {
  const ranges = await original();
  return { ...ranges, tokenise: vi.fn(ranges.tokenise) };
});

const FILES = ['widget/markdown/block-parser.ts', 'widget/ivy-chat.ts', 'partykit/room/machine.ts'];

function source(path: string): string {
  return readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
}

function whole(code: string, language: string): unknown {
  return present(tokenise(code, language)).ranges;
}

/** Until nothing is left to do; gives the number of steps. */
function finish(code: GrowingCode): number {
  let steps = 0;
  for (; code.isDue; steps += 1) code.step();
  return steps;
}

function lengths(): readonly number[] {
  return vi.mocked(tokenise).mock.calls.map(([text]) => text.length);
}

afterEach(() => vi.mocked(tokenise).mockClear());

describe('a code that grows', () => {
  it.each(FILES)('has in pieces the ranges that it has at once: %s', (path) => {
    const text = source(path);
    const code = new GrowingCode('ts');
    code.update(text);
    expect(finish(code)).toBeGreaterThan(text.length / 2_000);
    expect(code.ranges()).toEqual(whole(text, 'ts'));
  });

  it('has the same ranges in the end, however it came', async () => {
    const texts = FILES.map((path) => source(path).slice(0, 6_000));
    await eachSeed(6, (random) => {
      const all = random.pick(texts);
      const code = new GrowingCode('ts');
      let text = '';
      for (const piece of random.pieces(all, 60)) {
        text += piece;
        code.update(text);
        if (random.chance(0.7)) finish(code);
        // What could have been the end of the fence was shown as a line.
        if (random.chance(0.1)) code.update(text.slice(0, -2));
      }
      code.update(all);
      finish(code);
      expect(code.ranges()).toEqual(whole(all, 'ts'));
    });
  });

  it('has other ranges for another text', () => {
    const code = new GrowingCode('ts');
    code.update(source('widget/ivy-chat.ts'));
    finish(code);
    code.update('let a = 1;');
    finish(code);
    expect(code.ranges()).toEqual(whole('let a = 1;', 'ts'));
  });

  it('gives the ranges of a part', () => {
    const code = new GrowingCode('ts');
    code.update('let a = 1;\n'.repeat(1_000));
    finish(code);
    const found = code.ranges(1_100, 2_200);
    expect(found).toEqual(code.ranges().filter(({ start, end }) => end > 1_100 && start < 2_200));
    expect(found.length).toBe(200);
  });

  it('costs for the last token what it costs for the first: 20,000 of them are twice 10,000', () => {
    const work = (tokens: number): number => {
      vi.mocked(tokenise).mockClear();
      const code = new GrowingCode('python');
      let text = '';
      for (let token = 0; token < tokens; token += 1) {
        text += token % 10 === 9 ? '\n' : `${token % 10 === 0 ? '' : ' '}a${token % 10}`;
        // As often as a page would at 60 tokens a second.
        if (token % 5 > 0) continue;
        code.update(text);
        finish(code);
      }
      return lengths().reduce((sum, length) => sum + length, 0);
    };
    const ratio = work(20_000) / work(10_000);
    expect(ratio).toBeGreaterThan(1.9);
    expect(ratio).toBeLessThan(2.1);
  });

  it.each([
    ['short lines', 'a = 1\n'],
    ['lines that belong to one', '  a\n'],
    ['a comment', '"""\n', 'a\n'],
    ['long lines', `${'x '.repeat(200)}\n`],
    ['no lines', 'x '.repeat(200)],
  ])('is never looked at in more than a few pieces at once: %s', (_, first, others = first) => {
    const code = new GrowingCode('python');
    code.update(first + others.repeat(30_000 / others.length));
    finish(code);
    expect(Math.max(0, ...lengths())).toBeLessThanOrEqual(8_000);
  });

  it.each([
    ['a line that is too long for code', `${'a'.repeat(100_000)}\n`],
    ['what stays open for too long', `"""${'b\n'.repeat(20_000)}"""\n`],
  ])('goes on behind %s', (_, long) => {
    const before = `let = 1\n${long}`;
    const code = new GrowingCode('python');
    code.update(`${before}def end(): pass\n`);
    finish(code);
    expect(code.ranges(before.length)).not.toEqual([]);
  });

  it('is left as it is after three pieces that took too long', () => {
    let time = 0;
    const code = new GrowingCode('ts', () => (time += 60));
    code.update('let a = 1;\n'.repeat(2_000));
    expect(finish(code)).toBeLessThan(6);
    expect(code.ranges()).not.toEqual([]);
    code.update('let a = 1;\n'.repeat(2_001));
    expect(code.isDue).toBe(false);
  });
});
