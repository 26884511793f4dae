/**
 * What one connection may still send (rule C6). It lives as long as the room's memory: a room that slept has had nothing
 * to do, so there was no flood.
 */
import type { ClientFrame } from '#protocol';
import type { Rates } from './rates.ts';
import { take, type Bucket } from './token-bucket.ts';

/** `wait`: refused, and worth another try after so long. `shut`: this connection is not listened to any more. */
export type Passage =
  | { readonly kind: 'pass' }
  | { readonly kind: 'wait'; readonly retryAfterMs: number }
  | { readonly kind: 'shut'; readonly retryAfterMs: number };

const PASS: Passage = { kind: 'pass' };

/** Refusals that a connection survives: a page that was told to wait and does not is no page of ours. */
const STRIKES_MAX = 3;

export class FloodGate {
  readonly #rates: Rates;
  #frames: Bucket | undefined;
  #sends: Bucket | undefined;
  #strikes = 0;

  constructor(rates: Rates) {
    this.#rates = rates;
  }

  /** Nothing that comes from it is worth reading. */
  get isShut(): boolean {
    return this.#strikes > STRIKES_MAX;
  }

  /** For each frame, before it is read. */
  frame(at: number): Passage {
    const { bucket, waitMs } = take(this.#rates.connectionFrames, this.#frames, at);
    this.#frames = bucket;
    if (waitMs === 0) {
      if (bucket.level * 2 > this.#rates.connectionFrames.burst) this.#strikes = 0;
      return PASS;
    }
    this.#strikes += 1;
    return { kind: this.isShut ? 'shut' : 'wait', retryAfterMs: waitMs };
  }

  /** For what the frame turned out to be. */
  request({ type }: ClientFrame, at: number): Passage {
    if (type !== 'message' && type !== 'retry') return PASS;
    const { bucket, waitMs } = take(this.#rates.connectionSends, this.#sends, at);
    this.#sends = bucket;
    return waitMs === 0 ? PASS : { kind: 'wait', retryAfterMs: waitMs };
  }
}
