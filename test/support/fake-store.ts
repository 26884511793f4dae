/**
 * A store that a test plays by hand: it records what the element asks for, and folds the frames that the test says the
 * relay has sent, through the same fold as the real one. No socket and no time.
 */
import { applyFrame, EMPTY_THREAD, type ServerFrame, type ThreadMessage } from '#protocol';
import type {
  Conversation,
  ConversationChange,
  ConversationOptions,
} from '../../widget/controllers/conversation.ts';
import {
  differsBeyondText,
  type ChatSnapshot,
  type PendingMessage,
} from '../../widget/state/chat-snapshot.ts';

export interface Request {
  readonly kind:
    | 'connect'
    | 'disconnect'
    | 'wake'
    | 'suspend'
    | 'send'
    | 'resend'
    | 'discard'
    | 'stop'
    | 'retry'
    | 'clear'
    | 'loadOlder'
    | 'renew';
  readonly argument?: string | undefined;
}

/** What a snapshot holds that does not come from the thread. */
type Surroundings = Pick<ChatSnapshot, 'connection' | 'pending' | 'error' | 'canWrite'>;

export class FakeStore implements Conversation {
  readonly options: ConversationOptions;
  /** Everything the element asked for, in order. */
  readonly requests: Request[] = [];
  readonly #listeners = new Set<(onlyText: boolean) => void>();
  #thread = EMPTY_THREAD;
  #surroundings: Surroundings = {
    connection: 'idle',
    pending: [],
    error: undefined,
    canWrite: true,
  };
  #snapshot: ChatSnapshot;
  #lastPendingId = 0;

  constructor(options: ConversationOptions) {
    this.options = options;
    this.#snapshot = this.#nextSnapshot();
  }

  get snapshot(): ChatSnapshot {
    return this.#snapshot;
  }

  get subscribers(): number {
    return this.#listeners.size;
  }

  /** The arguments of all requests of one kind. */
  asked(kind: Request['kind']): readonly (string | undefined)[] {
    return this.requests.filter((request) => request.kind === kind).map(({ argument }) => argument);
  }

  subscribe(listener: (onlyText: boolean) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  connect(): void {
    this.requests.push({ kind: 'connect' });
    this.set({ connection: 'connecting' });
  }

  disconnect(): void {
    this.requests.push({ kind: 'disconnect' });
    this.#listeners.clear();
    if (this.#surroundings.connection === 'open') this.#tell({ kind: 'connection', connected: false });
  }

  wake(): void {
    this.requests.push({ kind: 'wake' });
  }

  suspend(): void {
    this.requests.push({ kind: 'suspend' });
  }

  send(content: string): void {
    this.requests.push({ kind: 'send', argument: content });
    const id = `pending-${String(++this.#lastPendingId)}`;
    this.addPending({ id, content, timestamp: 0, state: 'sending', code: undefined });
  }

  resend(pendingId: string): void {
    this.requests.push({ kind: 'resend', argument: pendingId });
  }

  discard(pendingId: string): void {
    this.requests.push({ kind: 'discard', argument: pendingId });
  }

  stop(): void {
    this.requests.push({ kind: 'stop' });
  }

  retry(messageId?: string): void {
    this.requests.push({ kind: 'retry', argument: messageId });
  }

  clear(): void {
    this.requests.push({ kind: 'clear' });
  }

  renew(token: string): void {
    this.requests.push({ kind: 'renew', argument: token });
  }

  loadOlder(): void {
    this.requests.push({ kind: 'loadOlder' });
  }

  /** The connection is made and the relay has greeted with this history. */
  open(messages: readonly ThreadMessage[] = [], before?: string): void {
    this.#surroundings = { ...this.#surroundings, connection: 'open' };
    this.receive({
      type: 'history',
      mode: 'full',
      messages: [...messages],
      ...(before === undefined ? {} : { before }),
    });
    this.#tell({ kind: 'connection', connected: true });
  }

  /** The relay has sent a frame. */
  receive(frame: ServerFrame): void {
    const { thread, changes } = applyFrame(this.#thread, frame);
    this.#thread = thread;
    if (frame.type === 'message') this.#confirm(frame.id);
    const before = this.#snapshot;
    this.#snapshot = this.#nextSnapshot();
    for (const change of changes) this.#tell(change);
    this.#notify(before);
  }

  addPending(pending: PendingMessage): void {
    this.set({ pending: [...this.#surroundings.pending, pending] });
  }

  set(surroundings: Partial<Surroundings>): void {
    this.#surroundings = { ...this.#surroundings, ...surroundings };
    const before = this.#snapshot;
    this.#snapshot = this.#nextSnapshot();
    this.#notify(before);
  }

  #confirm(id: string): void {
    const pending = this.#surroundings.pending.filter((one) => one.id !== id);
    if (pending.length < this.#surroundings.pending.length)
      this.#surroundings = { ...this.#surroundings, pending };
  }

  #tell(change: ConversationChange): void {
    this.options.onChange?.(change);
  }

  #notify(before: ChatSnapshot): void {
    const onlyText = !differsBeyondText(before, this.#snapshot);
    for (const listener of [...this.#listeners]) listener(onlyText);
  }

  #nextSnapshot(): ChatSnapshot {
    const { messages, run, before } = this.#thread;
    return Object.freeze({
      ...this.#surroundings,
      messages,
      isStreaming: run !== undefined,
      streamingContent: run?.text ?? '',
      streamingId: run?.messageId,
      hasOlder: before !== undefined,
    });
  }
}
