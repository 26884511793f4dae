/**
 * One conversation with a relay, for pages with a UI of their own and for the widget's store: handshake, resume, gap
 * detection, outbox, heartbeat. No Lit and no DOM. What a frame means is the fold's in `#protocol`; what is unsent is the
 * outbox's; the line is the link's.
 */
import {
  applyFrame,
  connectionQuery,
  cursorOf,
  decodeServerFrame,
  EMPTY_THREAD,
  encodeFrame,
  MESSAGE_MAX_CHARS,
  PROTOCOL_VERSION,
  type ClientFrame,
  type ErrorCode,
  type MessageStatus,
  type ServerFrame,
  type ServerFrameOf,
  type Thread,
  type ThreadChange,
  type ThreadMessage,
} from '#protocol';
import { chatError, type ChatError } from './chat-error.ts';
import type { ConnectionState } from './connection-state.ts';
import { Heartbeat } from './heartbeat.ts';
import { Link, type GetToken } from './link.ts';
import * as outbox from './outbox.ts';
import { randomId } from './random-id.ts';
import { relayAddress } from './relay-address.ts';
import { UnsentShelf, type KeyedStorage } from './unsent-shelf.ts';

/** A change of the thread, or of the line to it. */
export type ClientChange = ThreadChange | { readonly kind: 'connection'; readonly connected: boolean };

/** The seven callbacks of the original client. */
export interface IvyClientCallbacks {
  readonly onMessage?: (message: ThreadMessage) => void;
  /** Only text that was not there before. */
  readonly onToken?: (content: string) => void;
  readonly onDone?: (messageId: string, fullContent: string, status: MessageStatus) => void;
  readonly onError?: (message: string, error: ChatError) => void;
  readonly onHistory?: (messages: readonly ThreadMessage[]) => void;
  readonly onStreamingChange?: (isStreaming: boolean) => void;
  readonly onConnectionChange?: (connected: boolean) => void;
}

export interface IvyClientOptions extends IvyClientCallbacks {
  /** The relay's server: `chat.example.com`, `localhost:1999` or an address with a scheme. */
  readonly host: string;
  readonly threadId: string;
  readonly token?: string;
  /** Asked before each attempt; the wait for it is bounded. */
  readonly getToken?: GetToken;
  /** Where unconfirmed messages outlive the page; without it they are lost with the page. */
  readonly storage?: KeyedStorage | undefined;
  /** Called after each change, when everything that can be read here is up to date. */
  readonly onChange?: (change: ClientChange) => void;
  /** Called once after each input that changed anything, also when that is only in the outbox. */
  readonly onUpdate?: () => void;
}

/** Refusals of a message that time mends: it stays in the outbox and goes out again. */
const WAITING: ReadonlySet<ErrorCode | undefined> = new Set<ErrorCode>(['busy', 'rate_limited']);
const RATE_LIMIT_WAIT_MS = 5_000;
/** Busy, but the run's own frames are not here yet: they will say when the room is free. */
const BUSY_WAIT_MS = 1_000;

export class IvyClient {
  readonly #options: IvyClientOptions;
  readonly #link: Link | undefined;
  readonly #heartbeat: Heartbeat;
  readonly #shelf: UnsentShelf;
  #connection: ConnectionState = 'idle';
  #thread = EMPTY_THREAD;
  #outbox = outbox.EMPTY_OUTBOX;
  #error: ChatError | undefined;
  /** Of the relay on this connection: 0 is an original one. */
  #relayVersion = 0;
  #repairing = false;
  /** Where the page ends that was asked for. */
  #loadingOlder: string | undefined;
  /** The outbox holds messages of an earlier page, and no relay has been met yet. */
  #restored = false;
  #pause: ReturnType<typeof setTimeout> | undefined;
  /** Our message was taken and its run is not here yet: the room is not free for the next one. */
  #runDue: ReturnType<typeof setTimeout> | undefined;

