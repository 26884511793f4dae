/** What every view is given: the words, the times, and what it may ask for. */
import type { Conversation } from '../controllers/conversation.ts';
import type { TimeFormat } from '../i18n/time-format.ts';
import type { Translation } from '../i18n/translation.ts';

/** Requests travel up by these calls; what comes of them travels down in the next snapshot. */
export type ChatActions = Pick<Conversation, 'send' | 'stop' | 'retry' | 'resend' | 'discard' | 'loadOlder'>;

/** Growing text, for the one view that draws it. */
export type LiveText = Pick<Conversation, 'snapshot' | 'subscribe'>;

export interface ViewContext {
  readonly translation: Translation;
  readonly time: TimeFormat;
  readonly actions: ChatActions;
}
