/** Character classes of CommonMark, and backslash escapes. */
import { decodeReference } from './character-references.ts';

/** ASCII punctuation: what a backslash can escape. */
const ESCAPE = /\\([!-/:-@[-`{-~])|&#?[a-z0-9]{1,31};/gi;

const WHITESPACE = /^\s$/u;
const PUNCTUATION = /^[\p{P}\p{S}]$/u;

export function isEscapable(character: string): boolean {
  return character !== '' && /^[!-/:-@[-`{-~]$/.test(character);
}

export function isSpaceOrTab(character: string): boolean {
  return character === ' ' || character === '\t';
}

/** The start and the end of a text count as white space. */
export function isWhitespace(character: string): boolean {
  return character === '' || WHITESPACE.test(character);
}

export function isPunctuation(character: string): boolean {
  return PUNCTUATION.test(character);
}

/** The whole character that begins at `index`, or nothing at the end. */
export function characterAt(text: string, index: number): string {
  const point = text.codePointAt(index);
  return point === undefined ? '' : String.fromCodePoint(point);
}

/** The whole character that ends before `index`, or nothing at the start. */
export function characterBefore(text: string, index: number): string {
  if (index <= 0) return '';
  const unit = text.charCodeAt(index - 1);
  const isPair = unit >= 0xdc00 && unit <= 0xdfff && index > 1;
  return isPair ? characterAt(text, index - 2) : text.charAt(index - 1);
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
