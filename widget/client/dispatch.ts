/**
 * Sends what is in the outbox: never before the handshake, one message at a time, the next one when the room is free for
 * it. What was on its way when the line broke goes out again, under the same id.
 */
import type { ClientFrame, ErrorCode, ServerFrameOf, ThreadMessage } from '#protocol';
import * as outbox from './outbox.ts';
import type { UnsentShelf } from './unsent-shelf.ts';

export interface DispatchPorts {
  /** False when there is no line that a relay has greeted us on. */
  readonly send: (frame: ClientFrame) => boolean;
  /** Whether an answer is being written, as far as is known. */
  readonly isRunning: () => boolean;
  /** A message went out that is always answered. */
  readonly sent: () => void;
}

/** Refusals of a message that time mends: it stays in the outbox and goes out again. */
const WAITING: ReadonlySet<ErrorCode | undefined> = new Set<ErrorCode>(['busy', 'rate_limited']);
const RATE_LIMIT_WAIT_MS = 5_000;
/** Nobody watches a message wait for longer: it is shown as not sent, and can be sent again. */
const WAIT_MAX_MS = 60_000;
/** Busy, but the run's own frames are not here yet: they will say when the room is free. */
const BUSY_WAIT_MS = 1_000;

/**
 * `told`: the relay wants us to wait. `run`: our message was taken and its run is not here yet: the room is not free for the
 * next one.
 */
type Wait = 'told' | 'run';

export class Dispatch {
  readonly #shelf: UnsentShelf;
  readonly #ports: DispatchPorts;
  #outbox: outbox.Outbox;
  /** Of the relay on this connection: 0 is an original one, which knows no ids. */
  #relayVersion = 0;
  /** The outbox holds messages of an earlier page, and no relay has been met yet. */
  #restored: boolean;
  /** Why nothing goes out for a while. */
  readonly #waits = new Map<Wait, ReturnType<typeof setTimeout>>();

  constructor(shelf: UnsentShelf, ports: DispatchPorts) {
    this.#shelf = shelf;
    this.#ports = ports;
    this.#outbox = outbox.restored(shelf.read(Date.now()));
    this.#restored = this.#outbox.entries.length > 0;
  }

  get pending(): readonly outbox.PendingMessage[] {
    return this.#outbox.entries;
  }

  /** `gen`: of the thread that it is meant for; undefined while none is known. */
  add(id: string, content: string, gen: number | undefined): void {
    this.#keep(outbox.add(this.#outbox, id, content, Date.now(), gen));
  }

  fail(id: string, code: ErrorCode): void {
    this.#keep(outbox.markFailed(this.#outbox, id, code));
  }

  resend(id: string, gen: number | undefined): void {
    this.#keep(outbox.markSending(this.#outbox, id, gen));
  }

  discard(id: string): void {
    this.#keep(outbox.remove(this.#outbox, id));
  }

  /** The handshake of each connection is over. */
  greeted(relayVersion: number): void {
    this.#relayVersion = relayVersion;
    // An original relay does not know ids, so what an earlier page may have sent already is not sent again.
    if (relayVersion === 0 && this.#restored) this.#keep(outbox.holdAll(this.#outbox));
    this.#restored = false;
    // Another page of this browser may have sent it to a thread that is gone: only this page has not met a thread yet.
    for (const { id, gen, state } of this.#outbox.entries) {
      if (gen !== undefined || state !== 'sending') continue;
      const fate = this.#shelf.fateOf(id);
      if (fate.settled) this.fail(id, 'interrupted');
      else if (fate.gen !== undefined) this.resend(id, fate.gen);
    }
  }

  meet(gen: number): void {
    this.#keep(outbox.meet(this.#outbox, gen));
  }

  /** Takes out what a transcript shows as arrived. */
  confirm(messages: readonly ThreadMessage[]): void {
    this.#keep(outbox.confirm(this.#outbox, messages, this.#relayVersion === 0));
  }

  /** The echo is the acknowledgement (rule C2); of our own message it means that its run begins. */
  echoed(message: ThreadMessage): void {
    const sent = this.#outbox.inFlight;
    this.confirm([message]);
    if (sent !== this.#outbox.inFlight) this.#wait('run', BUSY_WAIT_MS);
  }

  runIsHere(): void {
    this.#release('run');
  }

  /** False when the error is about no message of ours. */
  refused({ messageId, code, retryAfterMs }: ServerFrameOf<'error'>): boolean {
    // What is too large is not read, so the relay cannot say which it was; nothing else that is sent can be.
    const about = messageId ?? (code === 'too_large' ? this.#outbox.inFlight : undefined);
    const pending = this.#outbox.entries.find(({ id }) => id === about);
    if (pending === undefined) return false;
    if (!WAITING.has(code) || (retryAfterMs ?? 0) > WAIT_MAX_MS) {
      this.#keep(outbox.markFailed(this.#outbox, pending.id, code));
      return true;
    }
    this.#keep(outbox.disconnected(this.#outbox));
    if (code === 'rate_limited') this.#wait('told', retryAfterMs ?? RATE_LIMIT_WAIT_MS);
    else if (!this.#ports.isRunning()) this.#wait('told', BUSY_WAIT_MS);
    return true;
  }

  lost(): void {
    this.runIsHere();
    this.#keep(outbox.disconnected(this.#outbox));
  }

  /** Nothing goes out any more. */
  stop(): void {
    this.#release('told');
    this.lost();
  }

  /** Sends the next message, when there is one and the room is free for it. */
  drain(): void {
    if (this.#ports.isRunning() || this.#waits.size > 0) return;
    const entry = outbox.next(this.#outbox);
    if (entry === undefined) return;
    const { content, id, gen } = entry;
    const meant = this.#relayVersion === 0 || gen === undefined ? {} : { gen };
    if (!this.#ports.send({ type: 'message', content, id, ...meant })) return;
    this.#keep(outbox.launched(this.#outbox, id));
    this.#ports.sent();
  }

  #wait(wait: Wait, ms: number): void {
    this.#release(wait);
    const timer = setTimeout(() => {
      this.#release(wait);
      this.drain();
    }, ms);
    this.#waits.set(wait, timer);
  }

  #release(wait: Wait): void {
    clearTimeout(this.#waits.get(wait));
    this.#waits.delete(wait);
  }

  #keep(next: outbox.Outbox): void {
    const before = this.#outbox.entries;
    this.#outbox = next;
    if (before === next.entries) return;
    for (const entry of next.entries) if (!before.includes(entry)) this.#shelf.put(entry);
    for (const { id } of before) if (!next.entries.some((entry) => entry.id === id)) this.#shelf.remove(id);
  }
}
