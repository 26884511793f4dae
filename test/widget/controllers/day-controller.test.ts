import { describe, expect, it } from 'vitest';
import { untilMidnight } from '../../../widget/controllers/day-controller.ts';

describe('untilMidnight', () => {
  it('ends on another day, and its last moment on this one', () => {
    const now = Date.parse('2026-03-05T15:00:00Z');
    const midnight = now + untilMidnight(now);

    expect(new Date(midnight).getDate()).not.toBe(new Date(now).getDate());
    expect(new Date(midnight - 1).getDate()).toBe(new Date(now).getDate());
  });
});
