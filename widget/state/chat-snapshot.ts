/** What the views draw: plain, frozen, replaced and never changed. */
import type { ThreadMessage } from '#protocol';
import type { ChatError } from '../client/chat-error.ts';
import type { ConnectionState } from '../client/connection-state.ts';
import type { PendingMessage } from '../client/outbox.ts';

export type { ChatError, ConnectionState, PendingMessage };

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
  /** False for a spectator. */
  readonly canWrite: boolean;
}

/** Of a conversation that has yet to begin. */
export const NOTHING: ChatSnapshot = Object.freeze({
  connection: 'idle',
  messages: [],
  pending: [],
  isStreaming: false,
  streamingContent: '',
  streamingId: undefined,
  hasOlder: false,
  error: undefined,
  canWrite: true,
});

const BEYOND_TEXT = (Object.keys(NOTHING) as (keyof ChatSnapshot)[]).filter(
  (field) => field !== 'streamingContent',
);

/** Whether there is more to draw than text that has grown. */
export function differsBeyondText(before: ChatSnapshot, after: ChatSnapshot): boolean {
  return BEYOND_TEXT.some((field) => before[field] !== after[field]);
}
