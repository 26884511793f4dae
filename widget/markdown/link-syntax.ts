/** Destinations, titles, labels and reference definitions: the syntax that links share. Each reads at an offset. */
import { normalizeLabel, unescapeText } from './characters.ts';

/** CommonMark's own bound; it keeps lookups of labels linear. */
const LABEL_MAX_CHARS = 999;

/** Nested parentheses in a destination; the specification asks for at least three. */
const PARENTHESES_MAX_DEPTH = 32;

/** Those that end with `$` as well match what has not all arrived at the end of a text. */
const LABEL = /\[([^\\[\]]*(?:\\[^][^\\[\]]*)*)(\]|$)/y;
const BRACKETED_DESTINATION = /<([^<>\n\\]*(?:\\[^\n][^<>\n\\]*)*)(?:>|$)/y;
const TITLE =
  /(?:"[^\\"]*(?:\\[^][^\\"]*)*(?:"|$)|'[^\\']*(?:\\[^][^\\']*)*(?:'|$)|\([^\\()]*(?:\\[^][^\\()]*)*(?:\)|$))/y;
const SPACES_AND_NEWLINE = /[ \t]*(?:\n[ \t]*)?/y;
const END_OF_LINK = /[ \t]*(?:\n[ \t]*)?(?:(\))|$)/y;
const END_OF_LINE = /[ \t]*(\n)/y;

export interface Target {
  readonly href: string;
  readonly title: string;
}

export interface Definition extends Target {
  /** Normalized. */
  readonly label: string;
}

export interface Read<Value> {
  readonly value: Value;
  /** Infinite where the text ends before. */
  readonly end: number;
}

/** The match of a sticky pattern at an offset. */
export function matchAt(pattern: RegExp, text: string, offset: number): RegExpExecArray | null {
  pattern.lastIndex = offset;
  return pattern.exec(text);
}

/** Where a match of a sticky pattern at an offset ends; the offset where there is none. */
export function endOf(pattern: RegExp, text: string, offset: number): number {
  const match = matchAt(pattern, text, offset);
  return match === null ? offset : offset + match[0].length;
}

/** `[label]`, brackets included in the extent but not in the value. */
export function readLabel(text: string, offset: number): Read<string> | undefined {
  const match = matchAt(LABEL, text, offset);
  const label = match?.[1];
  if (label === undefined || label.length > LABEL_MAX_CHARS) return undefined;
  return { value: label, end: match?.[2] ? offset + label.length + 2 : Infinity };
}

function readDestination(text: string, offset: number): Read<string> | undefined {
  if (text.charAt(offset) === '<') {
    const match = matchAt(BRACKETED_DESTINATION, text, offset);
    return match === null
      ? undefined
      : { value: unescapeText(match[1] ?? ''), end: offset + match[0].length };
  }
  let depth = 0;
  let end = offset;
  for (; end < text.length; end += 1) {
    const character = text.charAt(end);
    if (character <= ' ' || character === '\x7f') break;
    if (character === '\\' && text.charAt(end + 1) > ' ') end += 1;
    else if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
    if (depth < 0) break;
    if (depth > PARENTHESES_MAX_DEPTH) return undefined;
  }
  if (end === offset || (depth > 0 && end < text.length)) return undefined;
  return { value: unescapeText(text.slice(offset, end)), end };
}

/** `destination "title"` and what has to be behind it. */
function readTarget(text: string, offset: number, ending: RegExp): Read<Target> | undefined {
  const start = endOf(SPACES_AND_NEWLINE, text, offset);
  const destination = readDestination(text, start) ?? { value: '', end: start };
  const titleStart = endOf(SPACES_AND_NEWLINE, text, destination.end);
  const titleEnd = titleStart > destination.end ? endOf(TITLE, text, titleStart) : titleStart;
  const endWithTitle = titleEnd > titleStart ? matchAt(ending, text, titleEnd) : null;
  const end = endWithTitle ?? matchAt(ending, text, destination.end);
  if (end === null) return undefined;
  const title = endWithTitle === null ? '' : unescapeText(text.slice(titleStart + 1, titleEnd - 1));
  return { value: { href: destination.value, title }, end: end[1] ? end.index + end[0].length : Infinity };
}

/** What follows the text of an inline link: `(destination "title")`. */
export function readInlineTarget(text: string, offset: number): Read<Target> | undefined {
  return text.charAt(offset) === '(' ? readTarget(text, offset + 1, END_OF_LINK) : undefined;
}

/** `[label]: destination "title"`, up to and with the end of its last line. */
export function readDefinition(text: string, offset: number): Read<Definition> | undefined {
  const label = readLabel(text, offset);
  if (label === undefined || label.value.trim() === '' || text.charAt(label.end) !== ':') return undefined;
  const target = readTarget(text, label.end + 1, END_OF_LINE);
  return target && { value: { label: normalizeLabel(label.value), ...target.value }, end: target.end };
}
