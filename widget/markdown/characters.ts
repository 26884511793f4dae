/** Character classes of CommonMark, and backslash escapes. */
import { decodeReference } from './character-references.ts';

/** An escape, which is of ASCII punctuation, or what may be a character reference. */
export const ESCAPE = /\\[!-/:-@[-`{-~]|&#?[a-z\d]{1,31};/gi;

/** Resolves backslash escapes and entities, as in destinations, titles and info strings. */
export function unescapeText(text: string): string {
  return text.replace(ESCAPE, (match) => (match.startsWith('\\') ? match.slice(1) : decodeReference(match)));
}

/** The form in which reference labels are compared. Lower then upper case is Unicode case folding, near enough. */
export function normalizeLabel(label: string): string {
  return label
    .trim()
    .replace(/[ \t\r\n]+/g, ' ')
    .toLowerCase()
    .toUpperCase();
}
