/** Where raw HTML in a line of text ends. */
import { HTML_SPANS, tagPattern } from './html-starts.ts';

const TAG = new RegExp(tagPattern('|$'), 'i');
/** Of a start, which is no part of an end. */
const OPENING_CHARS = 2;

/**
 * Where what `text` begins with ends, infinite where the text ends before; undefined when that is text. `absent`: ends that
 * do not come again, which to look for at each start would be quadratic; they are added to.
 */
export function htmlLength(text: string, absent: Set<RegExp>): number | undefined {
  const tag = TAG.exec(text);
  if (tag) return tag[1] ? tag[0].length : Infinity;
  const [, spanEnd] = HTML_SPANS.find(([start]) => start.test(text)) ?? [];
  if (spanEnd === undefined) return undefined;
  const end = absent.has(spanEnd) ? null : spanEnd.exec(text.slice(OPENING_CHARS));
  if (end) return OPENING_CHARS + end.index + end[0].length;
  absent.add(spanEnd);
  return Infinity;
}
