/**
 * Messages that the relay has not confirmed. One is on its way at a time and in order, because a room answers one
 * question at a time (rule C3); each keeps its id for ever, so that sending it again is harmless (rule C1). Pure.
 */
import type { ErrorCode, ThreadMessage } from '#protocol';

export interface PendingMessage {
  readonly id: string;
  readonly content: string;
  /** Ms since the epoch by this device's clock. */
  readonly timestamp: number;
  /** `failed`: refused for a reason that waiting does not mend; the person decides. */
  readonly state: 'sending' | 'failed';
  readonly code: ErrorCode | undefined;
  /** Generation of the thread that it is meant for; undefined as long as no thread was known. */
  readonly gen?: number | undefined;
}

export interface Outbox {
  readonly entries: readonly PendingMessage[];
  /** Id of the one that is on its way on this connection. */
  readonly inFlight: string | undefined;
  /** Id of the one that was on its way when the line broke: it may have arrived. */
  readonly unsure: string | undefined;
}

export const EMPTY_OUTBOX: Outbox = { entries: [], inFlight: undefined, unsure: undefined };

/** As it was left by an earlier page. */
export function restored(entries: readonly PendingMessage[]): Outbox {
  return { ...EMPTY_OUTBOX, entries };
}

export function add(outbox: Outbox, id: string, content: string, timestamp: number, gen?: number): Outbox {
  const entry: PendingMessage = { id, content, timestamp, state: 'sending', code: undefined, gen };
  return { ...outbox, entries: [...outbox.entries, entry] };
}

/** Confirmed, or given up by the person. */
export function remove(outbox: Outbox, id: string): Outbox {
  if (!outbox.entries.some((entry) => entry.id === id)) return outbox;
  return landed({ ...outbox, entries: outbox.entries.filter((entry) => entry.id !== id) }, id);
}

export function markFailed(outbox: Outbox, id: string, code: ErrorCode | undefined): Outbox {
  return change(outbox, id, { state: 'failed', code });
}

/** A person wants it sent, to the thread as it is now. */
export function markSending(outbox: Outbox, id: string, gen?: number): Outbox {
  return change(outbox, id, { state: 'sending', code: undefined, gen });
}

function change(outbox: Outbox, id: string, to: Pick<PendingMessage, 'state' | 'code' | 'gen'>): Outbox {
  const entries = outbox.entries.map((entry) => (entry.id === id ? { ...entry, ...to } : entry));
  return landed({ ...outbox, entries }, id);
}

function landed(outbox: Outbox, id: string): Outbox {
  return {
    ...outbox,
    inFlight: outbox.inFlight === id ? undefined : outbox.inFlight,
    unsure: outbox.unsure === id ? undefined : outbox.unsure,
  };
}

/** Nothing goes out by itself any more: what was waiting is the person's to send again or to drop. */
export function holdAll(outbox: Outbox): Outbox {
  let held = outbox;
  for (const { id, state } of outbox.entries)
    if (state === 'sending') held = markFailed(held, id, 'interrupted');
  return held;
}

/**
 * The thread is at `gen` now. What was written before any thread was known is meant for this one; what was meant for one
 * that has been cleared does not turn up here by itself (F24), not even when it may have arrived there.
 */
export function meet(outbox: Outbox, gen: number): Outbox {
  let met = outbox;
  for (const entry of outbox.entries) {
    if (entry.state !== 'sending' || entry.gen === gen) continue;
    if (entry.gen !== undefined) met = markFailed(met, entry.id, 'interrupted');
    else met = { ...met, entries: met.entries.map((one) => (one.id === entry.id ? { ...one, gen } : one)) };
  }
  return met;
}

/** Nothing that was on its way survives a lost connection: it goes out again after the next handshake. */
export function disconnected(outbox: Outbox): Outbox {
  return outbox.inFlight === undefined ? outbox : { ...outbox, inFlight: undefined, unsure: outbox.inFlight };
}

/** The next to go out, when nothing is on its way. */
export function next(outbox: Outbox): PendingMessage | undefined {
  if (outbox.inFlight !== undefined) return undefined;
  return outbox.entries.find(({ state }) => state === 'sending');
}

export function launched(outbox: Outbox, id: string): Outbox {
  return { ...outbox, inFlight: id };
}

/**
 * Takes out what a transcript confirms. An original relay makes ids of its own, so there (`byContent`) the one that is
 * or was on its way is confirmed by its text, where that is the newest of the user's.
 */
export function confirm(outbox: Outbox, messages: readonly ThreadMessage[], byContent: boolean): Outbox {
  let left = outbox;
  for (const { role, id } of messages) if (role === 'user') left = remove(left, id);
  const sent = left.inFlight ?? left.unsure;
  if (!byContent || sent === undefined) return left;
  const newest = messages.findLast(({ role }) => role === 'user');
  const entry = left.entries.find(({ id }) => id === sent);
  return entry !== undefined && newest?.content === entry.content ? remove(left, sent) : left;
}
