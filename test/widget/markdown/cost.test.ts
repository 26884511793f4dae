/** No input may cost more than in proportion to its length (rule X6). */
import { describe, expect, it } from 'vitest';
import { MarkdownDocument } from '../../../widget/markdown/document.ts';
import { Renderer } from '../../../widget/markdown/render.ts';
import type { Child } from '../../../widget/markdown/shape.ts';
import { SLOW_TEXTS } from '../../rendering/slow-texts.ts';

const KB = 1000;

const renderer = new Renderer({ copyCode: '', taskDone: '', taskOpen: '', table: '', code: '' });

function draw(children: readonly Child[]): void {
  for (const child of children) {
    if (typeof child !== 'string') draw(('draw' in child ? child.draw() : child).children);
  }
}

/** Up to the shapes of all nodes. */
function atOnce(text: string): unknown {
  const blocks = new MarkdownDocument().finish(text);
  draw(renderer.render(blocks));
  return blocks;
}

/** In as many steps as there are, whatever the length: that is how frames come. */
function inSteps(text: string): unknown {
  const document = new MarkdownDocument();
  for (const part of [1 / 3, 2 / 3])
    draw(renderer.render(document.update(text.slice(0, text.length * part))));
  const blocks = document.finish(text);
  draw(renderer.render(blocks));
  return blocks;
}

function milliseconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  return process.cpuUsage(before).user / 1000;
}

/** Twice the text may cost 2.5 times as much, so four times 6.25 times as much. Four short texts are as much text. */
const RATIO_MAX = 2.5 ** 2 / 4;
/** What costs less is not slow, and too little to be measured. */
const FLOOR_MS = 20;
const ROUNDS_MAX = 7;

/**
 * What a long text costs, to what four of a quarter cost: 1 where cost is linear, 4 where it is quadratic. What collecting
 * garbage and compiling take hides in longer texts and growth does not, so a text that seems to be slow is judged by four
 * times its length.
 */
function ratioOf(work: (text: string) => unknown, make: (length: number) => string, length: number): number {
  const ratio = ratioAt(work, make, length);
  return ratio > RATIO_MAX ? ratioAt(work, make, length * 4) : ratio;
}

/** Chance only adds to both, so the least of some rounds counts; what was made is kept, or the four would be spared its waste. */
function ratioAt(work: (text: string) => unknown, make: (length: number) => string, length: number): number {
  const [short, long] = [make(length / 4), make(length)];
  work(short);
  let inOne = milliseconds(() => work(long));
  let inFour = 0;
  for (let round = 0; round < ROUNDS_MAX && inOne > Math.max(FLOOR_MS, inFour * RATIO_MAX); round += 1) {
    const kept: unknown[] = [];
    const four = milliseconds(() => {
      for (let part = 0; part < 4; part += 1) kept.push(work(short));
    });
    inFour = round === 0 ? four : Math.min(inFour, four);
    if (inOne > inFour * RATIO_MAX)
      inOne = Math.min(
        inOne,
        milliseconds(() => kept.push(work(long))),
      );
  }
  return inOne < FLOOR_MS ? 1 : inOne / inFour;
}

describe('[X6] the cost of a text is in proportion to its length', () => {
  it.each(Object.entries(SLOW_TEXTS))('at once: %s', (_name, make) => {
    expect(ratioOf(atOnce, make, 100 * KB)).toBeLessThanOrEqual(RATIO_MAX);
  });

  it.each(Object.entries(SLOW_TEXTS))('as it arrives: %s', (_name, make) => {
    expect(ratioOf(inSteps, make, 32 * KB)).toBeLessThanOrEqual(RATIO_MAX);
  });

  it('at the length where an answer is cut off: what is copied at each line', () => {
    const make = SLOW_TEXTS['delimiter rows that fit nothing'];
    expect(make && ratioOf(atOnce, make, 256 * 1024)).toBeLessThanOrEqual(RATIO_MAX);
  });

  it('and that would show: what looks at all pairs of characters is beyond it', () => {
    const pairs = (text: string): number => {
      let count = 0;
      for (let first = 0; first < text.length; first += 4)
        for (let second = 0; second < first; second += 4)
          if (text.charCodeAt(first) === text.charCodeAt(second)) count += 1;
      return count;
    };
    expect(ratioAt(pairs, (length) => 'ab'.repeat(length / 2), 40 * KB)).toBeGreaterThan(RATIO_MAX);
  });
});

describe('[X6] the cost of one more token', () => {
  const repeat = (make: (index: number) => string): string => {
    let text = '';
    for (let index = 0; text.length < 80 * KB; index += 1) text += make(index);
    return text;
  };

  it.each([
    ['code', `\`\`\`ts\n${repeat((index) => `const value${index} = compute(${index});\n`)}`],
    ['a list', repeat((index) => `- item ${index} with **bold** and some words\n`)],
    ['a loose list', repeat((index) => `- item ${index}\n\n`)],
    ['a nested list', repeat((index) => `- item ${index}\n  - sub **${index}**\n`)],
    ['a quote', repeat((index) => `> line ${index}\n>\n`)],
    ['a table', `|a|b|\n|-|-|\n${repeat((index) => `| cell ${index} | **x** |\n`)}`],
    ['paragraphs', repeat((index) => `paragraph ${index} with **bold** and some words\n\n`)],
  ])('does not depend on what is there already: %s', (_name, text) => {
    const document = new MarkdownDocument();
    const cost = (from: number): number => {
      document.update(text.slice(0, from));
      return milliseconds(() => {
        for (let end = from; end < from + 400; end += 4) document.update(text.slice(0, end));
      });
    };
    cost(1 * KB);
    cost(2 * KB);
    const early = cost(8 * KB);
    const late = cost(78 * KB);
    // 100 updates; ten times the text.
    expect(late).toBeLessThan(Math.max(30, early * 5));
  });
});
