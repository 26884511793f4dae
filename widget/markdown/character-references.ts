/** Character references (`&copy;`, `&#169;`): what is one, and what it stands for. */
import { textOfHtml } from './browser-decoding.ts';

/** Nothing that matches could be more than text. */
const REFERENCE = /^&(?:#(?:\d{1,7}|x[\da-f]{1,6})|[a-z][a-z\d]{1,31});$/i;

/** The longest text that a reference stands for, in UTF-16 units. */
const TEXT_MAX_CHARS = 2;

/** HTML has 2,125 names. Of other things there are no more in the longest answer, so none is asked for again as it grows. */
const KNOWN_MAX = 50_000;

const known = new Map<string, string>();

/** The text of one reference, `&` to `;`, or the reference itself where it stands for nothing. */
export function decodeReference(reference: string): string {
  if (!REFERENCE.test(reference)) return reference;
  let text = known.get(reference);
  if (text === undefined) {
    const decoded = textOfHtml(reference);
    // HTML lets some names go without a semicolon: it reads `&copy1;` as `©1;`.
    text = decoded.length > TEXT_MAX_CHARS ? reference : decoded;
    if (known.size >= KNOWN_MAX) known.clear();
    known.set(reference, text);
  }
  return text;
}
