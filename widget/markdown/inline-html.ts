/** Where raw HTML in a line of text ends. */
import { CLOSE_TAG, OPEN_TAG, UNFINISHED_TAG } from './html-starts.ts';
import { matchAt } from './link-syntax.ts';

const TAG = new RegExp(`${OPEN_TAG}|${CLOSE_TAG}`, 'iy');
const UNFINISHED = new RegExp(`${UNFINISHED_TAG}|<(?:!--|\\?|![a-z]|!\\[CDATA\\[)`, 'iy');
/** Not looked for further away from the end: many beginnings would each be read up to there. */
const UNFINISHED_MAX_CHARS = 2_048;

/** Comments, instructions, sections and declarations end with a fixed text. */
const SPANS: readonly (readonly [start: RegExp, end: string])[] = [
  [/<!--(?=-?>)/y, '>'],
  [/<!--/y, '-->'],
  [/<\?/y, '?>'],
  [/<!\[CDATA\[/y, ']]>'],
  [/<![a-z]/iy, '>'],
];

export class InlineHtml {
  readonly #text: string;
  /** Ends that do not come again: to look for them at each start would be quadratic. */
  readonly #absent = new Set<string>();

  constructor(text: string) {
    this.#text = text;
  }

  /** The end of what begins at `offset`; undefined when that is text. Offsets have to grow. */
  findEnd(offset: number): number | undefined {
    const tag = matchAt(TAG, this.#text, offset);
    if (tag) return offset + tag[0].length;
    for (const [start, end] of SPANS) {
      const match = matchAt(start, this.#text, offset);
      if (match === null || this.#absent.has(end)) continue;
      const index = this.#text.indexOf(end, offset + match[0].length);
      if (index !== -1) return index + end.length;
      this.#absent.add(end);
    }
    return undefined;
  }

  /** Whether what begins at `offset`, and has no end, may have one when more has arrived. */
  isUnfinished(offset: number): boolean {
    return (
      this.#text.length - offset <= UNFINISHED_MAX_CHARS && matchAt(UNFINISHED, this.#text, offset) !== null
    );
  }
}
