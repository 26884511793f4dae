/** What a person could ask: topics taken from the headings, and questions made of them that lead back to them. */
import type { Library, Passage } from './library.ts';

/** Headings that start with one of these read on after "How do I". */
const VERBS: ReadonlySet<string> = new Set(
  (
    'add allow build change check choose configure connect create customize debug deploy develop disable embed enable ' +
    'find fix format get handle install keep listen localize make open publish put read release restyle run send set ' +
    'show sign start stop style switch test translate try turn update upgrade use verify write'
  ).split(' '),
);

/** Headings that are about a document rather than the project. */
const NO_SUBJECT =
  /^(?:contents?|table of contents|license|licence|changelog|unreleased|links|see also|notes?|credits|other)$|\d+\.\d+/i;

/** "Start it" says what only to those who read the page from its top. */
const NOT_BY_ITSELF = /\b(?:it|its|this|that|these|those|them|they)\b/i;

const HEADING_MAX_WORDS = 7;

/** Shorter passages make poor first impressions. */
const PASSAGE_MIN_CHARS = 60;

const isSubject = ({ heading, part, level, markdown }: Passage): boolean =>
  level >= 2 &&
  part === 0 &&
  markdown.length >= PASSAGE_MIN_CHARS &&
  heading.split(/\s+/).length <= HEADING_MAX_WORDS &&
  !NO_SUBJECT.test(heading) &&
  !NOT_BY_ITSELF.test(heading);

/** One of each file in turn, so that a long first document does not fill the list. */
function inTurns(passages: readonly Passage[]): readonly Passage[] {
  const rounds = new Map<string, number>();
  const dealt = passages.map((passage) => {
    const round = rounds.get(passage.file) ?? 0;
    rounds.set(passage.file, round + 1);
    return { passage, round };
  });
  return dealt.sort((one, other) => one.round - other.round).map(({ passage }) => passage);
}

/** Names and code keep their spelling: "PartyKit", "AST", "`npm start`". */
const lowerFirst = (text: string): string =>
  /^[A-Z][a-z]*(?:\s|$)/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;

/** A question in the words of the heading; undefined for one that only names a thing. */
function naturalQuestion(heading: string): string | undefined {
  if (heading.endsWith('?')) return heading;
  if (/^`[A-Z][A-Z0-9_]+`$/.test(heading)) return `What does ${heading} do?`;
  const subject = lowerFirst(heading.replace(/[.:!]+$/, '')).replace(/\byour\b/g, 'my');
  const [first = '', second] = subject.split(/\s+/);
  if (VERBS.has(first)) return `How do I ${subject}?`;
  return /^[a-z]+ing$/.test(first) && second !== undefined ? `How does ${subject} work?` : undefined;
}

/** Main headings of all documents. */
export function suggestTopics(library: Library, count: number): readonly Passage[] {
  return inTurns(library.passages.filter((passage) => passage.level === 2 && isSubject(passage))).slice(
    0,
    count,
  );
}

/**
 * @param answers the passage with which a question would be answered in a new thread
 * @returns at most `count` questions, none of which disappoints; empty for an empty library
 */
export function suggestQuestions(
  library: Library,
  count: number,
  answers: (question: string) => Passage | undefined,
): readonly string[] {
  const askable = library.passages.filter(isSubject);
  const natural = askable.filter(({ heading }) => naturalQuestion(heading) !== undefined);
  const named = askable.filter((passage) => !natural.includes(passage));
  const questions = new Set<string>();
  for (const { heading, sectionId } of [...inTurns(natural), ...inTurns(named)]) {
    if (questions.size >= count) break;
    const question = naturalQuestion(heading) ?? `What should I know about ${lowerFirst(heading)}?`;
    if (answers(question)?.sectionId === sectionId) questions.add(question);
  }
  return [...questions];
}
