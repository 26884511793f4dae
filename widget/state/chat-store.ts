/**
 * The state that views draw, and the requests they make. Nothing is assumed: a request goes to the relay, and the
 * snapshot changes when the relay has said so; what is unconfirmed is shown as pending.
 */
import type { GetToken } from '../client/link.ts';
import type { KeyedStorage } from '../client/unsent-shelf.ts';
import { IvyClient, type ClientChange } from '../client/ivy-client.ts';
import type { ChatSnapshot } from './chat-snapshot.ts';

export interface ChatStoreOptions {
  readonly host: string;
  readonly threadId: string;
  readonly token?: string | undefined;
  readonly getToken?: GetToken | undefined;
  /** Where unconfirmed messages outlive the page. */
  readonly storage?: KeyedStorage | undefined;
  /** Told of each change after the snapshot has it. */
  readonly onChange?: (change: ClientChange) => void;
}

export class ChatStore {
  readonly #client: IvyClient;
  readonly #listeners = new Set<(onlyText: boolean) => void>();
  /** Made when somebody looks: a token is a change and an update, and they are one state. */
  #snapshot: ChatSnapshot | undefined;

  constructor(options: ChatStoreOptions) {
    const { onChange, ...address } = options;
    this.#client = new IvyClient({
      ...address,
      onChange: (change) => {
        this.#snapshot = undefined;
        onChange?.(change);
      },
      onUpdate: (onlyText) => {
        this.#snapshot = undefined;
        for (const listener of this.#listeners) listener(onlyText);
      },
    });
  }

  get snapshot(): ChatSnapshot {
    return (this.#snapshot ??= snapshotOf(this.#client));
  }

  /** `onlyText`: `streamingContent` is longer, and nothing else is another. Returns the way to unsubscribe. */
  subscribe(listener: (onlyText: boolean) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  connect(): void {
    this.#client.connect();
  }

  /** Final for this store. */
  disconnect(): void {
    this.#listeners.clear();
    this.#client.disconnect();
  }

  /** The network is back, or the page is looked at again. */
  wake(): void {
    this.#client.wake();
  }

  /** The page goes into the background for good or for a while; `wake` undoes it. */
  suspend(): void {
    this.#client.suspend();
  }

  /** Another token for the same conversation. */
  renew(token: string): void {
    this.#client.renew(token);
  }

  send(content: string): void {
    this.#client.sendMessage(content);
  }

  resend(pendingId: string): void {
    this.#client.resend(pendingId);
  }

  discard(pendingId: string): void {
    this.#client.discard(pendingId);
  }

  stop(): void {
    this.#client.stop();
  }

  /** `messageId`: of the user's message; by default the newest. */
  retry(messageId?: string): void {
    this.#client.retry(messageId);
  }

  clear(): void {
    this.#client.clearMessages();
  }

  loadOlder(): void {
    this.#client.loadOlder();
  }
}

/** Costs the same however long the thread and the answer are: it only refers to them. */
export function snapshotOf({ connection, thread, pending, error, canWrite }: IvyClient): ChatSnapshot {
  return Object.freeze({
    connection,
    messages: thread.messages,
    pending,
    isStreaming: thread.run !== undefined,
    streamingContent: thread.run?.text ?? '',
    streamingId: thread.run?.messageId,
    hasOlder: thread.before !== undefined,
    error,
    canWrite,
  });
}
