/**
 * One conversation over the renders of a component. The line is open while somebody holds it; what is known stays until
 * the component is gone. Text that grows is told once a frame, everything else at once.
 */
import { callBack, type ClientChange, type IvyClientCallbacks } from '../client/callbacks.ts';
import type { GetToken } from '../client/link.ts';
import { followPage } from '../page-life.ts';
import { pageStorage } from '../page-storage.ts';
import { defaultRelayHost } from '../relay-host.ts';
import { differsBeyondText, NOTHING, type ChatSnapshot } from '../state/chat-snapshot.ts';
import { ChatStore } from '../state/chat-store.ts';
import { stateOf, viewMessages, type ChatView, type Refusal, type ViewMessage } from './chat-view.ts';

export interface SessionOptions extends IvyClientCallbacks {
  readonly threadId: string | null | undefined;
  readonly host?: string | undefined;
  readonly token?: string | undefined;
  readonly getToken?: GetToken | undefined;
}

/** A page in the background has no frames. */
const NO_FRAME_MS = 250;

export class ChatSession {
  /** The newest; callbacks and tokens may change without another conversation. */
  #options: SessionOptions;
  readonly #listeners = new Set<() => void>();
  #store: ChatStore | undefined;
  #holders = 0;
  #isHeld = false;
  #leavePage: (() => void) | undefined;
  /** What the view was made of. */
  #shown: ChatSnapshot = NOTHING;
  #messages: readonly ViewMessage[] = NOTHING.messages;
  #refusal: Refusal | undefined;
  #view: ChatView;
  #frame: (() => void) | undefined;

  /** Before anything is known, on a server as in the page. */
  readonly first: ChatView;

  /** Opens nothing: a component that is rendered may never be shown. */
  constructor(options: SessionOptions) {
    this.#options = options;
    this.#view = this.first = this.#viewOf(NOTHING);
  }

  /** Whether the conversation is still the one that these name; functions are made anew at each render. */
  isFor({ threadId, host, token, getToken }: SessionOptions): boolean {
    const own = this.#options;
    return (
      (threadId ?? undefined) === (own.threadId ?? undefined) &&
      host === own.host &&
      (token === undefined) === (own.token === undefined) &&
      (getToken === undefined) === (own.getToken === undefined)
    );
  }

  update(options: SessionOptions): void {
    const { token } = this.#options;
    this.#options = options;
    if (options.token !== undefined && options.token !== token) this.#store?.renew(options.token);
  }

  readonly view = (): ChatView => this.#view;

  readonly firstView = (): ChatView => this.first;

  /** Listens without a line. */
  readonly watch = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  /** Listens, and holds the line open. */
  readonly hold = (listener: () => void): (() => void) => {
    const leave = this.watch(listener);
    this.#holders += 1;
    this.#open();
    return () => {
      leave();
      this.#holders -= 1;
      if (this.#holders === 0) this.#close();
    };
  };

  readonly #send = (content: string): void => {
    if (content.trim() === '') return;
    const store = this.#storeOf();
    const failed = store?.snapshot.pending.find((one) => one.state === 'failed' && one.content === content);
    if (failed === undefined) store?.send(content);
    else store?.resend(failed.id);
  };

  readonly #clear = (): void => {
    for (const { id, state } of this.#store?.snapshot.pending ?? [])
      if (state === 'failed') this.#store?.discard(id);
    this.#store?.clear();
  };

  #open(): void {
    if (this.#isHeld) return;
    // Whoever was refused and is here again may have mended what was wrong.
    if (this.#store?.snapshot.connection === 'refused') this.#drop(this.#store);
    const store = this.#storeOf();
    if (store === undefined) return;
    this.#isHeld = true;
    this.#leavePage = followPage(store);
    if (store.snapshot.connection === 'idle') store.connect();
    else store.wake();
  }

  #close(): void {
    if (!this.#isHeld) return;
    this.#isHeld = false;
    this.#leavePage?.();
    this.#store?.suspend();
    this.#publish();
  }

  /** Undefined as long as no conversation is named. */
  #storeOf(): ChatStore | undefined {
    const { threadId, host, token, getToken } = this.#options;
    if (this.#store !== undefined || threadId == null || threadId === '') return this.#store;
    const store: ChatStore = new ChatStore({
      host: host ?? defaultRelayHost(),
      threadId,
      storage: pageStorage(),
      ...(token === undefined ? {} : { token }),
      // Called late, so that a component can give another one at each render.
      ...(getToken === undefined ? {} : { getToken: (previous) => this.#askForToken(previous) }),
      onChange: (change) => this.#store === store && this.#tell(change, store.snapshot),
    });
    store.subscribe(() => this.#store === store && this.#changed(store.snapshot));
    this.#store = store;
    return store;
  }

  #askForToken(previous: string | undefined): Promise<string> {
    return this.#options.getToken?.(previous) ?? Promise.reject(new Error('getToken is gone'));
  }

  #tell(change: ClientChange, snapshot: ChatSnapshot): void {
    if (change.kind === 'error') this.#refusal = change.frame;
    callBack(this.#options, change, snapshot);
  }

  #drop(store: ChatStore): void {
    this.#store = undefined;
    store.disconnect();
  }

  #changed(snapshot: ChatSnapshot): void {
    if (differsBeyondText(this.#shown, snapshot)) this.#publish();
    else if (snapshot.streamingContent !== this.#shown.streamingContent)
      this.#frame ??= onNextFrame(() => this.#publish());
  }

  #publish(): void {
    this.#frame?.();
    this.#frame = undefined;
    this.#view = this.#viewOf(this.#store?.snapshot ?? NOTHING);
    for (const listener of [...this.#listeners]) listener();
  }

  #viewOf(snapshot: ChatSnapshot): ChatView {
    const { messages, pending } = this.#shown;
    if (snapshot.messages !== messages || snapshot.pending !== pending)
      this.#messages = viewMessages(snapshot);
    this.#shown = snapshot;
    const state = stateOf(snapshot, this.#messages, this.#refusal, this.#isHeld);
    return Object.freeze({ ...state, sendMessage: this.#send, clearMessages: this.#clear });
  }
}

/** Returns the way to call it off. */
function onNextFrame(draw: () => void): () => void {
  const frame = requestAnimationFrame(draw);
  const timer = setTimeout(draw, NO_FRAME_MS);
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}
