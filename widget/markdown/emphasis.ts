/**
 * Runs of `*`, `_` and `~`, and which of them pair up: the "process emphasis" procedure of the CommonMark
 * specification, over a list of runs whose members say what they open and close.
 */
import { characterAt, characterBefore, isPunctuation, isWhitespace } from './characters.ts';
import type { EmphasisKind } from './tree.ts';

interface RunFacts {
  readonly character: string;
  readonly length: number;
  readonly canOpen: boolean;
  readonly canClose: boolean;
  /** It stands in the middle of a word. */
  readonly isInsideWord: boolean;
}

export class DelimiterRun implements RunFacts {
  readonly kind = 'delimiters';
  readonly character: string;
  readonly length: number;
  readonly canOpen: boolean;
  readonly canClose: boolean;
  readonly isInsideWord: boolean;
  /** Marks that paired up with nothing so far. */
  count: number;
  /** How many marks each takes that it opens, `1` or `2`, outermost first. A string, because arrays weigh more. */
  opens = '';
  /** How many it closes. */
  closes = 0;
  previous: DelimiterRun | undefined;
  next: DelimiterRun | undefined;

  constructor(facts: RunFacts) {
    this.character = facts.character;
    this.length = facts.length;
    this.canOpen = facts.canOpen;
    this.canClose = facts.canClose;
    this.isInsideWord = facts.isInsideWord;
    this.count = facts.length;
  }
}

export function readDelimiterRun(text: string, offset: number): DelimiterRun {
  const character = text.charAt(offset);
  let end = offset + 1;
  while (text.charAt(end) === character) end += 1;
  const before = characterBefore(text, offset);
  const after = characterAt(text, end);
  const spaceBefore = isWhitespace(before);
  const spaceAfter = isWhitespace(after);
  const markBefore = isPunctuation(before);
  const markAfter = isPunctuation(after);
  const isLeft = !spaceAfter && (!markAfter || spaceBefore || markBefore);
  const isRight = !spaceBefore && (!markBefore || spaceAfter || markAfter);
  const isStrict = character === '_';
  return new DelimiterRun({
    character,
    length: end - offset,
    canOpen: isLeft && (!isStrict || !isRight || markBefore),
    canClose: isRight && (!isStrict || !isLeft || markAfter),
    isInsideWord: !spaceBefore && !markBefore && !spaceAfter && !markAfter,
  });
}

/** The end of an unfinished text, which closes what is open there. */
export function makeEndRun(): DelimiterRun {
  return new DelimiterRun({ character: '', length: 0, canOpen: false, canClose: true, isInsideWord: false });
}

/** Runs that have not been paired up, in the order of the text. */
export class DelimiterList {
  #last: DelimiterRun | undefined;

  get last(): DelimiterRun | undefined {
    return this.#last;
  }

  push(run: DelimiterRun): void {
    run.previous = this.#last;
    if (this.#last) this.#last.next = run;
    this.#last = run;
  }

  /** Pairs up all runs after `bottom`, and forgets them. */
  pairUp(bottom: DelimiterRun | undefined): void {
    this.#pairUp(bottom);
    this.#dropAfter(bottom);
  }

  /** Pairs up all runs; what could still open something is taken to be closed by `end`, the end of an unfinished text. */
  pairUpUnfinished(end: DelimiterRun): void {
    this.#pairUp(undefined);
    for (let run = this.#last; run; run = run.previous) {
      if (!run.canOpen || run.isInsideWord || (run.character === '~' && run.count !== 2)) continue;
      while (run.count > 0) {
        const width = run.count >= 2 ? 2 : 1;
        run.count -= width;
        run.opens = `${width}${run.opens}`;
        end.closes += 1;
      }
    }
    this.#last = undefined;
  }

  #pairUp(bottom: DelimiterRun | undefined): void {
    // Per kind of closer, the run below which there is no opener for it: what keeps the search linear.
    const bottoms = new Map<string, DelimiterRun | undefined>();
    let closer = this.#firstAfter(bottom);
    while (closer) {
      const next: DelimiterRun | undefined = closer.next;
      if (!closer.canClose) {
        closer = next;
        continue;
      }
      const key = `${closer.character}${closer.canOpen ? 1 : 0}${closer.character === '~' ? closer.length : closer.length % 3}`;
      const opener = findOpener(closer, bottoms.has(key) ? bottoms.get(key) : bottom);
      if (opener === undefined) {
        bottoms.set(key, closer.previous);
        if (!closer.canOpen) this.#remove(closer);
        closer = next;
        continue;
      }
      this.#join(opener, closer);
      if (closer.count === 0) {
        this.#remove(closer);
        closer = next;
      }
    }
  }

  #join(opener: DelimiterRun, closer: DelimiterRun): void {
    const width = opener.character === '~' ? opener.count : opener.count >= 2 && closer.count >= 2 ? 2 : 1;
    opener.count -= width;
    closer.count -= width;
    opener.opens = `${width}${opener.opens}`;
    closer.closes += 1;
    opener.next = closer;
    closer.previous = opener;
    if (opener.count === 0) this.#remove(opener);
  }

  #firstAfter(bottom: DelimiterRun | undefined): DelimiterRun | undefined {
    let first = this.#last === bottom ? undefined : this.#last;
    while (first?.previous && first.previous !== bottom) first = first.previous;
    return first;
  }

  #remove(run: DelimiterRun): void {
    if (run.previous) run.previous.next = run.next;
    if (run.next) run.next.previous = run.previous;
    else this.#last = run.previous;
  }

  #dropAfter(bottom: DelimiterRun | undefined): void {
    if (bottom) bottom.next = undefined;
    this.#last = bottom;
  }
}

export function kindOf(character: string, width: string): EmphasisKind {
  if (character === '~') return 'strikethrough';
  return width === '2' ? 'strong' : 'emphasis';
}

function findOpener(closer: DelimiterRun, bottom: DelimiterRun | undefined): DelimiterRun | undefined {
  for (let run = closer.previous; run && run !== bottom; run = run.previous) {
    if (run.character === closer.character && run.canOpen && canPair(run, closer)) return run;
  }
  return undefined;
}

function canPair(opener: DelimiterRun, closer: DelimiterRun): boolean {
  if (closer.character === '~') return opener.length === closer.length && closer.length <= 2;
  // The "multiple of 3" rule.
  if (!closer.canOpen && !opener.canClose) return true;
  return (opener.length + closer.length) % 3 !== 0 || (opener.length % 3 === 0 && closer.length % 3 === 0);
}
