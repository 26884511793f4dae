/**
 * The ranges of a code that may still be growing. It is tokenised in pieces which begin where nothing is open; a piece
 * that more text follows is done once, and only the last one again and again: what a token costs does not depend on
 * how much code was before it.
 */
import { tokenise, type ColourRange, type Tokenised } from './ranges.ts';

/** Characters of a piece: a few milliseconds. */
const PIECE = 2_000;
/** Up to here a piece is made longer while something is open at its end, such as a comment. */
const PIECE_MAX = 8_000;
/** The last piece is shortened from here on. */
const TAIL = 400;
/** Longer lines are data rather than code. They stay plain: the tokeniser can be slow on them beyond all measure. */
const LINE_MAX = 500;
/** A piece that takes longer is hostile, or the machine is busy; the code is left as it is when it happens again. */
const OVERRUN_MS = 50;
const OVERRUNS_MAX = 3;

const LONG_LINE = new RegExp(`[^\\n]{${LINE_MAX + 1}}`);

export class GrowingCode {
  readonly #language: string;
  readonly #now: () => number;
  #text = '';
  /** Up to `#from`, and after it. */
  #done: ColourRange[] = [];
  #tail: readonly ColourRange[] = [];
  #from = 0;
  #piece = PIECE;
  #overruns = 0;
  #isDue = true;
  #isOver = false;
  #isPrepared = false;

  constructor(language: string, now: () => number = () => performance.now()) {
    this.#language = language;
    this.#now = now;
  }

  /** Those that have any of this text in them. */
  ranges(from = 0, to = Infinity): readonly ColourRange[] {
    return [...slice(this.#done, from, to), ...slice(this.#tail, from, to)];
  }

  /** Whether a step would do anything. */
  get isDue(): boolean {
    return this.#isDue && !this.#isOver;
  }

  /** The whole text so far. */
  update(text: string): void {
    if (text === this.#text) return;
    if (!text.startsWith(this.#text.slice(0, this.#from))) this.#restart();
    this.#text = text;
    this.#isDue = true;
  }

  /** Tokenises one piece. */
  step(): void {
    if (!this.isDue) return;
    if (!this.#isPrepared) {
      // The first use of a language takes as long as a piece, and is no overrun.
      tokenise('', this.#language);
      this.#isPrepared = true;
      return;
    }
    const { end, isForced } = this.#cut();
    if (end === this.#from) {
      this.#skipLine();
      return;
    }
    const found = this.#tokenise(end);
    const isLast = end === this.#text.length;
    if (found === undefined) this.#isOver = true;
    else if (isLast) this.#endWith(found.ranges);
    else if (found.isAtRest || isForced) this.#goOnFrom(end, found.ranges);
    else if (this.#restLength <= this.#piece) this.#endWith(this.#tokenise(this.#text.length)?.ranges ?? []);
    else if (this.#piece < PIECE_MAX) this.#piece *= 2;
    // Seldom something that long: rather what the tokeniser took for the beginning of something.
    else this.#goOnFrom(end, found.ranges);
  }

  get #restLength(): number {
    return this.#text.length - this.#from;
  }

  /** Where the next piece ends; where it begins if its first line is too long. */
  #cut(): { end: number; isForced: boolean } {
    const piece = this.#text.slice(this.#from, this.#from + this.#piece);
    const longLine = piece.search(LONG_LINE);
    if (longLine !== -1) return { end: this.#from + longLine, isForced: true };
    const isWhole = piece.length === this.#restLength;
    if (isWhole && piece.length <= TAIL) return { end: this.#text.length, isForced: false };
    const beginning = lastBeginning(piece);
    if (beginning > 0) return { end: this.#from + beginning, isForced: false };
    return {
      end: isWhole ? this.#text.length : this.#from + piece.lastIndexOf('\n') + 1,
      isForced: false,
    };
  }

  #tokenise(end: number): Tokenised | undefined {
    const begun = this.#now();
    const found = tokenise(this.#text.slice(this.#from, end), this.#language);
    if (this.#now() - begun > OVERRUN_MS && ++this.#overruns === OVERRUNS_MAX) return undefined;
    return found;
  }

  #endWith(ranges: readonly ColourRange[]): void {
    this.#tail = this.#moved(ranges);
    this.#isDue = false;
  }

  #goOnFrom(end: number, ranges: readonly ColourRange[]): void {
    for (const range of this.#moved(ranges)) this.#done.push(range);
    this.#tail = [];
    this.#from = end;
    this.#piece = PIECE;
  }

  /** One that is still being written is looked at again when there is more of it. */
  #skipLine(): void {
    const end = this.#text.indexOf('\n', this.#from);
    if (end === -1) this.#endWith([]);
    else this.#goOnFrom(end + 1, []);
  }

  #moved(ranges: readonly ColourRange[]): readonly ColourRange[] {
    return ranges.map(({ start, end, group }) => ({
      start: this.#from + start,
      end: this.#from + end,
      group,
    }));
  }

  #restart(): void {
    this.#done = [];
    this.#tail = [];
    this.#from = 0;
    this.#piece = PIECE;
    this.#isOver = false;
  }
}

/** Where the last line begins that begins something: not indented, not blank, not the end of what was begun before. */
function lastBeginning(piece: string): number {
  for (let end = piece.lastIndexOf('\n'); end > 0; end = piece.lastIndexOf('\n', end - 1))
    if (/^[^\s)\]}>]/.test(piece.charAt(end + 1))) return end + 1;
  return 0;
}

function slice(ranges: readonly ColourRange[], from: number, to: number): readonly ColourRange[] {
  const first = indexOfFirst(ranges, ({ end }) => end > from);
  return ranges.slice(
    first,
    indexOfFirst(ranges, ({ start }) => start >= to),
  );
}

/** Of a list that it holds for from some item on: the index of that item. */
function indexOfFirst(ranges: readonly ColourRange[], holds: (range: ColourRange) => boolean): number {
  let from = 0;
  let to = ranges.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    const range = ranges[middle];
    if (range === undefined || holds(range)) to = middle;
    else from = middle + 1;
  }
  return from;
}
