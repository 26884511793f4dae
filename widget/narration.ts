/**
 * From what happens in the conversation to what is said of it. A token is never said: answers are said when they have
 * ended or, where the page wants it, sentence by sentence.
 */
import type { ThreadMessage } from '#protocol';
import type { ConversationChange } from './controllers/conversation.ts';
import type { Link } from './controllers/link-controller.ts';
import type { Urgency } from './controllers/live-regions.ts';
import { endingOf } from './elements/answer-turn.ts';
import { linkWord } from './elements/link-notice.ts';
import { errorSentence, type Translation } from './i18n/translation.ts';
import { shortened, SpokenAnswer } from './spoken-answer.ts';
import type { ChatSnapshot } from './state/chat-snapshot.ts';

/** What is said of answers: all of one when it has ended, sentences as they come, or nothing, because the page speaks. */
export type Announce = 'answers' | 'sentences' | 'off';

/** A message is said to confirm that it was sent: its writer knows what is in it. */
const MESSAGE_MAX_CHARS = 120;

/** Sentences of this time are said in one go. */
export const BATCH_MS = 1_500;

/** Asked for anew whenever there is something to say, because pages change it. */
export interface Audience {
  readonly announce: Announce;
  readonly words: Translation;
  /** In a closed panel: said of the answers there, instead of what is in them. Undefined where the chat can be seen. */
  readonly unread: string | undefined;
}

/** Looked at only when something is said, which is seldom beside how often tokens come. */
interface Telling {
  readonly snapshot: ChatSnapshot;
}

export class Narration {
  readonly #audience: () => Audience;
  readonly #speak: (urgency: Urgency, text: string, lang: string) => void;
  /** The answer that is being written; without a name on an original relay. */
  #run: { readonly id: string | undefined; readonly spoken: SpokenAnswer } | undefined;
  #conversation: Telling | undefined;
  #batch: ReturnType<typeof setTimeout> | undefined;
  #link: Link = 'online';

  constructor(audience: () => Audience, speak: (urgency: Urgency, text: string, lang: string) => void) {
    this.#audience = audience;
    this.#speak = speak;
  }

  hear(change: ConversationChange, conversation: Telling): void {
    switch (change.kind) {
      case 'message':
        this.#say(
          'polite',
          `${this.#audience().words.fromYou} ${shortened(change.message.content, MESSAGE_MAX_CHARS)}`,
        );
        break;
      case 'streaming':
        if (change.isStreaming) this.#begin(conversation.snapshot.streamingId);
        else this.#end(conversation.snapshot.messages);
        break;
      case 'token':
        this.#conversation = conversation;
        this.#batch ??= setTimeout(this.#sayBatch, BATCH_MS);
        break;
      case 'done':
        // Why it failed comes as an error of its own.
        this.#sayAnswer(change.message, change.message.status === 'failed' ? '' : undefined);
        break;
      case 'error':
        this.#say('assertive', errorSentence(this.#audience().words, change.frame.code));
        break;
      case 'history':
      case 'connection':
      case 'gap':
    }
  }

  /** To be called at each render. What is over in a moment is `quiet`, and then so is the way back. */
  observe(link: Link): void {
    if (link === 'quiet' || link === this.#link) return;
    this.#link = link;
    // Why a connection is refused comes as an error.
    if (link !== 'refused') this.notice(linkWord(link, this.#audience().words));
  }

  /** Something about the chat itself, rather than the conversation. */
  notice(text: string): void {
    this.#say('polite', text);
  }

  /** The conversation is left. */
  stop(): void {
    clearTimeout(this.#batch);
    this.#batch = undefined;
    this.#run = undefined;
  }

  #begin(id: string | undefined): void {
    // After a lost connection the same answer begins again, with all of its text.
    if (id !== undefined && this.#run?.id === id) return;
    this.stop();
    this.#run = { id, spoken: new SpokenAnswer() };
    this.#say('polite', this.#audience().words.answering);
  }

  /** An answer that ended while there was no connection comes with the history, without an event of its own. */
  #end(messages: readonly ThreadMessage[]): void {
    clearTimeout(this.#batch);
    this.#batch = undefined;
    const id = this.#run?.id;
    const message = id === undefined ? undefined : messages.findLast((one) => one.id === id);
    if (message !== undefined) this.#sayAnswer(message);
  }

  readonly #sayBatch = (): void => {
    this.#batch = undefined;
    const { words, announce, unread } = this.#audience();
    if (announce !== 'sentences' || unread !== undefined) return;
    const text = this.#conversation?.snapshot.streamingContent ?? '';
    this.#say('polite', this.#run?.spoken.sentences(text, words) ?? '');
  };

  #sayAnswer(message: ThreadMessage, reason?: string): void {
    const { words, announce, unread } = this.#audience();
    const isRun = this.#run !== undefined && (this.#run.id ?? message.id) === message.id;
    const spoken = (isRun ? this.#run?.spoken : undefined) ?? new SpokenAnswer();
    this.stop();
    if (unread !== undefined) {
      this.#say('polite', unread, true);
      return;
    }
    const { isFresh } = spoken;
    const isWhole = announce === 'sentences' || !isFresh;
    const rest = isWhole ? spoken.rest(message.content, words) : spoken.beginning(message.content, words);
    this.#say(
      'polite',
      [
        isFresh && rest !== '' ? words.fromAssistant : '',
        announce === 'sentences' ? rest : shortened(rest),
        reason ?? endingOf(message, words) ?? (isFresh ? '' : words.answered),
      ]
        .filter((part) => part !== '')
        .join(' '),
    );
  }

  /** `always`: also of a closed panel, where by default nothing is said because nothing is seen. */
  #say(urgency: Urgency, text: string, always = false): void {
    const { announce, unread, words } = this.#audience();
    if (text === '' || announce === 'off' || (unread !== undefined && !always)) return;
    this.#speak(urgency, text, words.locale);
  }
}
