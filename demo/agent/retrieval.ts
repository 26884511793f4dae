/**
 * Decides which passages answer an inquiry: what the words of the question weigh beside those of an earlier topic,
 * and what is left out because the thread has seen it. Turning passages into an answer is left to `answer.ts`.
 */
import type { Inquiry, Topic, Turn } from './conversation.ts';
import type { Hit, Library, WeightedWord } from './library.ts';
import type { Word } from './words.ts';

export interface Finding {
  /** Best first; empty when nothing is relevant. */
  readonly hits: readonly Hit[];
  /** The earlier topic, when that is why these passages were found. */
  readonly continues: Topic | undefined;
  /** Ids of all passages that the thread has been shown. */
  readonly seen: ReadonlySet<string>;
}

type Search = Extract<Inquiry, { kind: 'search' }>;

/** Below this a passage shares words with the question by chance. */
const MIN_RELEVANCE = 0.3;

/** "Change" in "how do I change the port". */
const WEAK_WEIGHT = 0.25;

/** An earlier topic's words, beside a subject of this question and in the place of one. */
const TOPIC_WEIGHT = 0.4;
const TOPIC_ALONE_WEIGHT = 0.7;

/** Who asks "why?" rarely asks for what is already on the screen. */
const SEEN_PREFERENCE = 0.1;

const isRelevant = ({ relevance }: Hit): boolean => relevance >= MIN_RELEVANCE;

const seenBy = (turns: readonly Turn[]): ReadonlySet<string> => new Set(turns.flatMap(({ shown }) => shown));

const sameWord = (one: Word, other: Word): boolean => one.alternatives[0]?.[0] === other.alternatives[0]?.[0];

/** Each word once, where it comes first. */
export const uniqueWords = (words: readonly Word[]): readonly Word[] =>
  words.filter((word, index) => words.findIndex((other) => sameWord(word, other)) === index);

/** @param weakAlone what weak words are worth in a question that has no others */
function weigh(words: readonly Word[], weakAlone: number): readonly WeightedWord[] {
  const weakWeight = words.every(({ weak }) => weak) ? weakAlone : WEAK_WEIGHT;
  return words.map((word) => ({ word, weight: word.weak ? weakWeight : 1 }));
}

/** The passages for a question, read together with the topic that it may follow up. */
export function searchFor(inquiry: Search, turns: readonly Turn[], library: Library): Finding {
  const { words, topic, pointsBack, another } = inquiry;
  const seen = seenBy(turns);
  const options = { preferCode: inquiry.wantsCode };
  const finding = (hits: readonly Hit[], continues?: Topic): Finding => {
    const unseen = another ? hits.filter(({ passage }) => !seen.has(passage.id)) : [];
    return { hits: unseen.length > 0 ? unseen : hits, continues, seen };
  };
  const alone = library.search(weigh(words, 1), options).filter(isRelevant);
  if (topic === undefined) return finding(alone);

  const added = topic.words.filter((word) => !words.some((own) => sameWord(own, word)));
  const mentioned = (hit: Hit | undefined): number => added.filter((word) => hit?.found.has(word)).length;
  const subjects = words.filter(({ weak }) => !weak).length;
  const weight = subjects > 0 ? TOPIC_WEIGHT : TOPIC_ALONE_WEIGHT;
  const together = library.search(
    [...weigh(words, WEAK_WEIGHT), ...added.map((word) => ({ word, weight }))],
    options,
  );
  if (subjects === 0) {
    const rank = ({ score, passage }: Hit): number =>
      seen.has(passage.id) ? SEEN_PREFERENCE * score : score;
    const hits = together.filter((hit) => isRelevant(hit) && mentioned(hit) > 0);
    return finding(
      hits.sort((one, other) => rank(other) - rank(one)),
      topic,
    );
  }

  // The topic may say which of the passages on a subject is meant, but not replace the subject.
  const relevances = new Map(alone.map(({ passage, relevance }) => [passage, relevance]));
  const hits = together.flatMap((hit): readonly Hit[] => {
    const relevance = relevances.get(hit.passage);
    return relevance === undefined ? [] : [{ ...hit, relevance }];
  });
  const [best] = hits;
  const changed = best?.passage !== alone[0]?.passage && mentioned(best) > 0;
  // "What about the port?" goes on if the answer does: a word or two of the topic are anywhere.
  const goesOn = pointsBack && subjects === 1 && mentioned(best) > added.length / 2;
  return finding(hits, changed || goesOn ? topic : undefined);
}

/** The rest of the section that was shown last, then the next best passages that the thread has not seen. */
export function searchForMore(topic: Topic, turns: readonly Turn[], library: Library): Finding {
  const seen = seenBy(turns);
  const lastId = turns.findLast(({ shown }) => shown.length > 0)?.shown.at(-1);
  const last = library.passages.find(({ id }) => id === lastId);
  const rest = last === undefined ? undefined : library.partAfter(last);
  const found = library.search(topic.words.map((word) => ({ word, weight: 1 })));
  const unseen = found.filter((hit) => isRelevant(hit) && !seen.has(hit.passage.id) && hit.passage !== rest);
  const hits: readonly Hit[] =
    rest === undefined || seen.has(rest.id)
      ? unseen
      : [{ passage: rest, score: Infinity, relevance: 1, found: new Set() }, ...unseen];
  return { hits, continues: topic, seen };
}
