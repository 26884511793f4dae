/** Gives a finished answer out the way a model would: in small pieces, after a moment of thought, at an uneven pace. */
import { setTimeout as delay } from 'node:timers/promises';
import { seededRandom, seedOf } from './seeded-random.ts';

export interface Pace {
  /** Silence before the first piece. */
  readonly firstTokenMs: number;
  /** Mean time from one piece to the next. */
  readonly tokenMs: number;
}

export const NATURAL_PACE: Pace = { firstTokenMs: 400, tokenMs: 25 };

/** Resolves after `ms`. Rejects as soon as the signal aborts, and then leaves no timer behind. */
export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;

export const sleepFor: Sleep = (ms, signal) => delay(ms, undefined, { signal });

/** Of the mean, either way. */
const JITTER = 0.2;

/**
 * Cuts text into words and parts of long words, each with the white space before it. Joined they are the text; no
 * piece is empty, and no character outside of the basic plane is cut in half.
 */
export function piecesOf(text: string): readonly string[] {
  return text.match(/\s*[\p{L}\p{M}\p{N}]{1,7}|\s*[^\s\p{L}\p{M}\p{N}]{1,3}|\s+/gu) ?? [];
}

/**
 * Yields the pieces of `text`, waiting before each. The same text has the same jitter every time.
 * @throws the signal's reason once it is aborted
 */
export async function* paced(
  text: string,
  pace: Pace,
  sleep: Sleep,
  signal: AbortSignal,
): AsyncGenerator<string, void> {
  const random = seededRandom(seedOf(text));
  let waitMs = pace.firstTokenMs;
  for (const piece of piecesOf(text)) {
    signal.throwIfAborted();
    if (waitMs > 0) await sleep(waitMs, signal);
    yield piece;
    waitMs = pace.tokenMs * (1 + JITTER * (2 * random() - 1));
  }
}
