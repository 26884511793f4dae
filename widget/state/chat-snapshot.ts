/** What the views draw: plain, frozen, replaced and never changed. */
import type { ErrorCode, ThreadMessage } from '#protocol';

/** A message of this client that the relay has not echoed yet (rule C2). */
export interface PendingMessage {
  readonly id: string;
  readonly content: string;
  /** When it was sent, in ms since the epoch by this device's clock. */
  readonly timestamp: number;
  readonly state: 'sending' | 'failed';
  /** Why it was refused, when `state` is `failed`. */
  readonly code: ErrorCode | undefined;
}

/**
 * `connecting`: first attempt, nothing is shown yet. `open`: history has arrived. `reconnecting`: the link was lost and
 * is being made again. `refused`: the relay said no, and trying again cannot help. `idle`: nobody asked to connect.
 */
export type ConnectionState = 'idle' | 'connecting' | 'open' | 'reconnecting' | 'refused';

/** Why something did not work; people read a sentence chosen by `code`, developers read `message`. */
export interface ChatError {
  readonly code: ErrorCode | undefined;
  readonly message: string;
  readonly retryable: boolean;
  /** The message that it is about: a user's message that was refused, or an answer that failed. */
  readonly messageId: string | undefined;
  readonly retryAfterMs: number | undefined;
}

export interface ChatSnapshot {
  readonly connection: ConnectionState;
  /** Confirmed by the relay, oldest first. */
  readonly messages: readonly ThreadMessage[];
  /** Not confirmed yet, in the order of sending; drawn after `messages`. */
  readonly pending: readonly PendingMessage[];
  readonly isStreaming: boolean;
  /** Text of the open run so far; empty when there is none. */
  readonly streamingContent: string;
  /** The open run's message id, where the relay names it. */
  readonly streamingId: string | undefined;
  /** True when older messages can be loaded. */
  readonly hasOlder: boolean;
  /** The last thing that went wrong and is still the case. */
  readonly error: ChatError | undefined;
}
