import { describe, expect, it } from 'vitest';
import { backoffMs } from '../../../widget/client/backoff.ts';
import { SeededRandom } from '../../support/seeded-random.ts';

const LEAST = 0;
const MOST = 0.999_999;

describe('the wait before an attempt', () => {
  it('[F02] is about a second at the most after a line that was lost', () => {
    expect(backoffMs(1, 1006, LEAST)).toBeGreaterThan(0);
    expect(backoffMs(1, 1006, MOST)).toBeLessThanOrEqual(1000);
  });

  it('grows to fifteen seconds and no further, and is never nothing', () => {
    for (const attempt of [2, 3, 4, 10, 1000, 1e9]) {
      expect(backoffMs(attempt, 1006, LEAST)).toBeGreaterThanOrEqual(500);
      expect(backoffMs(attempt, 1006, MOST)).toBeLessThanOrEqual(15_000);
    }
    expect(backoffMs(10, 1006, MOST)).toBeGreaterThan(14_000);
  });

  it.each([1006, 1001, 1012])(
    '[R3] spreads a thousand clients after %i: no second has more than a quarter of them',
    (code) => {
      const random = new SeededRandom(1);
      for (const attempt of code === 1006 ? [2, 3] : [1, 2, 3]) {
        const seconds = new Map<number, number>();
        for (let client = 0; client < 1000; client += 1) {
          const second = Math.floor(backoffMs(attempt, code, random.next()) / 1000);
          seconds.set(second, (seconds.get(second) ?? 0) + 1);
        }
        expect(Math.max(...seconds.values())).toBeLessThanOrEqual(250);
      }
    },
  );
});
