/**
 * Splits a Markdown document into sections by heading, and each section into blocks that can be shown by themselves.
 * Knows just enough of CommonMark for that: what looks like a heading inside of code is code. How blocks are chosen
 * and put together is left to the library.
 */
import { portableMarkdown, readLinkDefinition } from './portable-markdown.ts';

export type BlockKind = 'paragraph' | 'list' | 'table' | 'quote' | 'code';

export interface Block {
  readonly kind: BlockKind;
  /** Portable Markdown, no blank lines around it. */
  readonly text: string;
}

export interface Section {
  /** Portable inline Markdown; empty for what comes before a document's first heading. */
  readonly heading: string;
  /** 1 to 6, and 0 before the first heading. */
  readonly level: number;
  /** Headings of the sections around this one, outermost first. */
  readonly ancestors: readonly string[];
  /** What stands between this heading and the next one, of whatever level. */
  readonly blocks: readonly Block[];
}

interface Fence {
  readonly mark: string;
  readonly length: number;
}

/** What was read at a line, and the first line after it. */
interface Reading {
  readonly end: number;
  readonly item?: { readonly heading: string; readonly level: number } | Block;
}

const isBlank = (line: string | undefined): boolean => line === undefined || line.trim() === '';
const isIndented = (line: string): boolean => /^(?: {4}|\t)/.test(line);
const isThematicBreak = (line: string): boolean =>
  /^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/.test(line);
const isListItem = (line: string): boolean =>
  /^\s*(?:[-*+]|\d{1,9}[.)])(?:\s|$)/.test(line) && !isThematicBreak(line);
const isTableDelimiter = (line: string): boolean =>
  line.includes('|') && /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/.test(line);

function readAtxHeading(line: string): { readonly heading: string; readonly level: number } | undefined {
  const groups = /^ {0,3}(?<marks>#{1,6})(?:[ \t]+(?<text>.*?))?(?:[ \t]+#+)?[ \t]*$/.exec(line)?.groups;
  return groups === undefined
    ? undefined
    : { heading: groups['text'] ?? '', level: groups['marks']?.length ?? 1 };
}

function openFence(line: string): Fence | undefined {
  const mark = /^\s*(?:(?:[-*+]|\d{1,9}[.)])\s+)?(?<mark>`{3,}(?=[^`]*$)|~{3,})/.exec(line)?.groups?.['mark'];
  return mark === undefined ? undefined : { mark: mark.charAt(0), length: mark.length };
}

function closesFence(line: string, fence: Fence): boolean {
  const text = line.trim();
  return text.length >= fence.length && text === fence.mark.repeat(text.length);
}

const interruptsParagraph = (line: string): boolean =>
  readAtxHeading(line) !== undefined ||
  openFence(line) !== undefined ||
  isThematicBreak(line) ||
  /^ {0,3}(?:>|[-*+]\s+\S|1[.)]\s+\S|<!--)/.test(line);

function endOfFence(lines: readonly string[], start: number, fence: Fence): number {
  const close = lines.findIndex((line, index) => index > start && closesFence(line, fence));
  return close === -1 ? lines.length : close + 1;
}

function endOfList(lines: readonly string[], start: number): number {
  let end = start;
  while (end < lines.length) {
    const line = lines[end] ?? '';
    const fence = openFence(line);
    if (isBlank(line)) {
      const next = lines.findIndex((later, index) => index > end && !isBlank(later));
      const after = lines[next] ?? '';
      if (next === -1 || !(isListItem(after) || /^(?: {2}|\t)/.test(after))) return end;
      end = next;
    } else if (end > start && !/^\s/.test(line) && !isListItem(line) && interruptsParagraph(line)) {
      return end;
    } else end = fence === undefined ? end + 1 : endOfFence(lines, end, fence);
  }
  return end;
}

/** First line from `start` on for which `isEnd` holds, or the number of lines. */
function lineWhere(lines: readonly string[], start: number, isEnd: (line: string) => boolean): number {
  const found = lines.findIndex((line, index) => index >= start && isEnd(line));
  return found === -1 ? lines.length : found;
}

/** A paragraph, or the heading that an underline (`===`, `---`) makes of it. */
function readParagraph(lines: readonly string[], start: number): Reading {
  const end = lineWhere(
    lines,
    start + 1,
    (line) => isBlank(line) || /^ {0,3}=+\s*$/.test(line) || interruptsParagraph(line),
  );
  const text = lines.slice(start, end).join('\n');
  const underline = /^ {0,3}(?:(?<first>=+)|-+)\s*$/.exec(lines[end] ?? '');
  if (underline === null) return { end, item: { kind: 'paragraph', text } };
  return {
    end: end + 1,
    item: {
      heading: text.replace(/\s*\n\s*/g, ' '),
      level: underline.groups?.['first'] === undefined ? 2 : 1,
    },
  };
}

