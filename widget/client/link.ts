/**
 * One line to one room, made again when it breaks: partysocket for the reconnecting, and around it what it lacks (a
 * spread-out delay, a bounded wait for the token, an end after a refusal, a reconnect that does not wait).
 */
import { retryAfterClose } from '#protocol';
import ReconnectingWebSocket from 'partysocket/ws';
import { backoffMs } from './backoff.ts';

/** A token callback that hangs would freeze the socket for good. */
const TOKEN_TIMEOUT_MS = 10_000;
const CONNECT_TIMEOUT_MS = 10_000;
/** A line that was good for less is counted with the failures, so that one that keeps breaking is not hammered. */
const GOOD_MS = 2_000;

export type GetToken = (previous: string | undefined) => Promise<string>;

export interface LinkOptions {
  /** Address of the room, without a query. */
  readonly address: string;
  /** Computed afresh for each attempt (rule H2). */
  readonly query: () => Record<string, string>;
  readonly token: string | undefined;
  readonly getToken: GetToken | undefined;
  readonly onOpen: () => void;
  /** Text of one frame, or whatever else came. */
  readonly onFrame: (data: unknown) => void;
  /** The line is gone; `refused` when it will not be tried again, with the close code. */
  readonly onLost: (refused: boolean, code: number) => void;
}

export class Link {
  readonly #options: LinkOptions;
  #socket: ReconnectingWebSocket | undefined;
  #token: string | undefined;
  /** The one that the newest attempt was made with. */
  #shown: string | undefined;
  #tokenRefused = false;
  /** The next attempt does not wait: somebody asked for it. */
  #atOnce = false;
  #attempt = 0;
  #waiting: ReturnType<typeof setTimeout> | undefined;
  #lastClose = 0;
  #acceptedAt: number | undefined;

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#token = options.token;
  }

  open(): void {
    this.#discard();
    this.#atOnce = true;
    this.#attempt = 0;
    this.#socket = this.#create();
  }

  /** For the attempts to come. */
  useToken(token: string): void {
    this.#token = token;
    this.#tokenRefused = false;
  }

  /** Asks the page for a token; it is also used for the attempts to come. Rejects when there is none to be had. */
  async newToken(): Promise<string> {
    const { getToken } = this.#options;
    if (getToken === undefined) throw new Error('no token');
    this.#token = await this.#freshToken(getToken);
    return this.#token;
  }

  /** False when there is no open line; nothing is queued here. */
  send(text: string): boolean {
    const socket = this.#socket;
    return socket?.readyState === ReconnectingWebSocket.OPEN && socket.send(text);
  }

  /** For good: nothing comes from here any more. */
  close(): void {
    this.#discard();
  }

  #discard(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    clearTimeout(this.#waiting);
    if (socket === undefined) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #create(): ReconnectingWebSocket {
    const socket: ReconnectingWebSocket = new ReconnectingWebSocket(() => this.#url(socket), undefined, {
      // Its own wait cannot be ended, and would ask for a token after `close`: `#url` waits instead.
      minReconnectionDelay: 0,
      maxReconnectionDelay: 0,
      connectionTimeout: CONNECT_TIMEOUT_MS,
      maxEnqueuedMessages: 0,
      shouldReconnectOnClose: ({ code }) => {
        this.#ended(code);
        return this.#mayRetry(code);
      },
    });
    socket.onopen = () => {
      this.#options.onOpen();
    };
    socket.onmessage = ({ data }: MessageEvent<unknown>) => {
      this.#options.onFrame(data);
    };
    socket.onclose = ({ code }) => {
      this.#options.onLost(!socket.shouldReconnect, code);
    };
    return socket;
  }

  /** Told once a frame has shown that the relay took us in. */
  accepted(): void {
    this.#acceptedAt = performance.now();
    this.#tokenRefused = false;
  }

  #ended(code: number): void {
    this.#lastClose = code;
    if (this.#acceptedAt !== undefined && performance.now() - this.#acceptedAt >= GOOD_MS) this.#attempt = 0;
    this.#acceptedAt = undefined;
  }

  /** Rule H3: a refused token is replaced once; a fixed one only by one that came since the attempt was made. */
  #mayRetry(code: number): boolean {
    const retry = retryAfterClose(code);
    if (retry !== 'token') return retry === 'later';
    if (this.#options.getToken === undefined) return this.#token !== this.#shown;
    if (this.#tokenRefused) return false;
    this.#tokenRefused = true;
    return true;
  }

  /** Called by partysocket for each attempt. For a socket that was discarded meanwhile the address does not matter. */
  async #url(socket: ReconnectingWebSocket): Promise<string> {
    const { address, query: queryOf, getToken } = this.#options;
    if (this.#socket !== socket) return address;
    if (this.#atOnce) this.#atOnce = false;
    else await this.#wait(backoffMs(++this.#attempt, this.#lastClose, Math.random()));
    if (getToken !== undefined) await this.newToken();
    this.#shown = this.#token;
    const query = new URLSearchParams(queryOf());
    if (this.#token !== undefined) query.set('token', this.#token);
    return `${address}?${query.toString()}`;
  }

  /** Stays unsettled when the socket is discarded. */
  #wait(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting = setTimeout(resolve, delayMs);
    });
  }

  async #freshToken(getToken: GetToken): Promise<string> {
    const tooLong = this.#wait(TOKEN_TIMEOUT_MS).then((): never => {
      throw new Error('timeout');
    });
    const timer = this.#waiting;
    try {
      const token: unknown = await Promise.race([getToken(this.#token), tooLong]);
      if (typeof token === 'string' && token !== '') return token;
      throw new TypeError('getToken gave no text');
    } catch (cause) {
      // partysocket reads the `message` of what is thrown, and is frozen for good where there is none.
      throw new Error('no token', { cause });
    } finally {
      clearTimeout(timer);
    }
  }
}
