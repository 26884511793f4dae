/** The seven members of the original hook, made of what the store knows. */
import type { MessageStatus, ThreadMessage } from '#protocol';
import type { ChatSnapshot, PendingMessage } from '../state/chat-snapshot.ts';

/** A turn as components draw it. `id` stays the same from the moment at which it was typed. */
export interface ViewMessage extends Pick<ThreadMessage, 'id' | 'role' | 'content' | 'error'> {
  /** Ms since the epoch: the relay's, and while it is `sending` this device's. */
  readonly timestamp: number;
  /** `sending`: of this reader and not confirmed. A person's `failed` message was refused; sent again, it is the same one. */
  readonly status: MessageStatus | 'sending';
}

export interface ChatView {
  /** Oldest first; those that are not confirmed yet come last. The same array as long as nothing in it changes. */
  readonly messages: readonly ViewMessage[];
  /** An answer is being written. */
  readonly isStreaming: boolean;
  /** The relay is connected and the history has come. */
  readonly isConnected: boolean;
  /** The text of the answer so far; empty while none is being written. */
  readonly streamingContent: string;
  /** For developers, in English, what is wrong now; `onError` also has its code. */
  readonly error: string | null;
  /** Always the same function. Blank text is ignored. */
  readonly sendMessage: (content: string) => void;
  /** Always the same function. Deletes the conversation for everyone in it. */
  readonly clearMessages: () => void;
}

/** Why a message was refused, as the relay put it. */
export interface Refusal {
  readonly messageId?: string | undefined;
  readonly message: string;
}

/** Of `snapshot` as it would be without the line, where `held` is false. */
export function stateOf(
  snapshot: ChatSnapshot,
  messages: readonly ViewMessage[],
  refusal: Refusal | undefined,
  held: boolean,
): Omit<ChatView, 'sendMessage' | 'clearMessages'> {
  const isStreaming = held && snapshot.isStreaming;
  return {
    messages,
    isStreaming,
    isConnected: held && snapshot.connection === 'open',
    streamingContent: isStreaming ? snapshot.streamingContent : '',
    error: snapshot.error?.message ?? refusalIn(snapshot.pending, refusal) ?? null,
  };
}

export function viewMessages({ messages, pending }: ChatSnapshot): readonly ViewMessage[] {
  return pending.length === 0 ? messages : Object.freeze([...messages, ...pending.map(viewOfPending)]);
}

function viewOfPending({ id, content, timestamp, state, code }: PendingMessage): ViewMessage {
  const message = { id, role: 'user', content, timestamp, status: state } as const;
  return state === 'failed' ? { ...message, error: { code } } : message;
}

function refusalIn(pending: readonly PendingMessage[], refusal: Refusal | undefined): string | undefined {
  const isStill = pending.some(({ id, state }) => state === 'failed' && id === refusal?.messageId);
  return isStill ? refusal?.message : undefined;
}
