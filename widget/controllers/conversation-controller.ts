/**
 * Gives an element its conversation: makes a store for the address it is pointed at, replaces it when the address
 * changes, ends it when the element leaves the page. The host is told of a change only when there is something to
 * draw again; growing text is drawn by the view that subscribes to it (cost of a token must not depend on the list).
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { followPage } from '../page-life.ts';
import { differsBeyondText, NOTHING, type ChatSnapshot } from '../state/chat-snapshot.ts';
import type { Conversation, ConversationChange, ConversationOptions } from './conversation.ts';

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

function sameAddress(one: ConversationAddress | undefined, other: ConversationAddress | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return (
    one.host === other.host &&
    one.threadId === other.threadId &&
    (one.token === undefined) === (other.token === undefined) &&
    // Frameworks make a new function at each render; only having one or not is a difference.
    (one.getToken === undefined) === (other.getToken === undefined)
  );
}

export class ConversationController implements ReactiveController {
  readonly #host: ConversationHost;
  readonly #callbacks: ConversationCallbacks;
  #address: ConversationAddress | undefined;
  #store: Conversation | undefined;
  #unsubscribe: (() => void) | undefined;
  #leavePage: (() => void) | undefined;
  #leaving: ReturnType<typeof setTimeout> | undefined;
  #lastSnapshot = NOTHING;

  constructor(host: ConversationHost, callbacks: ConversationCallbacks) {
    this.#host = host;
    this.#callbacks = callbacks;
    host.addController(this);
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
    if (sameAddress(this.#address, address) && (this.#store !== undefined || address === undefined)) {
      if (address?.token !== undefined && address.token !== this.#address?.token)
        this.#store?.renew(address.token);
      this.#address = address;
      return;
    }
    this.#close();
    this.#address = address;
    this.#lastSnapshot = NOTHING;
    if (address !== undefined && this.#host.isConnected) this.#open(address);
  }

  hostConnected(): void {
    clearTimeout(this.#leaving);
    this.#leaving = undefined;
    this.#leavePage?.();
    this.#leavePage = followPage({
      wake: () => this.#store?.wake(),
      suspend: () => this.#store?.suspend(),
    });
    if (this.#store === undefined) this.#host.requestUpdate();
  }

  /**
   * Moving an element is a removal and an insertion, and nothing tells it apart from a removal until the task is
   * over. So the conversation ends one task later, unless the element is back by then.
   */
  hostDisconnected(): void {
    this.#leavePage?.();
    clearTimeout(this.#leaving);
    this.#leaving = setTimeout(() => {
      this.#leaving = undefined;
      if (!this.#host.isConnected) this.#close();
    });
  }

  #open(address: ConversationAddress): void {
    const { host, threadId, token, getToken } = address;
    const store: Conversation = this.#callbacks.createStore({
      host,
      threadId,
      ...(token === undefined ? {} : { token }),
      ...(getToken === undefined ? {} : { getToken }),
      onChange: (change) => {
        // A store that was replaced may still have frames in flight.
        if (this.#store === store) this.#callbacks.changed(change);
      },
    });
    this.#store = store;
    this.#lastSnapshot = store.snapshot;
    this.#unsubscribe = store.subscribe(() => this.#changed());
    store.connect();
  }

  #close(): void {
    const store = this.#store;
    if (store === undefined) return;
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
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
