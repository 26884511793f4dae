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
  #tokenRefused = false;
  #attempt = 0;

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#token = options.token;
  }

  open(): void {
    this.#discard();
    this.#attempt = 0;
    this.#socket = this.#create();
  }

  /** False when there is no open line; nothing is queued here. */
  send(text: string): boolean {
    const socket = this.#socket;
    return socket?.readyState === WebSocket.OPEN && socket.send(text);
  }

  /** For good: nothing comes from here any more. */
  close(): void {
    this.#discard();
  }

  #discard(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    if (socket === undefined) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #create(): ReconnectingWebSocket {
    const nextDelay = (): number => backoffMs(Math.max(1, ++this.#attempt), Math.random());
    const socket = new ReconnectingWebSocket(() => this.#url(), undefined, {
      get minReconnectionDelay() {
        return nextDelay();
      },
      reconnectionDelayGrowFactor: 1,
      maxReconnectionDelay: Number.POSITIVE_INFINITY,
      connectionTimeout: CONNECT_TIMEOUT_MS,
      maxEnqueuedMessages: 0,
      shouldReconnectOnClose: ({ code }) => this.#mayRetry(code),
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
    this.#attempt = 0;
    this.#tokenRefused = false;
  }

  /** Rule H3: a refused token is replaced once; with a fixed one there is nothing to replace. */
  #mayRetry(code: number): boolean {
    const retry = retryAfterClose(code);
    if (retry !== 'token') return retry === 'later';
    if (this.#tokenRefused || this.#options.getToken === undefined) return false;
    this.#tokenRefused = true;
    return true;
  }

  async #url(): Promise<string> {
    const query = new URLSearchParams(this.#options.query());
    if (this.#options.getToken !== undefined) {
      this.#token = await within(TOKEN_TIMEOUT_MS, this.#options.getToken(this.#token));
    }
    if (this.#token !== undefined) query.set('token', this.#token);
    return `${this.#options.address}?${query.toString()}`;
  }
}

function within<Value>(limitMs: number, promise: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error('timeout'));
    }, limitMs);
    promise.then(resolve, reject).finally(() => {
      clearTimeout(timer);
    });
  });
}
