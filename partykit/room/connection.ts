/** One connection in the room's memory: how far behind it is, how much it may send, and what is made of what it sends. */
import {
  decodeClientFrame,
  type ClientFrame,
  type ErrorCode,
  type FrameFailure,
  type ServerFrame,
} from '#protocol';
import { Backlog } from './backlog.ts';
import { errorFrame, messageOf, type ErrorDetails } from './error-frame.ts';
import { FloodGate } from './flood-gate.ts';
import type { Rates } from './rates.ts';
import type { Session } from './session.ts';
import type { RequestFrame } from './state.ts';

/** What a spectator may not send. */
const WRITES: ReadonlySet<ClientFrame['type']> = new Set(['message', 'clear', 'stop', 'retry']);

export type Heard =
  | { readonly kind: 'frame'; readonly frame: RequestFrame }
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'unreadable'; readonly failure: FrameFailure }
  | { readonly kind: 'refused'; readonly code: ErrorCode; readonly frame: ServerFrame }
  /** Refused, and it is not listened to any more. */
  | { readonly kind: 'flood'; readonly retryAfterMs: number };

export class Connection {
  readonly backlog: Backlog;
  readonly #gate: FloodGate;

  constructor(version: number, rates: Rates) {
    this.backlog = new Backlog(version);
    this.#gate = new FloodGate(rates);
  }

  /** `text`: whatever the platform received. A flood costs a few additions a frame, and is not read (rule C6). */
  hear(text: unknown, { access }: Session, at: number): Heard {
    const entry = this.#gate.frame(at);
    if (entry.kind === 'shut') return { kind: 'flood', retryAfterMs: entry.retryAfterMs };
    const decoded = decodeClientFrame(text);
    if (!decoded.ok) {
      if (entry.kind === 'pass') return { kind: 'unreadable', failure: decoded.failure };
      return { kind: 'refused', code: 'rate_limited', frame: errorFrame('rate_limited', entry) };
    }
    const frame = decoded.value;
    this.backlog.heard(frame);
    const refuse = (code: ErrorCode, details: ErrorDetails = {}): Heard => {
      return { kind: 'refused', code, frame: errorFrame(code, { ...details, messageId: messageOf(frame) }) };
    };
    if (WRITES.has(frame.type) && !access.write) return refuse('forbidden');
    const passage = entry.kind === 'pass' ? this.#gate.request(frame, at) : entry;
    if (passage.kind !== 'pass') return refuse('rate_limited', passage);
    return frame.type === 'auth' ? { kind: 'token', token: frame.token } : { kind: 'frame', frame };
  }
}
