/**
 * A relay in the page, which says what a script tells it to. It stands where the browser's WebSocket does, so that the
 * script that is shipped runs unchanged, and what is seen is what these frames make of it.
 */
import {
  decodeClientFrame,
  encodeFrame,
  PROTOCOL_VERSION,
  type ClientFrame,
  type ErrorCode,
  type ServerFrame,
} from '#protocol';
import type { Greeting } from './state.ts';

export class ScriptedRelay {
  readonly #greeting: Greeting;
  readonly #heard: (frame: ClientFrame) => void;
  #socket: ScriptedSocket | undefined;
  #lastMessageId = '';
  #isReachable = true;
  #meet = (): void => undefined;

  /** Resolves when somebody has come, and has been greeted if the script says so. */
  readonly met = new Promise<void>((resolve) => {
    this.#meet = resolve;
  });

  /** @param heard is told of each frame that the client sends */
  constructor(greeting: Greeting, heard: (frame: ClientFrame) => void = () => undefined) {
    this.#greeting = greeting;
    this.#heard = heard;
  }

  /** Every WebSocket of the page is one to this relay from now on, of the kind that is given. */
  install(page: Window, Socket: typeof ScriptedSocket = ScriptedSocket): void {
    const connect = (socket: ScriptedSocket): void => this.#accept(socket);
    Object.defineProperty(page, 'WebSocket', {
      value: class extends Socket {
        constructor(url: string) {
          super(url, connect, (text) => answer(text));
        }
      },
    });
    const answer = (text: string): void => this.#hear(text);
  }

  send(frames: readonly ServerFrame[]): void {
    for (const frame of frames) this.sendText(encodeFrame(frame));
  }

  /** A frame as it is on the wire. */
  sendText(text: string): void {
    this.#socket?.receive(text);
  }

  /** Takes in somebody who has met silence so far. @param text their first frame, as it is on the wire */
  greet(text: string): void {
    this.#socket?.open();
    this.sendText(text);
  }

  refuseLast(code: ErrorCode): void {
    this.send([{ type: 'error', message: '', code, retryable: true, messageId: this.#lastMessageId }]);
  }

  /** The line breaks, and cannot be made again. */
  vanish(): void {
    this.#isReachable = false;
    this.#socket?.end(1006);
  }

  #accept(socket: ScriptedSocket): void {
    const greeting = this.#greeting;
    this.#socket = socket;
    if (!this.#isReachable || greeting.kind === 'silence') {
      this.#meet();
      return;
    }
    socket.open();
    if (greeting.kind === 'refusal') {
      this.send([{ type: 'error', message: '', code: greeting.code, retryable: false }]);
      socket.end(greeting.closeCode);
    } else {
      const { access, before, messages } = greeting;
      this.send([
        {
          type: 'history',
          mode: 'full',
          gen: 0,
          v: PROTOCOL_VERSION,
          messages: [...messages],
          ...(socket.isLean ? { lean: true } : {}),
          ...(before === undefined ? {} : { before }),
          ...(access === undefined ? {} : { access }),
        },
      ]);
    }
    this.#meet();
  }

  #hear(text: string): void {
    const frame = decodeClientFrame(text);
    if (!frame.ok) throw new Error('The client sent what is no frame.');
    if (frame.value.type === 'ping') this.send([{ type: 'pong' }]);
    if (frame.value.type === 'message') this.#lastMessageId = frame.value.id ?? '';
    this.#heard(frame.value);
  }
}

export class ScriptedSocket extends EventTarget {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;

  readonly url: string;
  readonly bufferedAmount = 0;
  binaryType = 'blob';
  readyState = ScriptedSocket.CONNECTING;
  readonly #sent: (text: string) => void;

  constructor(url: string, connect: (socket: ScriptedSocket) => void, sent: (text: string) => void) {
    super();
    this.url = url;
    this.#sent = sent;
    // Whoever made it has yet to listen to it.
    queueMicrotask(() => {
      if (this.readyState === ScriptedSocket.CONNECTING) connect(this);
    });
  }

  /** Its client asked for less around the text (rule S8). */
  get isLean(): boolean {
    return new URL(this.url).searchParams.get('lean') === '1';
  }

  send(text: string): void {
    this.#sent(text);
  }

  close(): void {
    this.readyState = ScriptedSocket.CLOSED;
  }

  open(): void {
    this.readyState = ScriptedSocket.OPEN;
    this.dispatchEvent(new Event('open'));
  }

  receive(data: string): void {
    if (this.readyState === ScriptedSocket.OPEN) this.dispatchEvent(new MessageEvent('message', { data }));
  }

  end(code: number): void {
    this.readyState = ScriptedSocket.CLOSED;
    this.dispatchEvent(new CloseEvent('close', { code }));
  }
}
