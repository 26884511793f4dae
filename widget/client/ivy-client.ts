/**
 * One conversation with a relay, for pages with a UI of their own and for the widget's store: handshake, resume, gap
 * detection, heartbeat. No Lit and no DOM. What a frame means is the fold's in `#protocol`; what is unsent is the
 * dispatch's; the line is the link's.
 */
import {
  applyFrame,
  connectionQuery,
  cursorOf,
  EMPTY_THREAD,
  encodeFrame,
  MESSAGE_MAX_CHARS,
  PROTOCOL_VERSION,
  readLeanText,
  readServerFrame,
  type ClientFrame,
  type GrantedAccess,
  type ServerFrame,
  type ServerFrameOf,
  type Thread,
} from '#protocol';
import { callBack, type ClientChange, type IvyClientCallbacks } from './callbacks.ts';
import { chatError, type ChatError } from './chat-error.ts';
import type { ConnectionState } from './connection-state.ts';
import { Heartbeat } from './heartbeat.ts';
import { Link, type GetToken } from './link.ts';
import { Dispatch } from './dispatch.ts';
import type { PendingMessage } from './outbox.ts';
import { randomId } from './random-id.ts';
import { Receipt } from './receipt.ts';
import { relayAddress } from './relay-address.ts';
import { Renewal } from './renewal.ts';
import { UnsentShelf, type KeyedStorage } from './unsent-shelf.ts';

export type { ClientChange, IvyClientCallbacks };

export interface IvyClientOptions extends IvyClientCallbacks {
  /** The relay's server: `chat.example.com`, `localhost:1999` or an address with a scheme. */
  readonly host: string;
  readonly threadId: string;
  readonly token?: string | undefined;
  /** Asked before each attempt, and before a token runs out; the wait for it is bounded. */
  readonly getToken?: GetToken | undefined;
  /** Where unconfirmed messages outlive the page; without it they are lost with the page. */
  readonly storage?: KeyedStorage | undefined;
  /** Called after each change, when everything that can be read here is up to date. */
  readonly onChange?: (change: ClientChange) => void;
  /**
   * Called once after each input that changed anything, also when that is only in the outbox. `onlyText`: at most, the answer
   * that is being written is longer.
   */
  readonly onUpdate?: (onlyText: boolean) => void;
}

export class IvyClient {
  readonly #options: IvyClientOptions;
  readonly #link: Link | undefined;
  readonly #heartbeat: Heartbeat;
  readonly #dispatch: Dispatch;
  readonly #receipt = new Receipt();
  #connection: ConnectionState = 'idle';
  #thread = EMPTY_THREAD;
  #error: ChatError | undefined;
  readonly #renewal: Renewal;
  /** Of this connection; undefined where there is no limit to it. */
  #access: GrantedAccess | undefined;
  /** Of the relay on this connection: 0 is an original one. */
  #relayVersion = 0;
  /** Whether it sends lean frames on this connection (rule S8). */
  #relayIsLean = false;
  #repairing = false;
  /** Where the page ends that was asked for. */
  #loadingOlder: string | undefined;

