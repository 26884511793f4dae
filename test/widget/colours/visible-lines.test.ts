import { describe, expect, it } from 'vitest';
import { visibleLines } from '../../../widget/colours/visible-lines.ts';

describe('the lines that are painted', () => {
  it('are those in the window and half a window around it', () => {
    // 1,000 lines of 20 pixels; 400 pixels above and below the window are 20 lines each.
    expect(visibleLines({ top: -10_000, bottom: 10_000 }, 800, 1_000)).toEqual({ from: 480, to: 576 });
  });

  it('are all of a code that is short', () => {
    const span = visibleLines({ top: 700, bottom: 900 }, 800, 10);
    expect(span.from).toBe(0);
    expect(span.to).toBeGreaterThanOrEqual(10);
  });

  it.each([
    ['far above', { top: -5_000, bottom: -4_000 }],
    ['far below', { top: 4_000, bottom: 5_000 }],
    ['not shown', { top: 0, bottom: 0 }],
  ])('are none of a code that is %s', (_, box) => {
    expect(visibleLines(box, 800, 50)).toEqual({ from: 0, to: 0 });
  });

  it('are so many at most, however long the code is', () => {
    for (let top = -200_000; top < 1_000; top += 777) {
      const { from, to } = visibleLines({ top, bottom: top + 200_000 }, 800, 10_000);
      expect(to - from).toBeLessThanOrEqual(160);
    }
  });
});
