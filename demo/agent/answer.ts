/**
 * Answers a question from the library: pure, from the question, the thread's turns and the documents to Markdown.
 * It quotes and says what it quotes; nothing in an answer is made up, so that the demo never promises what the
 * project does not do. Which passages are quoted is decided in `retrieval.ts`.
 */
import { readQuestion, type Topic, type Turn } from './conversation.ts';
import type { Hit, Library, Passage } from './library.ts';
import { searchFor, searchForMore, uniqueWords, type Finding } from './retrieval.ts';
import type { Language, SmallTalk } from './small-talk.ts';
import { suggestQuestions, suggestTopics } from './suggestions.ts';
import { wordsOf, type Word } from './words.ts';

export interface Answer {
  readonly markdown: string;
  /** To be remembered for the thread's next question. */
  readonly turn: Turn;
}

/** Longer messages are searched by their beginning, which bounds the work that one request can cause. */
const QUESTION_MAX_CHARS = 2000;

/** Below this the lead admits that the passage may not be what was meant. */
const SURE_RELEVANCE = 0.6;

/** A passage shorter than this leaves room for a second one, if that is nearly as good. */
const SHORT_CHARS = 400;
const SECOND_SCORE = 0.6;

/** More words than this would outvote the question that they only support. */
const TOPIC_MAX_WORDS = 6;

const MAX_RELATED = 2;
const MAX_QUESTIONS = 3;
const MAX_TOPICS = 6;
const MAX_NAMED = 6;

const SELF =
  'I am the demo agent: I answer questions about this project by searching its own documents, and quote what they say.';

const OPENINGS: Readonly<Record<SmallTalk, Readonly<Record<Language, string>>>> = {
  greeting: { en: 'Hello!', pt: 'Olá!', es: '¡Hola!' },
  thanks: { en: 'You are welcome!', pt: 'De nada!', es: '¡De nada!' },
  farewell: { en: 'Goodbye!', pt: 'Até logo!', es: '¡Hasta luego!' },
  help: { en: 'Gladly.', pt: 'Claro.', es: 'Claro.' },
};

const file = (passage: Passage): string => `\`${passage.file}\``;

/** The text before a document's first heading has no title. */
const place = (passage: Passage): string =>
  passage.title === '' ? `the beginning of ${file(passage)}` : `**${passage.title}** in ${file(passage)}`;

const bullets = (items: readonly string[]): string => items.map((item) => `- ${item}`).join('\n');

const joined = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join('\n\n');

/** An answer that quotes nothing and leaves the topic as it was. */
const withoutQuote = (...parts: readonly (string | undefined)[]): Answer => ({
  markdown: joined(...parts),
  turn: { topic: undefined, shown: [] },
});

function examples(library: Library): string | undefined {
  const questions = suggestQuestions(library, MAX_QUESTIONS, (question) => {
    const inquiry = readQuestion(question, []);
    return inquiry.kind === 'search' ? searchFor(inquiry, [], library).hits[0]?.passage : undefined;
  });
  return questions.length === 0 ? undefined : `You could ask:\n\n${bullets(questions)}`;
}

function topics(library: Library): string | undefined {
  const passages = suggestTopics(library, MAX_TOPICS);
  return passages.length === 0 ? undefined : `I do know something about:\n\n${bullets(passages.map(place))}`;
}

/** Where the quotes are from, what else there is, and how to get at it. */
function readMore(quoted: readonly Passage[], hits: readonly Hit[], library: Library): string {
  const sections = new Set(quoted.map(({ sectionId }) => sectionId));
  const related: Passage[] = [];
  for (const { passage } of hits) {
    if (related.length === MAX_RELATED) break;
    if (passage.title === '' || sections.has(passage.sectionId)) continue;
    sections.add(passage.sectionId);
    related.push(passage);
  }
  const last = quoted.at(-1);
  const rest =
    last !== undefined && library.partAfter(last) !== undefined ? ' The section goes on: say “more”.' : '';
  const also = related.length === 0 ? '' : ` Related: ${related.map(place).join(', ')}.`;
  return `Read more: ${[...new Set(quoted.map(place))].join(', ')}.${rest}${also}`;
}

/** A second passage, where the first is short and the second nearly as good. */
function companion({ hits: [best, next], seen }: Finding): Passage | undefined {
  if (best === undefined || next === undefined || best.passage.markdown.length >= SHORT_CHARS)
    return undefined;
  if (next.relevance < SURE_RELEVANCE || next.score < SECOND_SCORE * best.score) return undefined;
  return seen.has(next.passage.id) ? undefined : next.passage;
}

