/** Markdown at random: it is read whatever it is, the same whole and in pieces, in time proportional to its length (X6). */
import { describe, expect, it } from 'vitest';
import { MarkdownDocument } from '../../widget/markdown/document.ts';
import { parseMarkdown } from '../../widget/markdown/parse.ts';
import type { SeededRandom } from '../support/seeded-random.ts';
import { randomMarkdown, randomPrefixes } from '../widget/markdown/seeded-markdown.ts';
import { anyText, damaged } from './any-text.ts';
import { eachCase, FUZZ_TIMEOUT_MS } from './cases.ts';

const anyMarkdown = (random: SeededRandom): string => {
  const text = randomMarkdown(random, 5 + random.below(40));
  const kind = random.next();
  if (kind < 0.6) return text;
  return kind < 0.8
    ? damaged(random, text)
    : text + anyText(random, ['*', '[', '](', '`', '<', '|', '\n', '- ']);
};

describe('an answer', () => {
  it(
    '[X6] is the same tree whole and streamed, and no prefix of it is too much',
    async () => {
      await eachCase((random) => {
        const text = anyMarkdown(random);
        const document = new MarkdownDocument();
        for (const prefix of randomPrefixes(random, text)) document.update(prefix);
        expect([...document.finish(text)]).toEqual([...parseMarkdown(text)]);
      });
    },
    FUZZ_TIMEOUT_MS,
  );
});

const KB = 1000;

function milliseconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  return process.cpuUsage(before).user / 1000;
}

/** The first line that is not in proportion; undefined when all are. */
function disproportion(make: (length: number) => string): string | undefined {
  const cost = (length: number): number => milliseconds(() => parseMarkdown(make(length)));
  cost(2 * KB);
  const [short, long] = [cost(10 * KB), cost(40 * KB)];
  // Four times the text: 16 times the time, were it quadratic. Below the floor, chance rules.
  return long < Math.max(60, short * 10) ? undefined : `${short} ms for 10 kB, ${long} ms for 40 kB`;
}

describe('an answer that says the same over and over', () => {
  it(
    '[X6] costs in proportion to its length',
    async () => {
      await eachCase((random, seed) => {
        // Each costs as much as a hundred of the others.
        if (seed % 25 !== 0) return;
        const part = anyMarkdown(random).slice(0, 1 + random.below(40)) || 'a';
        const make = (length: number): string => part.repeat(Math.ceil(length / part.length));
        // Measured again, since the machine may have been at something else.
        const wrong = disproportion(make);
        expect(wrong && disproportion(make), JSON.stringify(part)).toBeUndefined();
      });
    },
    FUZZ_TIMEOUT_MS,
  );
});