function readAt(lines: readonly string[], start: number): Reading {
  const line = lines[start] ?? '';
  const block = (kind: BlockKind, end: number): Reading => ({
    end,
    item: { kind, text: lines.slice(start, end).join('\n') },
  });
  const fence = openFence(line);
  const heading = readAtxHeading(line);

  if (isBlank(line) || isThematicBreak(line) || readLinkDefinition(line) !== undefined)
    return { end: start + 1 };
  if (/^\s*<!--/.test(line)) return { end: lineWhere(lines, start, (later) => later.includes('-->')) + 1 };
  if (heading !== undefined) return { end: start + 1, item: heading };
  if (isIndented(line)) {
    return block(
      'code',
      lineWhere(lines, start, (later) => !isBlank(later) && !isIndented(later)),
    );
  }
  if (isListItem(line)) return block('list', endOfList(lines, start));
  if (fence !== undefined) return block('code', endOfFence(lines, start, fence));
  if (/^ {0,3}>/.test(line)) return block('quote', lineWhere(lines, start, isBlank));
  if (line.includes('|') && isTableDelimiter(lines[start + 1] ?? '')) {
    return block(
      'table',
      lineWhere(lines, start + 2, (later) => isBlank(later) || interruptsParagraph(later)),
    );
  }
  return readParagraph(lines, start);
}

function withoutFrontMatter(lines: readonly string[]): readonly string[] {
  const end = lines[0] === '---' ? lines.indexOf('---', 1) : -1;
  return lines.slice(end + 1);
}

/** Columns that are aligned for an editor are mostly white space; a chat would stream it. */
const compactTable = (text: string): string =>
  text
    .split('\n')
    .map((line) =>
      (isTableDelimiter(line) ? line.replace(/-{4,}/g, '---') : line).replace(/[ \t]{2,}\|/g, ' |'),
    )
    .join('\n');

/** Blank lines around a block go; the indentation of its first line is part of an indented code block, and stays. */
const trimBlock = (text: string): string => text.replace(/^(?:[ \t]*\n)+/, '').trimEnd();

/**
 * @param markdown a whole document
 * @returns its sections in order; the first has level 0 and may be empty
 */
export function splitMarkdown(markdown: string): readonly Section[] {
  const lines = withoutFrontMatter(markdown.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/));
  const items: Exclude<Reading['item'], undefined>[] = [];
  const definitions = new Map<string, string>();
  for (let at = 0; at < lines.length;) {
    const definition = readLinkDefinition(lines[at] ?? '');
    if (definition !== undefined) definitions.set(definition.label, definition.url);
    const { end, item } = readAt(lines, at);
    if (item !== undefined) items.push(item);
    at = end;
  }

  let blocks: Block[] = [];
  const sections: Section[] = [{ heading: '', level: 0, ancestors: [], blocks }];
  const open: { readonly heading: string; readonly level: number }[] = [];
  for (const item of items) {
    if ('kind' in item) {
      const text = item.kind === 'code' ? item.text : portableMarkdown(item.text, definitions);
      if (!isBlank(text))
        blocks.push({ kind: item.kind, text: trimBlock(item.kind === 'table' ? compactTable(text) : text) });
      continue;
    }
    const heading = portableMarkdown(item.heading, definitions).trim();
    while ((open.at(-1)?.level ?? 0) >= item.level) open.pop();
    blocks = [];
    sections.push({ heading, level: item.level, ancestors: open.map((above) => above.heading), blocks });
    open.push({ heading, level: item.level });
  }
  return sections;
}

/** Line numbers at which the items of a list begin that are not inside of another item. */
function itemStarts(lines: readonly string[]): readonly number[] {
  const indent = /^\s*/.exec(lines[0] ?? '')?.[0].length ?? 0;
  const starts: number[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const fence = openFence(line);
    if (isListItem(line) && /^\s*/.exec(line)?.[0].length === indent) starts.push(at);
    if (fence !== undefined) at = endOfFence(lines, at, fence) - 1;
  }
  return starts;
}

/**
 * Cuts a long list between its items and a long table between its rows, under a repeated header. Other blocks have
 * no boundary inside and stay whole, however long.
 * @param limitChars what each piece should hold at most; a single item or row may be longer
 */
export function splitBlock(block: Block, limitChars: number): readonly Block[] {
  if (block.text.length <= limitChars || (block.kind !== 'list' && block.kind !== 'table')) return [block];
  const lines = block.text.split('\n');
  const head = block.kind === 'table' ? `${lines.slice(0, 2).join('\n')}\n` : '';
  const starts = block.kind === 'table' ? lines.map((_, index) => index).slice(2) : itemStarts(lines);
  const pieces: string[] = [];
  for (const [index, start] of starts.entries()) {
    const unit = lines.slice(start, starts[index + 1]).join('\n');
    const last = pieces.at(-1);
    if (last !== undefined && head.length + last.length + unit.length < limitChars)
      pieces[pieces.length - 1] = `${last}\n${unit}`;
    else pieces.push(unit);
  }
  return pieces.map((piece) => ({ kind: block.kind, text: head + piece.trimEnd() }));
}
