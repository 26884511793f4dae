/**
 * What a thread has been about, and what a new message means after it: a question of its own, a follow-up, or a wish
 * for more. Searching is left to `retrieval.ts`.
 */
import { smallTalkOf, type Language, type SmallTalk } from './small-talk.ts';
import { fold, wordsOf, type Word } from './words.ts';

/** What "it" stands for in the next question. */
export interface Topic {
  /** For people: inline Markdown. */
  readonly title: string;
  /** For the search, most important first. */
  readonly words: readonly Word[];
}

/** What one question was about, and what its answer showed. */
export interface Turn {
  /** Undefined when the turn was about nothing: small talk, or nothing found. */
  readonly topic: Topic | undefined;
  /** Ids of the passages quoted, in the order of the answer. */
  readonly shown: readonly string[];
}

export type Inquiry =
  | { readonly kind: 'small-talk'; readonly talk: SmallTalk; readonly language: Language }
  /** "More": the next passages on the topic; undefined when there is none yet. */
  | { readonly kind: 'more'; readonly topic: Topic | undefined }
  | {
      readonly kind: 'search';
      readonly words: readonly Word[];
      /** To be searched along with the words, at a lower weight. */
      readonly topic: Topic | undefined;
      /** The wording itself points back ("and …", "it"), rather than just being short. */
      readonly pointsBack: boolean;
      /** Asks for something other than what was shown ("another example"). */
      readonly another: boolean;
      readonly wantsCode: boolean;
    };

/** A question with more words about its subject than this needs no help from an earlier one, whatever its pronouns. */
const SELF_SUFFICIENT_WORDS = 4;

/** "The port?" leans on what was said before; "How do I run the tests?" has one subject too, but is whole. */
const FRAGMENT_WORDS = 3;

const MORE =
  /^(?:(?:and|ok|okay|yes|please|can you|e|y) )*(?:(?:tell|show|give) me (?:some )?)?(?:more|continue|go on|keep going|next|what else|anything else|mais|continua|continue|mas|sigue|continuar)(?: (?:please|details?|info|information|about (?:it|that|this)|on (?:it|that|this)|por favor|detalhes|detalles))*$/;

const OPENS_AS_FOLLOW_UP = /^(?:and|but|or|so|then|also|plus|what about|how about|e|y|mas|pero|why)(?: |$)/;
const PRONOUN = /\b(?:it|its|that|this|these|those|them|they|isso|isto|ele|ela|dele|dela|eso|esto)\b/;

/** "Is it possible to …" points at nothing. */
const EMPTY_PRONOUN = /\b(?:is it|it is|its) (?:possible|ok|okay|safe|necessary|better)\b/g;

const ANOTHER = /\b(?:more|another|other|else|mais|outro|outra|otro|otra)\b/;
const CODE = /\b(?:examples?|samples?|snippets?|code|commands?|exemplos?|ejemplos?|codigo|comandos?)\b/;

const latestTopic = (turns: readonly Turn[]): Topic | undefined =>
  turns.findLast(({ topic }) => topic !== undefined)?.topic;

/** @param turns of the thread before this question, oldest first */
export function readQuestion(question: string, turns: readonly Turn[]): Inquiry {
  const smallTalk = smallTalkOf(question);
  if (smallTalk !== undefined) return { kind: 'small-talk', ...smallTalk };

  const text = fold(question)
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  const topic = latestTopic(turns);
  if (MORE.test(text)) return { kind: 'more', topic };

  const words = wordsOf(question);
  const strong = words.filter(({ weak }) => !weak).length;
  const pointsBack =
    strong < SELF_SUFFICIENT_WORDS &&
    (OPENS_AS_FOLLOW_UP.test(text) || PRONOUN.test(text.replace(EMPTY_PRONOUN, '')));
  const isFragment = strong === 0 || (strong === 1 && text.split(' ').length <= FRAGMENT_WORDS);
  return {
    kind: 'search',
    words,
    topic: pointsBack || isFragment ? topic : undefined,
    pointsBack,
    another: ANOTHER.test(text),
    wantsCode: CODE.test(text),
  };
}

/** The turns of the threads that were active last; older threads and turns are forgotten. */
export class Conversations {
  /** Least recently used first. */
  readonly #threads = new Map<string, readonly Turn[]>();
  readonly #maxThreads: number;
  readonly #maxTurns: number;

  constructor({ maxThreads = 500, maxTurns = 20 } = {}) {
    this.#maxThreads = maxThreads;
    this.#maxTurns = maxTurns;
  }

  /** Oldest first; empty for a thread that is new or forgotten. */
  turnsOf(threadId: string): readonly Turn[] {
    return this.#threads.get(threadId) ?? [];
  }

  remember(threadId: string, turn: Turn): void {
    const turns = [...this.turnsOf(threadId), turn].slice(-this.#maxTurns);
    this.#threads.delete(threadId);
    this.#threads.set(threadId, turns);
    for (const oldest of this.#threads.keys()) {
      if (this.#threads.size <= this.#maxThreads) break;
      this.#threads.delete(oldest);
    }
  }
}
