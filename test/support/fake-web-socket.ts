/**
 * The browser's WebSocket, played by hand: nothing opens, arrives or closes until the test says so. Installed as the
 * global one, because that is where the client looks for it.
 */
import { decodeClientFrame, type ClientFrame, type ServerFrame } from '#protocol';
import { present } from './present.ts';

class FakeCloseEvent extends Event {
  readonly code: number;
  readonly reason = '';

  constructor(code: number) {
    super('close');
    this.code = code;
  }
}

export class FakeWebSocket extends EventTarget {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;
  /** Every socket that was made, the newest last. */
  static made: FakeWebSocket[] = [];

  readonly url: string;
  readyState = 0;
  binaryType = 'blob';
  readonly bufferedAmount = 0;
  readonly sent: ClientFrame[] = [];

  constructor(url: string) {
    super();
    this.url = url;
    FakeWebSocket.made.push(this);
  }

  static get last(): FakeWebSocket {
    return present(FakeWebSocket.made.at(-1), 'a socket');
  }

  get query(): Readonly<Record<string, string>> {
    return Object.fromEntries(new URL(this.url).searchParams);
  }

  send(text: string): void {
    if (this.readyState !== FakeWebSocket.OPEN) throw new Error('the socket is not open');
    const frame = decodeClientFrame(text);
    if (!frame.ok) throw new Error(`the client sent a frame that cannot be read: ${text.slice(0, 200)}`);
    this.sent.push(frame.value);
  }

  /** By the client; the other end's answer to it reaches nobody any more. */
  close(): void {
    this.readyState = FakeWebSocket.CLOSED;
  }

  /** The handshake succeeds. */
  open(): void {
    this.readyState = FakeWebSocket.OPEN;
    this.dispatchEvent(new Event('open'));
  }

  /** Something arrives. */
  arrive(data: unknown): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }

  receive(...frames: readonly ServerFrame[]): void {
    for (const frame of frames) this.arrive(JSON.stringify(frame));
  }

  /** The other end closes, or the line breaks. */
  drop(code = 1006): void {
    this.readyState = FakeWebSocket.CLOSED;
    this.dispatchEvent(new FakeCloseEvent(code));
  }

  /** The frames of one type that the client sent. */
  sentOf<Type extends ClientFrame['type']>(type: Type): readonly Extract<ClientFrame, { type: Type }>[] {
    return this.sent.filter((frame): frame is Extract<ClientFrame, { type: Type }> => frame.type === type);
  }
}
