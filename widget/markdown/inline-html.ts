/** Where raw HTML in a line of text ends. */
import { HTML_SPANS, tagPattern } from './html-starts.ts';

const TAG = new RegExp(tagPattern('|$'), 'i');
/** Of a start, which is no part of an end. */
const OPENING_CHARS = 2;

export class InlineHtml {
  readonly #text: string;
  /** Ends that do not come again: to look for them at each start would be quadratic. */
  readonly #absent = new Set<RegExp>();

  constructor(text: string) {
    this.#text = text;
  }

  /** The end of what begins at `offset`, infinite where the text ends before; undefined when that is text. Offsets have to grow. */
  findEnd(offset: number): number | undefined {
    const rest = this.#text.slice(offset);
    const tag = TAG.exec(rest);
    if (tag) return tag[1] ? offset + tag[0].length : Infinity;
    const [, spanEnd] = HTML_SPANS.find(([start]) => start.test(rest)) ?? [];
    if (spanEnd === undefined) return undefined;
    const end = this.#absent.has(spanEnd) ? null : spanEnd.exec(rest.slice(OPENING_CHARS));
    if (end) return offset + OPENING_CHARS + end.index + end[0].length;
    this.#absent.add(spanEnd);
    return Infinity;
  }
}
