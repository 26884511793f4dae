/** The seven callbacks of the original client, and which change calls which. */
import type { MessageStatus, Thread, ThreadChange, ThreadMessage } from '#protocol';
import { chatError, type ChatError } from './chat-error.ts';

/** A change of the thread, or of the line to it. */
export type ClientChange = ThreadChange | { readonly kind: 'connection'; readonly connected: boolean };

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

/** `messages`: of the thread as it is after the change. */
export function callBack(
  callbacks: IvyClientCallbacks,
  change: ClientChange,
  { messages }: Pick<Thread, 'messages'>,
): void {
  switch (change.kind) {
    case 'message':
      return callbacks.onMessage?.(change.message);
    case 'token':
      return callbacks.onToken?.(change.content);
    case 'done':
      return callbacks.onDone?.(change.message.id, change.message.content, change.message.status);
    case 'error':
      return callbacks.onError?.(change.frame.message, chatError(change.frame));
    case 'history':
      return callbacks.onHistory?.(messages);
    case 'streaming':
      return callbacks.onStreamingChange?.(change.isStreaming);
    case 'connection':
      return callbacks.onConnectionChange?.(change.connected);
    case 'gap':
      return undefined;
  }
}
