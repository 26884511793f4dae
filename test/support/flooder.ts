/** Somebody who sends as many frames a second as they are told to, and comes back at once when they are sent away. */
import { WebSocket } from 'ws';

const TICK_MS = 10;

export class Flooder {
  readonly #url: string;
  readonly #perSecond: number;
  readonly #frame: (index: number) => string;
  #socket: WebSocket | undefined;
  #timer: NodeJS.Timeout | undefined;
  #sent = 0;
  #closes: number[] = [];

  /**
   * @param url of the room, with its query
   * @param frame the text of each frame, by its number
   */
  constructor(url: string, perSecond: number, frame: (index: number) => string) {
    this.#url = url;
    this.#perSecond = perSecond;
    this.#frame = frame;
  }

  /** Frames that went out. */
  get sent(): number {
    return this.#sent;
  }

  /** The codes with which they were sent away. */
  get closes(): readonly number[] {
    return this.#closes;
  }

  start(): void {
    this.#connect();
    let due = 0;
    let last = performance.now();
    this.#timer = setInterval(() => {
      const now = performance.now();
      due += ((now - last) / 1000) * this.#perSecond;
      last = now;
      // What was due while there was no socket is not made up for.
      for (; due >= 1; due -= 1) this.#send();
    }, TICK_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#socket?.removeAllListeners('close');
    this.#socket?.terminate();
    this.#socket = undefined;
  }

  #connect(): void {
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    socket.on('error', () => undefined);
    socket.once('close', (code) => {
      this.#closes.push(code);
      if (this.#socket === socket) this.#connect();
    });
  }

  #send(): void {
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    this.#socket.send(this.#frame(this.#sent));
    this.#sent += 1;
  }
}
