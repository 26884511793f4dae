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
  /** By `performance.now`; undefined while nothing is away. */
  #since: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    whileConnected(host, (signal) => {
      window.addEventListener('online', this.#redraw, { signal });
      window.addEventListener('offline', this.#redraw, { signal });
      signal.onabort = () => clearTimeout(this.#timer);
      this.#wait();
    });
  }

  /** To be called before each render with the store's own state. */
  observe(connection: ConnectionState): void {
    if (connection === this.#connection) return;
    this.#connection = connection;
    const isAway = connection === 'connecting' || connection === 'reconnecting';
    this.#since = isAway ? (this.#since ?? performance.now()) : undefined;
    this.#wait();
  }

  get link(): Link {
    const connection = this.#connection;
    if (connection === 'open') return 'online';
    if (connection === 'refused') return 'refused';
    const away = this.#away;
    if (connection === 'idle' || away < HICCUP_MS) return 'quiet';
    // `onLine` is only to be believed when it says no.
    if (!navigator.onLine) return 'offline';
    return away < UNREACHABLE_MS ? connection : 'unreachable';
  }

  /** Ms; not a number while nothing is away. */
  get #away(): number {
    return performance.now() - (this.#since ?? NaN);
  }

  /** Until there is something else to say. A timer can ring early by the clock: then it is set again. */
  #wait(): void {
    clearTimeout(this.#timer);
    const away = this.#away;
    const next = [HICCUP_MS, UNREACHABLE_MS].find((at) => at > away);
    if (next === undefined) return;
    this.#timer = setTimeout(() => {
      this.#wait();
      this.#redraw();
    }, next - away);
  }

  readonly #redraw = (): void => this.#host.requestUpdate();
}