function quote(best: Hit, finding: Finding, opening: string, topic: Topic, library: Library): Answer {
  const second = companion(finding);
  const quoted = second === undefined ? [best.passage] : [best.passage, second];
  return {
    markdown: joined(
      opening,
      best.passage.markdown,
      second === undefined ? undefined : `And from ${place(second)}:`,
      second?.markdown,
      readMore(quoted, finding.hits, library),
    ),
    turn: { topic, shown: quoted.map(({ id }) => id) },
  };
}

function lead({ passage, relevance }: Hit, { continues, seen }: Finding): string {
  if (continues !== undefined) {
    const still = `Still about **${continues.title}**`;
    if (seen.has(passage.id)) return `${still}: I found nothing closer than what I quoted before.`;
    return continues.title === passage.title
      ? `${still}, from ${file(passage)}.`
      : `${still}: this is from ${place(passage)}.`;
  }
  if (relevance < SURE_RELEVANCE) return `The closest I found is ${place(passage)}.`;
  if (passage.title === '') return `This is how ${file(passage)} begins.`;
  return `Here is what ${file(passage)} says under **${passage.title}**.`;
}

function nothingFound(words: readonly Word[], library: Library): Answer {
  if (library.passages.length === 0) {
    return withoutQuote('I have no documents to search: none of the project’s were there when I started.');
  }
  if (words.length === 0) {
    return withoutQuote('I search by words, and found none to search for in that.', examples(library));
  }
  const elsewhere = new Set(
    library.search(words.map((word) => ({ word, weight: 1 }))).flatMap(({ found }) => [...found]),
  );
  const missing = words.filter((word) => !word.weak && !elsewhere.has(word)).map(({ text }) => `\`${text}\``);
  const about = missing.length === 0 ? ' that fits' : ` about ${missing.slice(0, MAX_NAMED).join(', ')}`;
  return withoutQuote(
    `I found nothing${about} in this project’s documents, so I would rather not guess.`,
    topics(library),
  );
}

/** What the next question may point back to: the subject asked for, the heading found, and what led there. */
function topicOf(
  words: readonly Word[],
  { title, heading, file: path }: Passage,
  continued: Topic | undefined,
): Topic {
  const subjects = [...words, ...wordsOf(heading)].filter(({ weak }) => !weak);
  return {
    title: title === '' ? `\`${path}\`` : title,
    words: uniqueWords([...subjects, ...(continued?.words ?? [])]).slice(0, TOPIC_MAX_WORDS),
  };
}

function answerSmallTalk(talk: SmallTalk, language: Language, library: Library): Answer {
  const opening = OPENINGS[talk][language];
  switch (talk) {
    case 'farewell':
      return withoutQuote(opening);
    case 'thanks':
      return withoutQuote(`${opening} Ask on whenever you like.`, examples(library));
    case 'greeting':
    case 'help':
      return withoutQuote(`${opening} ${SELF}`, examples(library));
  }
}

function answerMore(topic: Topic | undefined, turns: readonly Turn[], library: Library): Answer {
  if (topic === undefined) return withoutQuote('There is nothing to continue yet.', examples(library));
  const finding = searchForMore(topic, turns, library);
  const [best] = finding.hits;
  if (best === undefined)
    return withoutQuote(`That is all I found about **${topic.title}**.`, examples(library));
  const source = best.passage.title === topic.title ? '' : `: this is from ${place(best.passage)}`;
  return quote(best, finding, `More about **${topic.title}**${source}.`, topic, library);
}

/**
 * @param question what the person wrote, in whatever language
 * @param turns of the thread so far, oldest first
 * @returns Markdown whose links are all absolute, and the turn to remember
 */
export function answerQuestion(question: string, turns: readonly Turn[], library: Library): Answer {
  const inquiry = readQuestion(question.slice(0, QUESTION_MAX_CHARS), turns);
  switch (inquiry.kind) {
    case 'small-talk':
      return answerSmallTalk(inquiry.talk, inquiry.language, library);
    case 'more':
      return answerMore(inquiry.topic, turns, library);
    case 'search': {
      const finding = searchFor(inquiry, turns, library);
      const [best] = finding.hits;
      if (best === undefined) return nothingFound(inquiry.words, library);
      const topic = topicOf(inquiry.words, best.passage, finding.continues);
      return quote(best, finding, lead(best, finding), topic, library);
    }
  }
}
