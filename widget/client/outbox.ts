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
  return changed(outbox, (entry) => (entry.id === id ? undefined : entry));
}

export function markFailed(outbox: Outbox, id: string, code: ErrorCode | undefined): Outbox {
  return changed(outbox, (entry) => (entry.id === id ? { ...entry, state: 'failed', code } : entry));
}

/** A person wants it sent, to the thread as it is now. */
export function markSending(outbox: Outbox, id: string, gen?: number): Outbox {
  return changed(outbox, (entry) =>
    entry.id === id ? { ...entry, state: 'sending', code: undefined, gen } : entry,
  );
}

/** Nothing goes out by itself any more: what was waiting is the person's to send again or to drop. */
export function holdAll(outbox: Outbox): Outbox {
  return changed(outbox, held);
}

/**
 * The thread is at `gen` now. What was written before any thread was known is meant for this one; what was meant for one
 * that has been cleared does not turn up here by itself (F24), not even when it may have arrived there.
 */
export function meet(outbox: Outbox, gen: number): Outbox {
  return changed(outbox, (entry) => {
    if (entry.gen === gen) return entry;
    return entry.gen === undefined && entry.state === 'sending' ? { ...entry, gen } : held(entry);
  });
}

function held(entry: PendingMessage): PendingMessage {
  return entry.state === 'sending' ? { ...entry, state: 'failed', code: 'interrupted' } : entry;
}

/** `change` gives undefined for what goes. What does not wait any more is not on its way either. */
function changed(outbox: Outbox, change: (entry: PendingMessage) => PendingMessage | undefined): Outbox {
  const entries = outbox.entries.flatMap((entry) => change(entry) ?? []);
  if (outbox.entries.every((entry, index) => entry === entries[index])) return outbox;
  const waiting = (id: string | undefined): string | undefined =>
    entries.find((entry) => entry.id === id && entry.state === 'sending')?.id;
  return { entries, inFlight: waiting(outbox.inFlight), unsure: waiting(outbox.unsure) };
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
  const users = messages.filter(({ role }) => role === 'user');
  const sent = outbox.inFlight ?? outbox.unsure;
  const text = byContent ? users.at(-1)?.content : undefined;
  return changed(outbox, (entry) =>
    users.some(({ id }) => id === entry.id) || (entry.id === sent && entry.content === text)
      ? undefined
      : entry,
  );
}
