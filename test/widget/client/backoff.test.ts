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

  it.each([1, 2, 3, 5, 8, 15])(
    '[R3] [F47] brings a thousand clients back to a relay that was away for %i s, and no second has more than a quarter of them',
    (outage) => {
      const random = new SeededRandom(outage);
      const arrivals = Array.from({ length: 1000 }, () => {
        let at = 0;
        for (let attempt = 1; at < outage * 1000; attempt += 1) at += backoffMs(attempt, 1006, random.next());
        return Math.floor(at / 1000);
      });
      const perSecond = new Map<number, number>();
      for (const second of arrivals) perSecond.set(second, (perSecond.get(second) ?? 0) + 1);
      expect(Math.max(...perSecond.values())).toBeLessThanOrEqual(250);
      expect(Math.max(...arrivals)).toBeLessThanOrEqual(outage + 15);
    },
  );
});
