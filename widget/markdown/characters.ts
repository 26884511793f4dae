/** Character classes of CommonMark, and backslash escapes. */
import { decodeReference } from './character-references.ts';

/** ASCII punctuation: what a backslash can escape. */
const ESCAPE = /\\([!-/:-@[-`{-~])|&#?[a-z0-9]{1,31};/gi;

export function isEscapable(character: string): boolean {
  return character !== '' && /^[!-/:-@[-`{-~]$/.test(character);
}

export function isSpaceOrTab(character: string): boolean {
  return character === ' ' || character === '\t';
}

/** Resolves backslash escapes and entities, as in destinations, titles and info strings. */
export function unescapeText(text: string): string {
  if (!text.includes('\\') && !text.includes('&')) return text;
  return text.replace(ESCAPE, (match, escaped: string | undefined) => escaped ?? decodeReference(match));
}

/** The form in which reference labels are compared. Lower then upper case is Unicode case folding, near enough. */
export function normalizeLabel(label: string): string {
  return label
    .trim()
    .replace(/[ \t\r\n]+/g, ' ')
    .toLowerCase()
    .toUpperCase();
}
