/** The bundle's entry: registers `<ivy-chat>` and the tags inside it, and exports what a page may name. */
import { placeChatOfTag } from './chat-of-tag.ts';
import { AnswerElement } from './elements/answer.ts';
import { ComposerElement } from './elements/composer.ts';
import { canDraw, defineOnce } from './elements/define.ts';
import { TranscriptElement } from './elements/transcript.ts';
import { IvyChatElement } from './ivy-chat.ts';
import { version } from './version.ts';

if (canDraw()) {
  // Where another copy of the script can find them: widget/build/first-copy.ts.
  Object.defineProperties(IvyChatElement, {
    version: { value: version },
    placeChatOfTag: { value: placeChatOfTag },
  });
  // Inner tags first: a page's <ivy-chat> is upgraded, and draws them, while its own tag is being defined.
  defineOnce('ivy-chat-answer', AnswerElement);
  defineOnce('ivy-chat-composer', ComposerElement);
  defineOnce('ivy-chat-transcript', TranscriptElement);
  defineOnce('ivy-chat', IvyChatElement);
  placeChatOfTag();
}

export { IvyChatElement, version };
/** For pages with a user interface of their own. */
export { IvyClient, type IvyClientOptions } from './client/ivy-client.ts';
export * from './events.ts';
export type { Translation } from './i18n/translation.ts';
export type { Translations } from './i18n/translations.ts';
export type { ChatError, ConnectionState } from './state/chat-snapshot.ts';
export type { IvyChatListeners, IvyChatProps } from './types/element.ts';
export type { ErrorCode, MessageStatus, ThreadMessage } from '#protocol';
