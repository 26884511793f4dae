/**
 * How much a client has been sent and has not said it has read (rule S7). The platforms' sockets queue without a limit
 * and tell nothing of it: a client that reads nothing would otherwise fill the relay's memory.
 */
import { UNREAD_MAX_CHARS, type ClientFrame } from '#protocol';

/** An original client never says what it has read; whatever it sends shows that it lives. */
const ORIGINAL_UNREAD_MAX_CHARS = 8 * UNREAD_MAX_CHARS;

export class Backlog {
  readonly #version: number;
  /** Of this connection, as far as this room's memory goes: it begins anew when the room wakes. */
  #sent = 0;
  #read = 0;
  /** What the client asked for may be larger than the limit. It is only counted until the client has read something. */
  #askedFor = 0;

  constructor(version: number) {
    this.#version = version;
  }

  /** A frame for this client alone: its greeting, a page. */
  answered(chars: number): void {
    this.#sent += chars;
    this.#askedFor += chars;
  }

  /** A frame for everyone. */
  broadcast(chars: number): void {
    this.#sent += chars;
  }

  /** Too far behind to be sent new text. */
  get isFull(): boolean {
    const limit = this.#version === 0 ? ORIGINAL_UNREAD_MAX_CHARS : UNREAD_MAX_CHARS;
    return this.#sent - this.#read > limit + this.#askedFor;
  }

  /** Anything that came from the client. */
  heard(frame: ClientFrame): void {
    if (this.#version === 0) this.#hasRead(this.#sent);
    else if (frame.type === 'ping' && frame.received !== undefined) this.#hasRead(frame.received);
  }

  #hasRead(received: number): void {
    // More than this room knows of: it has slept since.
    this.#sent = Math.max(this.#sent, received);
    this.#read = Math.max(this.#read, received);
    this.#askedFor = 0;
  }
}
