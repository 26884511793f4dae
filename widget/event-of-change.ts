/** From what the store reports to what the page hears. */
import { chatError } from './client/chat-error.ts';
import type { ConversationChange } from './controllers/conversation.ts';
import * as events from './events.ts';
import type { ChatSnapshot } from './state/chat-snapshot.ts';

/** Undefined for a change that concerns nobody outside: a gap is asked for again and then was never there. */
export function eventOfChange(
  change: ConversationChange,
  conversation: { readonly snapshot: ChatSnapshot },
): Event | undefined {
  switch (change.kind) {
    case 'history':
      return new events.IvyHistoryEvent(conversation.snapshot.messages);
    case 'message':
      return new events.IvyMessageEvent(change.message);
    case 'streaming':
      return new events.IvyStreamingChangeEvent(change.isStreaming);
    case 'token':
      return new events.IvyTokenEvent(change.content);
    case 'done':
      return new events.IvyDoneEvent(change.message);
    case 'error':
      return new events.IvyErrorEvent(chatError(change.frame));
    case 'connection':
      return new events.IvyConnectionChangeEvent(change.connected);
    case 'gap':
      return undefined;
  }
}
