/**
 * Gives an element its conversation: makes a store for the address it is pointed at, replaces it when the address
 * changes, ends it when the element leaves the page. The host is told of a change only when there is something to
 * draw again; growing text is drawn by the view that subscribes to it (cost of a token must not depend on the list).
 */
import type { ReactiveControllerHost } from 'lit';
import { followPage } from '../page-life.ts';
import { differsBeyondText, NOTHING, type ChatSnapshot } from '../state/chat-snapshot.ts';
import type { Conversation, ConversationChange, ConversationOptions } from './conversation.ts';
import { whileConnected } from './while-connected.ts';

/** What identifies a conversation: another value of any of these is another conversation, but for a newer token. */
export interface ConversationAddress {
  readonly host: string;
  readonly threadId: string;
  readonly token: string | undefined;
  readonly getToken: ConversationOptions['getToken'];
}

interface ConversationHost extends ReactiveControllerHost {
  readonly isConnected: boolean;
}

interface ConversationCallbacks {
  createStore(options: ConversationOptions): Conversation;
  changed(change: ConversationChange): void;
}

/** Frameworks make a new function at each render, and tokens are replaced: only having one or not is a difference. */
function identityOf(address: ConversationAddress | undefined): string | undefined {
  if (address === undefined) return undefined;
  const { host, threadId, token, getToken } = address;
  return [host, threadId, token === undefined, getToken === undefined].join(' ');
}

export class ConversationController {
  readonly #host: ConversationHost;
  readonly #callbacks: ConversationCallbacks;
  #address: ConversationAddress | undefined;
  #store: Conversation | undefined;
  #lastSnapshot = NOTHING;

  constructor(host: ConversationHost, callbacks: ConversationCallbacks) {
    this.#host = host;
    this.#callbacks = callbacks;
    whileConnected(host, (signal) => {
      const leavePage = followPage({
        wake: () => this.#store?.wake(),
        suspend: () => this.#store?.suspend(),
      });
      signal.onabort = () => {
        leavePage();
        // Moving an element is a removal and an insertion, and nothing tells it apart from a removal until the task is
        // over. So the conversation ends one task later, unless the element is back by then.
        setTimeout(() => {
          if (!host.isConnected) this.#close();
        });
      };
      if (this.#store === undefined) host.requestUpdate();
    });
  }

  /** Undefined while there is no address, or the element is on no page. */
  get store(): Conversation | undefined {
    return this.#store;
  }

  /** The last known state also outlives the store, so that a removed element can still be read. */
  get snapshot(): ChatSnapshot {
    return this.#store?.snapshot ?? this.#lastSnapshot;
  }

  /** To be called before each render: does nothing while the address stays the same. */
  pointAt(address: ConversationAddress | undefined): void {
    const before = this.#address;
    this.#address = address;
    if (this.#store !== undefined && identityOf(before) === identityOf(address)) {
      if (address?.token !== undefined && address.token !== before?.token) this.#store.renew(address.token);
      return;
    }
    this.#close();
    this.#lastSnapshot = NOTHING;
    if (address !== undefined && this.#host.isConnected) this.#open(address);
  }

  #open(address: ConversationAddress): void {
    const store: Conversation = this.#callbacks.createStore({
      ...address,
      onChange: (change) => {
        // A store that was replaced may still have frames in flight.
        if (this.#store === store) this.#callbacks.changed(change);
      },
    });
    this.#store = store;
    this.#lastSnapshot = store.snapshot;
    store.subscribe((onlyText) => {
      if (!onlyText) this.#changed();
    });
    store.connect();
  }

  #close(): void {
    const store = this.#store;
    if (store === undefined) return;
    store.disconnect(); // while it is still ours, so that the page hears of the end of the connection
    this.#lastSnapshot = Object.freeze({ ...store.snapshot, connection: 'idle', isStreaming: false });
    this.#store = undefined;
  }

  #changed(): void {
    const before = this.#lastSnapshot;
    const after = this.#store?.snapshot ?? before;
    this.#lastSnapshot = after;
    if (after.connection === 'refused' && before.connection !== 'refused') {
      // For the developer: the reader's sentence does not say why.
      // eslint-disable-next-line no-console -- it is the page's to mend
      console.warn(`ivy-chat: ${after.error?.message ?? 'the connection was refused'}`);
    }
    if (differsBeyondText(before, after)) this.#host.requestUpdate();
  }
}
