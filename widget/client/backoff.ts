/**
 * How long to wait before the next attempt. A single lost line is back within about a second; a relay that restarts is
 * not met by everyone at once.
 */

const FIRST_MS = { from: 100, to: 1_000 };
const SECOND_CEILING_MS = 8_000;
const CAP_MS = 15_000;
const FLOOR_MS = 1_000;
/** The relay itself said that it goes away: it is back soon, and everyone heard it at the same moment. */
const TOLD_MS = { from: 500, to: 5_500 };

/** Going away, service restart, try again later. */
const TOLD_CODES: ReadonlySet<number> = new Set([1001, 1012, 1013]);

/** `attempt` counts from 1 since the line was last good; `closeCode`: how it ended; `random` is in [0, 1). */
export function backoffMs(attempt: number, closeCode: number, random: number): number {
  const between = ({ from, to }: { from: number; to: number }): number => from + (to - from) * random;
  if (attempt > 1) {
    const ceiling = Math.min(CAP_MS, SECOND_CEILING_MS * 2 ** Math.min(attempt - 2, 8));
    return between({ from: FLOOR_MS, to: ceiling });
  }
  return between(TOLD_CODES.has(closeCode) ? TOLD_MS : FIRST_MS);
}