  /** A host or thread id that cannot be read makes a client that is refused when it connects. */
  constructor(options: IvyClientOptions) {
    this.#options = options;
    const hasToken = options.token !== undefined || options.getToken !== undefined;
    const address = relayAddress(options.host, options.threadId, hasToken);
    this.#heartbeat = new Heartbeat({
      ping: () => this.#send({ type: 'ping' }),
      dead: () => this.reconnect(),
    });
    this.#dispatch = new Dispatch(
      new UnsentShelf(address.ok ? options.storage : undefined, address.ok ? address.value : ''),
      {
        send: (frame) => this.#send(frame),
        isRunning: () => this.#thread.run !== undefined,
        sent: () => this.#relayVersion > 0 && this.#heartbeat.expectAnswer(),
      },
    );
    this.#renewal = new Renewal({
      newToken: () => this.#link?.newToken() ?? Promise.reject(new Error('no token')),
      present: (token) => this.#send({ type: 'auth', token }),
    });
    if (!address.ok) return;
    this.#link = new Link({
      address: address.value,
      query: () => connectionQuery(PROTOCOL_VERSION, cursorOf(this.#thread), true),
      token: options.token,
      getToken: options.getToken,
      onOpen: () => {
        this.#receipt.restart();
        this.#heartbeat.expectAnswer();
      },
      onFrame: (data) => this.#receive(data),
      onLost: (refused) => this.#lost(refused),
    });
  }

  get connection(): ConnectionState {
    return this.#connection;
  }

  /** The original client's name for it. */
  get isConnected(): boolean {
    return this.#connection === 'open';
  }

  get thread(): Thread {
    return this.#thread;
  }

  /** False for a spectator, who sees everything and may not send. */
  get canWrite(): boolean {
    return this.#access?.write ?? true;
  }

  get pending(): readonly PendingMessage[] {
    return this.#dispatch.pending;
  }

  /** The last thing that went wrong and is still the case. */
  get error(): ChatError | undefined {
    return this.#error;
  }

  connect(): void {
    if (this.#connection !== 'idle') return;
    if (this.#link === undefined) {
      this.#connection = 'refused';
      this.#report({
        type: 'error',
        message: 'The host or the thread id cannot be used. With a token the host has to be an https one.',
        code: 'forbidden',
        retryable: false,
      });
      this.#updated();
      return;
    }
    this.#connection = 'connecting';
    this.#link.open();
    this.#updated();
  }

  /** For good: the socket is closed, and nothing is called back any more. */
  disconnect(): void {
    const wasConnected = this.isConnected;
    this.#connection = 'idle';
    this.#link?.close();
    this.#heartbeat.stop();
    this.#renewal.stop();
    this.#dispatch.stop();
    if (wasConnected) this.#emit({ kind: 'connection', connected: false });
  }

  /** Drops the line and makes it again at once: when it is found dead, or the network came back. */
  reconnect(): void {
    if (this.#connection === 'idle' || this.#connection === 'refused') return;
    this.#lost(false);
    this.#link?.open();
  }

  /** Another token for the same conversation: the connection goes on with it, and one that was refused is tried again. */
  renew(token: string): void {
    this.#link?.useToken(token);
    if (this.#relayVersion > 0) this.#send({ type: 'auth', token });
    if (this.#connection !== 'refused') return;
    this.#connection = 'connecting';
    this.#error = undefined;
    this.#link?.open();
    this.#updated();
  }

  /** The page is looked at again, or the network is back: a broken line is made again, and a good one has to prove it. */
  wake(): void {
    if (this.#connection === 'reconnecting' || this.#connection === 'connecting') this.reconnect();
    else if (this.#relayVersion > 0 && this.#send({ type: 'ping' })) this.#heartbeat.expectAnswer();
  }

  /** Closes the line and keeps everything else: a page with an open socket is not kept for the back button. */
  suspend(): void {
    if (this.#connection === 'idle' || this.#connection === 'refused') return;
    this.#link?.close();
    this.#lost(false);
  }

  /**
   * Sends as the user. The message waits in `pending` until the relay has confirmed it, over lost connections and busy
   * rooms. Blank text is ignored; text over 16,000 characters fails in `pending`.
   */
  sendMessage(content: string): void {
    if (content.trim() === '') return;
    const id = randomId();
    this.#dispatch.add(id, content, this.#knownGen());
    if (content.length > MESSAGE_MAX_CHARS) {
      this.#dispatch.fail(id, 'too_large');
      this.#report({
        type: 'error',
        message: 'The text is too long.',
        code: 'too_large',
        retryable: false,
        messageId: id,
      });
    }
    this.#dispatch.drain();
    this.#updated();
  }

  /** Tries a failed message again, under the same id. */
  resend(id: string): void {
    this.#dispatch.resend(id, this.#knownGen());
    this.#dispatch.drain();
    this.#updated();
  }

  /** Gives an unconfirmed message up. */
  discard(id: string): void {
    this.#dispatch.discard(id);
    this.#updated();
  }

  requestHistory(): void {
    this.#send({ type: 'history' });
  }

  /** Asks for the page above the oldest message that is known. */
  loadOlder(): void {
    const { before } = this.#thread;
    if (before === undefined || this.#loadingOlder !== undefined) return;
    if (this.#send({ type: 'history', before })) this.#loadingOlder = before;
  }

  clearMessages(): void {
    this.#send({ type: 'clear' });
  }

  stop(): void {
    this.#send({ type: 'stop' });
  }

  /** `messageId`: the user's message to be answered again; by default the newest one. */
  retry(messageId = this.#thread.messages.findLast(({ role }) => role === 'user')?.id): void {
    if (messageId !== undefined) this.#send({ type: 'retry', messageId });
    this.#error = undefined;
    this.#updated();
  }

  /** Undefined before the first greeting. */
  #knownGen(): number | undefined {
    return this.#connection === 'open' || this.#connection === 'reconnecting' ? this.#thread.gen : undefined;
  }

  #send(frame: ClientFrame): boolean {
    return this.#connection === 'open' && this.#link?.send(encodeFrame(frame)) === true;
  }

  #receive(data: unknown): void {
    if (this.#connection !== 'open' || this.#relayVersion > 0) this.#heartbeat.heard();
    const text = this.#relayIsLean ? readLeanText(this.#thread, data) : undefined;
    const frame = text ?? readServerFrame(data);
    // What this build does not know, or cannot read, is passed over (rule V2).
    if (frame === undefined) return;
    if (frame.type === 'history') this.#greeted(frame);
    if (frame.type === 'access') this.#granted(frame);
    if (frame.type === 'error') this.#refused(frame);
    const onlyText = frame.type === 'token' && this.#thread.run !== undefined;
    try {
      this.#fold(frame);
    } finally {
      // Who was called back may have thrown, which undoes nothing, or have disconnected us: then that was the last.
      if (!this.#isIdle()) this.#folded(data, onlyText);
    }
  }

  #folded(data: unknown, onlyText: boolean): void {
    if (this.#connection === 'open') this.#dispatch.meet(this.#thread.gen);
    this.#dispatch.drain();
    this.#updated(onlyText);
    this.#tellRead(data);
  }

  #tellRead(data: unknown): void {
    const received = typeof data === 'string' ? this.#receipt.add(data.length) : undefined;
    if (received !== undefined && this.#relayVersion > 0) this.#send({ type: 'ping', received });
  }

  /** The first frame of each connection (rule H4). */
  #greeted(frame: ServerFrameOf<'history'>): void {
    this.#repairing = false;
    if (this.#connection === 'open') return;
    this.#relayVersion = frame.v ?? 0;
    this.#relayIsLean = frame.lean ?? false;
    if (this.#relayVersion === 0) this.#heartbeat.stop();
    this.#dispatch.greeted(this.#relayVersion);
    this.#link?.accepted();
    this.#granted(frame.access);
    this.#loadingOlder = undefined;
    this.#connection = 'open';
    this.#error = undefined;
    this.#emit({ kind: 'connection', connected: true });
  }

  #granted(access: GrantedAccess | undefined): void {
    this.#access = access;
    this.#renewal.plan(this.#options.getToken === undefined ? undefined : access?.expiresInMs);
  }

  #fold(frame: ServerFrame): void {
    if (frame.type === 'history' && frame.mode === 'page') {
      const end = this.#loadingOlder;
      this.#loadingOlder = undefined;
      // A snapshot came in between, and does not begin where this page ends: together they would have a hole.
      if (end !== this.#thread.before) return;
    }
    const { thread, changes } = applyFrame(this.#thread, frame);
    this.#thread = thread;
    if (frame.type === 'history') this.#dispatch.confirm(thread.messages);
    if (frame.type === 'message') this.#dispatch.echoed(frame);
    for (const change of changes) {
      if (this.#isIdle()) return;
      if (change.kind === 'gap') this.#repair();
      if (change.kind === 'streaming' && change.isStreaming) {
        this.#error = undefined;
        this.#dispatch.runIsHere();
      }
      this.#emit(change);
    }
  }

  /** Rule S1: text is missing, so ask for it from where we are. Once: the answer mends everything that came between. */
  #repair(): void {
    if (this.#repairing) return;
    this.#repairing = this.#send({ type: 'history', cursor: cursorOf(this.#thread) });
  }

  #refused(frame: ServerFrameOf<'error'>): void {
    if (this.#dispatch.refused(frame)) return;
    // What is about no message may be about the page or the repair that was asked for: both can be asked for again.
    if (frame.messageId === undefined) {
      this.#loadingOlder = undefined;
      this.#repairing = false;
    }
    this.#error = chatError(frame);
  }

  #isIdle(): boolean {
    return this.#connection === 'idle';
  }

  #lost(refused: boolean): void {
    const wasConnected = this.isConnected;
    this.#heartbeat.stop();
    this.#renewal.stop();
    this.#dispatch.lost();
    this.#repairing = false;
    this.#loadingOlder = undefined;
    this.#connection = refused
      ? 'refused'
      : this.#connection === 'connecting'
        ? 'connecting'
        : 'reconnecting';
    if (wasConnected) this.#emit({ kind: 'connection', connected: false });
    this.#updated();
  }

  #report(frame: ServerFrameOf<'error'>): void {
    if (frame.messageId === undefined) this.#error = chatError(frame);
    this.#emit({ kind: 'error', frame });
  }

  #emit(change: ClientChange): void {
    this.#options.onChange?.(change);
    callBack(this.#options, change, this.#thread);
  }

  #updated(onlyText = false): void {
    this.#options.onUpdate?.(onlyText);
  }
}
