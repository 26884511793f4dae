/** When a run is ended from outside (rule R3), and how often its text is written down (rule R2). */

export interface RunLimits {
  /** Longest silence of the upstream, not a byte: agents run tools for minutes. */
  readonly idleMs: number;
  /** Longest run in all. */
  readonly totalMs: number;
}

export const DEFAULT_RUN_LIMITS: RunLimits = { idleMs: 5 * 60_000, totalMs: 30 * 60_000 };

/** Text older than this is in storage. */
export const CHECKPOINT_INTERVAL_MS = 250;

/** At most 4 KiB of UTF-8: a UTF-16 code unit takes three bytes at the most. */
export const CHECKPOINT_CHARS = Math.floor(4096 / 3);

/** Past this, platforms' timers fire at once; a longer wait is made of several. */
export const TIMER_MAX_MS = 2 ** 31 - 1;
