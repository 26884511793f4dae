/** A WebSocket to a room, for tests of the wire: every frame is kept, awaited in order, and must be one of the contract's. */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import {
  applyFrame,
  decodeServerFrame,
  EMPTY_THREAD,
  readLeanText,
  type ServerFrame,
  type ServerFrameOf,
} from '#protocol';
import { Inbox, within } from './inbox.ts';

export interface Closed {
  readonly code: number;
  readonly reason: string;
}

export type Query = Readonly<Record<string, string>>;

export class RelayClient {
  /** All that came, read or not. */
  readonly frames: ServerFrame[] = [];
  /** When each of them came, on the clock of `performance.now()`. */
  readonly times: number[] = [];
  /** The same as it was on the wire. */
  readonly texts: string[] = [];
  readonly closed: Promise<Closed>;
  readonly #socket: WebSocket;
  readonly #unread = new Inbox<ServerFrame | Error>();
  /** As of what was read, and of what has come. */
  #thread = EMPTY_THREAD;
  #arrived = EMPTY_THREAD;
  readonly #isLean: boolean;

  constructor(socket: WebSocket, isLean = false) {
    this.#socket = socket;
    this.#isLean = isLean;
    socket.on('message', (data: Buffer, isBinary) => this.#receive(data.toString('utf8'), isBinary));
    this.closed = new Promise((resolve) => {
      socket.once('close', (code, reason) => {
        resolve({ code, reason: reason.toString('utf8') });
        this.#unread.push(new Error(`closed with ${code} ${reason.toString('utf8')}`));
      });
    });
  }

  /** What the frames that were read make of the thread, by the fold that clients use. */
  get thread(): typeof EMPTY_THREAD {
    return this.#thread;
  }

  /**
   * The next unread frame. With a `type` it must be of that one: order is part of the contract, so nothing is skipped.
   * Rejects when nothing comes, or the socket closes.
   */
  async next(): Promise<ServerFrame>;
  async next<Type extends ServerFrame['type']>(type: Type): Promise<ServerFrameOf<Type>>;
  async next(type?: ServerFrame['type']): Promise<ServerFrame> {
    const wanted = type ?? 'a frame';
    const frame = await this.#unread.next(() => `no ${wanted}; received ${this.#received()}`);
    if (frame instanceof Error) throw new Error(`${frame.message}; received ${this.#received()}`);
    if (type !== undefined && frame.type !== type) {
      throw new Error(`${frame.type} where ${type} was due; received ${this.#received()}`);
    }
    this.#thread = applyFrame(this.#thread, frame).thread;
    return frame;
  }

  /** Reads up to the first frame of which `isLast` holds, and gives all of them. */
  async take(isLast: (frame: ServerFrame) => boolean): Promise<readonly ServerFrame[]> {
    const taken: ServerFrame[] = [];
    for (;;) {
      const frame = await this.next();
      taken.push(frame);
      if (isLast(frame)) return taken;
    }
  }

  /** Reads `token` frames until they make up `text`, each beginning where the one before it ended (rule S1). */
  async text(text: string, from = 0): Promise<readonly ServerFrameOf<'token'>[]> {
    const tokens: ServerFrameOf<'token'>[] = [];
    let read = '';
    while (read.length < text.length) {
      const token = await this.next('token');
      if (token.offset !== from + read.length)
        throw new Error(`a gap at ${from + read.length}: ${this.#received()}`);
      read += token.content;
      tokens.push(token);
    }
    if (read !== text) throw new Error(`"${read}" instead of "${text}"`);
    return tokens;
  }

  /** Reads on until the run is over for this client. */
  async end(): Promise<readonly ServerFrame[]> {
    return this.take((frame) => frame.type === 'streaming' && !frame.isStreaming);
  }

  /** An object as JSON, text as it is, bytes as a binary frame. */
  send(frame: object | string | Buffer): void {
    const isRaw = typeof frame === 'string' || Buffer.isBuffer(frame);
    this.#socket.send(isRaw ? frame : JSON.stringify(frame));
  }

  /** Everything that this client sent has been dealt with once this resolves: frames are answered in order. */
  async settled(): Promise<readonly ServerFrame[]> {
    this.send({ type: 'ping' });
    return (await this.take(({ type }) => type === 'pong')).slice(0, -1);
  }

  async close(): Promise<Closed> {
    this.#socket.close(1000);
    return within(this.closed, () => 'the closing handshake is not over');
  }

  /** The relay has said that it closes, and the socket is not closed yet. */
  get isClosing(): boolean {
    return this.#socket.readyState === WebSocket.CLOSING;
  }

  /** Stops reading, as a page does that hangs: what comes stays in the line. */
  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  /** Says what has arrived, as a client has to (rule S7). */
  acknowledge(): void {
    this.send({ type: 'ping', received: this.texts.reduce((total, text) => total + text.length, 0) });
  }

  /** Without a closing handshake. */
  drop(): void {
    this.#socket.terminate();
  }

  #receive(text: string, isBinary: boolean): void {
    this.texts.push(text);
    const sent = isBinary ? undefined : this.#read(text);
    if (sent === undefined) {
      this.#unread.push(new Error(`not a frame of the contract: ${text}`));
      return;
    }
    this.#arrived = applyFrame(this.#arrived, sent).thread;
    this.frames.push(sent);
    this.times.push(performance.now());
    this.#unread.push(sent);
  }

  /** As it was sent: reading would have filled in what the relay left out. */
  #read(text: string): ServerFrame | undefined {
    const lean = this.#isLean ? readLeanText(this.#arrived, text) : undefined;
    if (lean !== undefined) return lean;
    return decodeServerFrame(text).ok ? (JSON.parse(text) as ServerFrame) : undefined;
  }

  #received(): string {
    return (
      this.texts.map((text) => (text.length > 200 ? `${text.slice(0, 200)}…` : text)).join('\n') || 'nothing'
    );
  }
}

/**
 * @param url address of the room, without a query
 * @param origin of the page that it claims to be; a program has none
 */
export async function connect(url: string, query: Query, origin?: string): Promise<RelayClient> {
  // As browsers do: platforms leave a connection that they have closed open until the room sleeps.
  const options = { closeTimeout: 1_000, ...(origin === undefined ? {} : { origin }) };
  const socket = new WebSocket(`${url}?${new URLSearchParams(query).toString()}`, options);
  const client = new RelayClient(socket, query['lean'] === '1');
  await within(once(socket, 'open'), () => `${url} does not open`);
  return client;
}
