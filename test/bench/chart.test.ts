import { describe, expect, it } from 'vitest';
import { lineChart, spreadOut } from './chart.ts';

const OPTIONS = { title: 'Cost <of a token>', description: 'All of it', xTitle: 'tokens', yTitle: 'ms' };

describe('names beside the ends of lines', () => {
  it('stay where they are when there is room', () => {
    expect(spreadOut([100, 200, 300], 0, 400)).toEqual([100, 200, 300]);
  });

  it('move apart in their order, and not over the edges', () => {
    const placed = spreadOut([395, 390, 396, 391], 0, 400);
    const order = [1, 3, 0, 2].map((index) => placed[index] ?? NaN);
    expect(order).toEqual(order.toSorted((one, other) => one - other));
    expect(Math.max(...placed)).toBeLessThanOrEqual(400);
    for (const [index, y] of order.entries()) {
      if (index > 0) expect(y - (order[index - 1] ?? NaN)).toBeGreaterThanOrEqual(20);
    }
  });
});

describe('the chart', () => {
  const svg = lineChart(
    [
      {
        name: 'ours',
        isOurs: true,
        points: [
          [1000, 2],
          [19_000, 2],
        ],
      },
      {
        name: 'R&D',
        points: [
          [1000, 10],
          [19_000, 100],
        ],
      },
    ],
    OPTIONS,
  );
  const pointsOf = (name: string): readonly (readonly number[])[] =>
    (new RegExp(`class="${name}" points="([^"]+)"`).exec(svg)?.[1] ?? '')
      .split(' ')
      .map((point) => point.split(',').map(Number));

  it('draws a flat line for a cost that does not grow, and above it one that rises', () => {
    const [[, ourStart = NaN] = [], [, ourEnd = NaN] = []] = pointsOf('ours');
    const [[, start = NaN] = [], [, end = NaN] = []] = pointsOf('line1');
    expect(ourEnd).toBe(ourStart);
    expect(start).toBeLessThan(ourStart);
    expect(end).toBeLessThan(start);
  });

  it('escapes what it is given, and can be read out', () => {
    expect(svg).toContain('<title id="title">Cost &lt;of a token&gt;</title>');
    expect(svg).toContain('R&amp;D');
    expect(svg).toContain('role="img"');
  });

  it('has ticks at powers of ten and at the lengths that were measured', () => {
    for (const tick of ['>1<', '>10<', '>100<', '>1,000<', '>19,000<']) expect(svg).toContain(tick);
  });

  it('draws ours above the others', () => {
    expect(svg.indexOf('class="ours"')).toBeGreaterThan(svg.indexOf('class="line1"'));
  });
});
