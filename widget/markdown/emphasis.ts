/**
 * Runs of `*`, `_` and `~`, and which of them pair up: the "process emphasis" procedure of the CommonMark
 * specification, after which the runs say what they open and close.
 */
import type { EmphasisKind } from './tree.ts';

export interface DelimiterRun {
  readonly type: 'delimiters';
  readonly character: string;
  readonly length: number;
  readonly canOpen: boolean;
  readonly canClose: boolean;
  /** It stands in the middle of a word. */
  readonly isInsideWord: boolean;
  /** Marks that paired up with nothing so far. */
  count: number;
  /** How many marks each takes that it opens, `1` or `2`, outermost first. A string, because arrays weigh more. */
  opens: string;
  /** How many it closes. */
  closes: number;
}

const FIRST = /^[^]/u;
const LAST = /[^]$/u;
/** The most that one character takes in a string. */
const CHARACTER_MAX_UNITS = 2;

type Neighbour = 'space' | 'mark' | 'letter';

/** The start and the end of a text count as white space. */
function neighbour(match: RegExpExecArray | null): Neighbour {
  const [character = ''] = match ?? [];
  if (character.trim() === '') return 'space';
  return /[\p{P}\p{S}]/u.test(character) ? 'mark' : 'letter';
}

/** The run from `offset` to `end`. */
export function readDelimiterRun(text: string, offset: number, end: number): DelimiterRun {
  const character = text.charAt(offset);
  const length = end - offset;
  const before = neighbour(LAST.exec(text.slice(Math.max(0, offset - CHARACTER_MAX_UNITS), offset)));
  const after = neighbour(FIRST.exec(text.slice(end, end + CHARACTER_MAX_UNITS)));
  const isLeft = after === 'letter' || (after === 'mark' && before !== 'letter');
  const isRight = before === 'letter' || (before === 'mark' && after !== 'letter');
  return {
    type: 'delimiters',
    character,
    length,
    canOpen: isLeft && (character !== '_' || !isRight || before === 'mark'),
    canClose: isRight && (character !== '_' || !isLeft || after === 'mark'),
    isInsideWord: before === 'letter' && after === 'letter',
    count: length,
    opens: '',
    closes: 0,
  };
}

/** Pairs up runs, given in the order of the text; those that could still open something are given back. */
export function pairUp(runs: readonly DelimiterRun[]): readonly DelimiterRun[] {
  const openers: DelimiterRun[] = [];
  // Per kind of closer, the run down to which there is no opener for it: what keeps the search linear.
  const bottoms = new Map<string, DelimiterRun | undefined>();
  for (const closer of runs) {
    const { character, length, canOpen } = closer;
    const kind = `${character}${canOpen ? 1 : 0}${character === '~' ? length : length % 3}`;
    while (closer.canClose && closer.count > 0) {
      const bottom = bottoms.get(kind);
      const index = openers.findLastIndex((run) => run === bottom || canPair(run, closer));
      const opener = openers[index];
      if (opener === undefined || opener === bottom) {
        bottoms.set(kind, openers.at(-1));
        break;
      }
      const width = character === '~' ? length : Math.min(opener.count, closer.count, 2);
      take(opener, width);
      closer.count -= width;
      closer.closes += 1;
      // What is between them has paired up with nothing.
      openers.length = opener.count > 0 ? index + 1 : index;
    }
    if (canOpen && closer.count > 0) openers.push(closer);
  }
  return openers;
}

/** Takes what could still open something to be closed by the end of an unfinished text. */
export function leaveOpen(openers: readonly DelimiterRun[]): void {
  for (const run of openers) {
    if (run.isInsideWord || (run.character === '~' && run.count !== 2)) continue;
    while (run.count > 0) take(run, Math.min(run.count, 2));
  }
}

function take(opener: DelimiterRun, width: number): void {
  opener.count -= width;
  opener.opens = `${width}${opener.opens}`;
}

export function kindOf(character: string, width: string): EmphasisKind {
  if (character === '~') return 'strikethrough';
  return width === '2' ? 'strong' : 'emphasis';
}

function canPair(opener: DelimiterRun, closer: DelimiterRun): boolean {
  if (opener.character !== closer.character) return false;
  if (closer.character === '~') return opener.length === closer.length && closer.length <= 2;
  // The "multiple of 3" rule.
  if (!closer.canOpen && !opener.canClose) return true;
  return (opener.length + closer.length) % 3 !== 0 || closer.length % 3 === 0;
}
