/** Destinations, titles, labels and reference definitions: the syntax that links share. Each reads at an offset. */
import { normalizeLabel, unescapeText } from './characters.ts';

/** CommonMark's own bound; it keeps lookups of labels linear. */
const LABEL_MAX_CHARS = 999;

/** Nested parentheses in a destination; the specification asks for at least three. */
const PARENTHESES_MAX_DEPTH = 32;

const LABEL = /\[([^\\[\]]*(?:\\[^][^\\[\]]*)*)\]/y;
const BRACKETED_DESTINATION = /<([^<>\n\\]*(?:\\[^\n][^<>\n\\]*)*)>/y;
const TITLE = /"([^\\"]*(?:\\[^][^\\"]*)*)"|'([^\\']*(?:\\[^][^\\']*)*)'|\(([^\\()]*(?:\\[^][^\\()]*)*)\)/y;
const SPACES_AND_NEWLINE = /[ \t]*(?:\n[ \t]*)?/y;
const REST_OF_LINE = /[ \t]*(?:\n|$)/y;

export interface Target {
  readonly href: string;
  readonly title: string;
}

export interface Definition extends Target {
  /** Normalized. */
  readonly label: string;
}

interface Read<Value> {
  readonly value: Value;
  readonly end: number;
}

/** The match of a sticky pattern at an offset. */
export function matchAt(pattern: RegExp, text: string, offset: number): RegExpExecArray | null {
  pattern.lastIndex = offset;
  return pattern.exec(text);
}

function endOf(pattern: RegExp, text: string, offset: number): number {
  const match = matchAt(pattern, text, offset);
  return match === null ? offset : offset + match[0].length;
}

/** `[label]`, brackets included in the extent but not in the value. */
export function readLabel(text: string, offset: number): Read<string> | undefined {
  const label = matchAt(LABEL, text, offset)?.[1];
  if (label === undefined || label.length > LABEL_MAX_CHARS) return undefined;
  return { value: label, end: offset + label.length + 2 };
}

function readDestination(text: string, offset: number): Read<string> | undefined {
  if (text.charAt(offset) === '<') {
    const inside = matchAt(BRACKETED_DESTINATION, text, offset)?.[1];
    return inside === undefined
      ? undefined
      : { value: unescapeText(inside), end: offset + inside.length + 2 };
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
  if (depth > 0) return undefined;
  return { value: unescapeText(text.slice(offset, end)), end };
}

function readTitle(text: string, offset: number): Read<string> | undefined {
  const match = matchAt(TITLE, text, offset);
  if (match === null) return undefined;
  return { value: unescapeText(match[0].slice(1, -1)), end: offset + match[0].length };
}

/** What follows the text of an inline link: `(destination "title")`. */
export function readInlineTarget(text: string, offset: number): Read<Target> | undefined {
  const start = endOf(SPACES_AND_NEWLINE, text, offset + 1);
  const destination = readDestination(text, start);
  if (destination === undefined) return undefined;
  let end = endOf(SPACES_AND_NEWLINE, text, destination.end);
  const title = end > destination.end ? readTitle(text, end) : undefined;
  if (title !== undefined) end = endOf(SPACES_AND_NEWLINE, text, title.end);
  if (text.charAt(end) !== ')') return undefined;
  return { value: { href: destination.value, title: title?.value ?? '' }, end: end + 1 };
}

/** `[label]: destination "title"`, up to and with the end of its last line. */
export function readDefinition(text: string, offset: number): Read<Definition> | undefined {
  const label = readLabel(text, offset);
  if (label === undefined || label.value.trim() === '' || text.charAt(label.end) !== ':') return undefined;
  const start = endOf(SPACES_AND_NEWLINE, text, label.end + 1);
  const destination = readDestination(text, start);
  if (destination === undefined || destination.end === start) return undefined;
  const finish = (title: string, lineEnd: RegExpExecArray): Read<Definition> => ({
    value: { label: normalizeLabel(label.value), href: destination.value, title },
    end: lineEnd.index + lineEnd[0].length,
  });
  const titleStart = endOf(SPACES_AND_NEWLINE, text, destination.end);
  const title = titleStart > destination.end ? readTitle(text, titleStart) : undefined;
  const lineEndAfterTitle = title && matchAt(REST_OF_LINE, text, title.end);
  if (title && lineEndAfterTitle) return finish(title.value, lineEndAfterTitle);
  const lineEnd = matchAt(REST_OF_LINE, text, destination.end);
  return lineEnd === null ? undefined : finish('', lineEnd);
}
