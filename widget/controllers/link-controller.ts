/**
 * What to tell people about the connection. A link that is lost and made again within a second is nobody's business;
 * one that stays away is, and one that has stayed away for long should be told differently.
 */
import type { ReactiveControllerHost } from 'lit';
import type { ConnectionState } from '../state/chat-snapshot.ts';
import { whileConnected } from './while-connected.ts';

export type Link = 'online' | 'quiet' | 'connecting' | 'reconnecting' | 'offline' | 'unreachable' | 'refused';

/** Hiccups below this are not shown. */
export const HICCUP_MS = 1_000;
/** From here on "connecting" would be a lie of omission. */
export const UNREACHABLE_MS = 15_000;

export class LinkController {
  readonly #host: ReactiveControllerHost;
  #connection: ConnectionState = 'idle';
  #since = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    whileConnected(host, (signal) => {
      window.addEventListener('online', this.#redraw, { signal });
      window.addEventListener('offline', this.#redraw, { signal });
      signal.onabort = () => clearTimeout(this.#timer);
      if (isAway(this.#connection)) this.#wait();
    });
  }

  /** To be called before each render with the store's own state. */
  observe(connection: ConnectionState): void {
    if (connection === this.#connection) return;
    const wasAway = isAway(this.#connection);
    this.#connection = connection;
    if (!isAway(connection)) clearTimeout(this.#timer);
    else if (!wasAway) {
      this.#since = performance.now();
      this.#wait();
    }
  }

  get link(): Link {
    switch (this.#connection) {
      case 'open':
        return 'online';
      case 'refused':
        return 'refused';
      case 'idle':
        return 'quiet';
      case 'connecting':
      case 'reconnecting':
        return this.#away(this.#connection);
    }
  }

  #away(connection: 'connecting' | 'reconnecting'): Link {
    const away = performance.now() - this.#since;
    if (away < HICCUP_MS) return 'quiet';
    // `onLine` is only to be believed when it says no.
    if (!navigator.onLine) return 'offline';
    return away < UNREACHABLE_MS ? connection : 'unreachable';
  }

  /** Until there is something else to say. A timer can ring early by the clock: then it is set again. */
  #wait(): void {
    clearTimeout(this.#timer);
    const away = performance.now() - this.#since;
    const next = [HICCUP_MS, UNREACHABLE_MS].find((at) => at > away);
    if (next === undefined) return;
    this.#timer = setTimeout(() => {
      this.#wait();
      this.#redraw();
    }, next - away);
  }

  readonly #redraw = (): void => this.#host.requestUpdate();
}

function isAway(connection: ConnectionState): boolean {
  return connection === 'connecting' || connection === 'reconnecting';
}
