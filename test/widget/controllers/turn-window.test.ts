import { describe, expect, it } from 'vitest';
import { TurnHeights } from '../../../widget/controllers/turn-heights.ts';
import { nearby, turnWindow, type WindowRequest } from '../../../widget/controllers/turn-window.ts';
import { eachSeed, type SeededRandom } from '../../support/seeded-random.ts';

const request = (parts: Partial<WindowRequest> = {}): WindowRequest => ({
  count: 10_000,
  heightAt: () => 100,
  isKept: () => false,
  anchor: undefined,
  viewport: 500,
  margin: 1_000,
  ...parts,
});

const indices = (of: WindowRequest): number[] => turnWindow(of).turns.map(({ index }) => index);

describe('turnWindow', () => {
  it('draws the end, and a margin above it, for a reader who is there', () => {
    const drawn = turnWindow(request());

    expect(drawn).toMatchObject({ from: 9_985, to: 10_000, rest: 0 });
    expect(drawn.turns[0]).toEqual({ index: 9_985, gap: 998_500 });
    expect(drawn.turns).toHaveLength(15);
  });

  it('draws around the turn that is looked at', () => {
    expect(turnWindow(request({ anchor: { index: 500, top: -50 } }))).toMatchObject({
      from: 490,
      to: 516,
      rest: 948_400,
    });
  });

  it('draws all of a short conversation', () => {
    expect(turnWindow(request({ count: 2 })).turns).toEqual([
      { index: 0, gap: 0 },
      { index: 1, gap: 0 },
    ]);
    expect(turnWindow(request({ count: 0 }))).toEqual({ from: 0, to: 0, turns: [], rest: 0 });
  });

  it('draws one that is taller than everything', () => {
    const heightAt = (index: number): number => (index === 5 ? 90_000 : 100);
    const drawn = indices(request({ count: 11, heightAt, anchor: { index: 5, top: -40_000 } }));

    expect(drawn).toEqual([5]);
  });

  it('keeps what holds something of the reader’s, with gaps around it', () => {
    const isKept = (index: number): boolean => index === 3 || index === 9_000;
    const drawn = turnWindow(request({ anchor: { index: 500, top: 0 }, isKept }));

    expect(drawn.turns[0]).toEqual({ index: 3, gap: 300 });
    expect(drawn.turns[1]).toEqual({ index: 490, gap: 48_600 });
    expect(drawn.turns.at(-1)).toEqual({ index: 9_000, gap: 848_500 });
    expect(drawn.rest).toBe(99_900);
  });

  const anyRequest = (random: SeededRandom): WindowRequest => {
    const count = random.below(400);
    const heights = Array.from({ length: count }, () => 20 + random.below(random.chance(0.1) ? 5_000 : 300));
    const kept = new Set(Array.from({ length: random.below(4) }, () => random.below(400)));
    const viewport = 100 + random.below(1_500);
    const index = random.below(Math.max(count, 1));
    const top = viewport - 1 - random.below(viewport + (heights[index] ?? 0) - 1);
    return {
      count,
      heightAt: (at) => heights[at] ?? 0,
      isKept: (at) => kept.has(at),
      anchor: count === 0 || random.chance(0.2) ? undefined : { index, top },
      viewport,
      margin: random.below(2_000),
    };
  };

  it('leaves nothing out of the screen and its margin, counts no height twice, and draws no more', async () => {
    await eachSeed(300, (random) => {
      const asked = anyRequest(random);
      const { count, heightAt, isKept, anchor, viewport, margin } = asked;
      const { from, to, turns, rest } = turnWindow(asked);
      const sum = (first: number, end: number): number => {
        let height = 0;
        for (let index = first; index < end; index += 1) height += heightAt(index);
        return height;
      };
      // Every height is drawn or in a gap.
      let covered = rest;
      let next = 0;
      for (const { index, gap } of turns) {
        expect(gap).toBe(sum(next, index));
        covered += gap + heightAt(index);
        next = index + 1;
      }
      expect(covered).toBe(sum(0, count));
      // Drawn is what is near or kept, and nothing else.
      expect(turns.map(({ index }) => index)).toEqual(
        Array.from({ length: count }, (_, index) => index).filter(
          (index) => (index >= from && index < to) || isKept(index),
        ),
      );
      // The screen and its margin are covered where there is something to cover them with, by whole turns only.
      const index = anchor?.index ?? count;
      const top = (anchor?.top ?? viewport) - sum(from, index);
      const bottom = top + sum(from, to);
      expect(from === 0 || top <= -margin).toBe(true);
      expect(to === count || bottom >= viewport + margin).toBe(true);
      if (from < index) expect(top + heightAt(from)).toBeGreaterThan(-margin);
      if (to > index + 1) expect(bottom - heightAt(to - 1)).toBeLessThan(viewport + margin);
    });
  });
});

describe('nearby', () => {
  it('finds the turns that are looked at from a turn far above', async () => {
    await eachSeed(100, (random) => {
      const heights = Array.from({ length: 1 + random.below(50) }, () => 1 + random.below(200));
      const total = heights.reduce((sum, height) => sum + height, 0);
      const distance = random.below(total);
      const heightAt = (index: number): number => heights[index] ?? 0;
      const { from, to } = nearby({
        ...{ count: heights.length, heightAt, viewport: 1, margin: 0 },
        anchor: { index: 0, top: -distance },
      });
      const above = heights.slice(0, from).reduce((sum, height) => sum + height, 0);

      expect(above).toBeLessThanOrEqual(distance);
      expect(above + heightAt(from)).toBeGreaterThanOrEqual(distance);
      expect(to).toBeGreaterThan(from);
    });
  });

  it('finds the last beyond the end, and the first before the start', () => {
    const three = { count: 3, heightAt: () => 10, viewport: 10, margin: 0 };
    expect(nearby({ ...three, anchor: { index: 0, top: -1_000 } })).toEqual({ from: 2, to: 3 });
    expect(nearby({ ...three, anchor: { index: 0, top: 5 } })).toEqual({ from: 0, to: 1 });
  });
});

describe('TurnHeights', () => {
  it('guesses by the text and by the column until there is a measure, which holds for that column', () => {
    const heights = new TurnHeights();
    heights.inColumn(600);
    const wide = heights.of('a', 5_000);
    expect(wide).toBeGreaterThan(heights.of('a', 100));
    expect(heights.of('a', 0)).toBeGreaterThan(0);
    heights.measured('a', 321);
    heights.inColumn(600);
    expect(heights.of('a', 5_000)).toBe(321);
    heights.inColumn(200);

    expect(heights.of('a', 5_000)).toBeGreaterThan(wide);
  });
});
