/** How long to wait before the next attempt: spread out, so that a restarted relay is not met by everyone at once. */

const FIRST_MS = 1000;
const CAP_MS = 15_000;
const GROWTH = 2;

/** `attempt` counts from 1; `random` is in [0, 1). Half of the delay is fixed and half is chance. */
export function backoffMs(attempt: number, random: number): number {
  const ceiling = Math.min(CAP_MS, FIRST_MS * GROWTH ** Math.min(attempt - 1, 16));
  return ceiling / 2 + (ceiling / 2) * random;
}