  /** A host or thread id that cannot be read makes a client that is refused when it connects. */
  constructor(options: IvyClientOptions) {
    this.#options = options;
    const address = relayAddress(options.host, options.threadId);
    this.#heartbeat = new Heartbeat({
      ping: () => this.#send({ type: 'ping' }),
      dead: () => this.reconnect(),
    });
    this.#shelf = new UnsentShelf(options.storage, address.ok ? address.value : '');
    if (!address.ok) return;
    this.#outbox = outbox.restored(this.#shelf.read(Date.now()));
    this.#restored = this.#outbox.entries.length > 0;
    this.#link = new Link({
      address: address.value,
      query: () => connectionQuery(PROTOCOL_VERSION, cursorOf(this.#thread)),
      token: options.token,
      getToken: options.getToken,
      onOpen: () => this.#heartbeat.expectAnswer(),
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

  get pending(): readonly outbox.PendingMessage[] {
    return this.#outbox.entries;
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
        message: 'The host or the thread id cannot be read.',
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
    clearTimeout(this.#pause);
    this.#pause = undefined;
    this.#runIsHere();
    this.#keep(outbox.disconnected(this.#outbox));
    if (wasConnected) this.#emit({ kind: 'connection', connected: false });
  }

  /** Drops the line and makes it again at once: when it is found dead, or the network came back. */
  reconnect(): void {
    if (this.#connection === 'idle' || this.#connection === 'refused') return;
    this.#lost(false);
    this.#link?.open();
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
    this.#keep(outbox.add(this.#outbox, id, content, Date.now(), this.#knownGen()));
    if (content.length > MESSAGE_MAX_CHARS) {
      this.#keep(outbox.markFailed(this.#outbox, id, 'too_large'));
      this.#report({
        type: 'error',
        message: 'The text is too long.',
        code: 'too_large',
        retryable: false,
        messageId: id,
      });
    }
    this.#drain();
    this.#updated();
  }

  /** Tries a failed message again, under the same id. */
  resend(id: string): void {
    this.#keep(outbox.markSending(this.#outbox, id, this.#knownGen()));
    this.#drain();
    this.#updated();
  }

  /** Gives an unconfirmed message up. */
  discard(id: string): void {
    this.#keep(outbox.remove(this.#outbox, id));
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
    const frame = decodeServerFrame(data);
    // What this build does not know, or cannot read, is passed over (rule V2).
    if (!frame.ok) return;
    if (frame.value.type === 'history') this.#greeted(frame.value);
    if (frame.value.type === 'error') this.#refused(frame.value);
    this.#fold(frame.value);
    // Somebody who was called back has disconnected us: that was the last.
    if (this.#isIdle()) return;
    if (this.#connection === 'open') this.#keep(outbox.meet(this.#outbox, this.#thread.gen));
    this.#drain();
    this.#updated();
  }

  /** The first frame of each connection (rule H4). */
  #greeted(frame: ServerFrameOf<'history'>): void {
    this.#repairing = false;
    if (this.#connection === 'open') return;
    this.#relayVersion = frame.v ?? 0;
    if (this.#relayVersion === 0) {
      this.#heartbeat.stop();
      // An original relay does not know ids, so what an earlier page may have sent already is not sent again.
      if (this.#restored) this.#keep(outbox.holdAll(this.#outbox));
    }
    this.#restored = false;
    // Another page of this browser may have sent it to a thread that is gone: only this page has not met a thread yet.
    for (const { id, gen } of this.#outbox.entries) {
      if (gen === undefined && this.#shelf.isTaken(id))
        this.#keep(outbox.markFailed(this.#outbox, id, 'interrupted'));
    }
    this.#link?.accepted();
    this.#loadingOlder = undefined;
    this.#connection = 'open';
    this.#error = undefined;
    this.#emit({ kind: 'connection', connected: true });
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
    const byContent = this.#relayVersion === 0;
    const sent = this.#outbox.inFlight;
    if (frame.type === 'history') this.#keep(outbox.confirm(this.#outbox, thread.messages, byContent));
    if (frame.type === 'message') this.#keep(outbox.confirm(this.#outbox, [frame], byContent));
    if (frame.type === 'message' && sent !== this.#outbox.inFlight) this.#expectRun();
    for (const change of changes) {
      if (this.#isIdle()) return;
      if (change.kind === 'gap') this.#repair();
      if (change.kind === 'streaming' && change.isStreaming) {
        this.#error = undefined;
        this.#runIsHere();
      }
      this.#emit(change);
    }
  }

  /** Rule S1: text is missing, so ask for it from where we are. Once: the answer mends everything that came between. */
  #repair(): void {
    if (this.#repairing) return;
    const cursor = cursorOf(this.#thread);
    this.#repairing = this.#send({ type: 'history', ...(cursor === undefined ? {} : { cursor }) });
  }

  #refused(frame: ServerFrameOf<'error'>): void {
    const { messageId, code } = frame;
    const pending = this.#outbox.entries.find(({ id }) => id === messageId);
    if (pending === undefined) {
      // What is about no message may be about the page or the repair that was asked for: both can be asked for again.
      if (messageId === undefined) {
        this.#loadingOlder = undefined;
        this.#repairing = false;
      }
      this.#error = chatError(frame);
      return;
    }
    if (!WAITING.has(code)) {
      this.#keep(outbox.markFailed(this.#outbox, pending.id, code));
      return;
    }
    this.#keep(outbox.disconnected(this.#outbox));
    if (code === 'rate_limited') this.#holdBack(frame.retryAfterMs ?? RATE_LIMIT_WAIT_MS);
    else if (this.#thread.run === undefined) this.#holdBack(BUSY_WAIT_MS);
  }

  #holdBack(delayMs: number): void {
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => {
      this.#pause = undefined;
      this.#drain();
    }, delayMs);
  }

  #expectRun(): void {
    clearTimeout(this.#runDue);
    this.#runDue = setTimeout(() => {
      this.#runDue = undefined;
      this.#drain();
    }, BUSY_WAIT_MS);
  }

  #runIsHere(): void {
    clearTimeout(this.#runDue);
    this.#runDue = undefined;
  }

  #isIdle(): boolean {
    return this.#connection === 'idle';
  }

  /** Sends the next unconfirmed message once the room is free for it: after the handshake, and between answers. */
  #drain(): void {
    if (this.#connection !== 'open' || this.#thread.run !== undefined) return;
    if (this.#pause !== undefined || this.#runDue !== undefined) return;
    const entry = outbox.next(this.#outbox);
    if (entry === undefined) return;
    const { content, id, gen } = entry;
    const meant = this.#relayVersion === 0 || gen === undefined ? {} : { gen };
    if (!this.#send({ type: 'message', content, id, ...meant })) return;
    this.#keep(outbox.launched(this.#outbox, entry.id));
    if (this.#relayVersion > 0) this.#heartbeat.expectAnswer();
  }

  #keep(next: outbox.Outbox): void {
    const before = this.#outbox.entries;
    this.#outbox = next;
    if (before === next.entries) return;
    for (const entry of next.entries) if (!before.includes(entry)) this.#shelf.put(entry);
    const left = new Set(next.entries.map(({ id }) => id));
    for (const { id } of before) if (!left.has(id)) this.#shelf.remove(id);
  }

  #lost(refused: boolean): void {
    const wasConnected = this.isConnected;
    this.#heartbeat.stop();
    this.#runIsHere();
    this.#keep(outbox.disconnected(this.#outbox));
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
    const options = this.#options;
    options.onChange?.(change);
    switch (change.kind) {
      case 'message':
        return options.onMessage?.(change.message);
      case 'token':
        return options.onToken?.(change.content);
      case 'done':
        return options.onDone?.(change.message.id, change.message.content, change.message.status);
      case 'error':
        return options.onError?.(change.frame.message, chatError(change.frame));
      case 'history':
        return options.onHistory?.(this.#thread.messages);
      case 'streaming':
        return options.onStreamingChange?.(change.isStreaming);
      case 'connection':
        return options.onConnectionChange?.(change.connected);
      case 'gap':
        return undefined;
    }
  }

  #updated(): void {
    this.#options.onUpdate?.();
  }
}
