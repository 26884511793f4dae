/** What a line can begin, in the order in which it is tried. Each start takes its marker off the cursor. */
import type { BlockParser } from './block-parser.ts';
import type { ListMarker } from './block-state.ts';
import { isSpaceOrTab, unescapeText } from './characters.ts';
import { findHtmlStart } from './html-starts.ts';
import type { LineCursor } from './line-cursor.ts';
import { Sequence } from './sequence.ts';
import { readDelimiterRow, SPARE_CELLS_MAX, splitRow } from './table-syntax.ts';
import type { HeadingLevel } from './tree.ts';

/** `container`: look for more on the line. `leaf`: the rest is its text. `line-done`: nothing is left. */
export type StartResult = 'none' | 'container' | 'leaf' | 'line-done';

type BlockStart = (parser: BlockParser, cursor: LineCursor) => StartResult;

/** First characters of all that can begin, other than indented code. */
const SPECIAL = /[#>`~<=|:*_+\d-]/;
const HEADING = /^(#{1,6})(?:[ \t]+|$)/;
const CLOSING_HASHES = /(?:^|[ \t])#+[ \t]*$/;
const FENCE = /^(?:`{3,}(?=[^`]*$)|~{3,})/;
const UNDERLINE = /^(?:=+|-+)[ \t]*$/;
const RULE = /^(?:(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:-[ \t]*){3,})$/;
const LIST_MARKER = /^(?:([-+*])|(\d{1,9})([.)]))(?=[ \t]|$)/;

/** A wider gap after a marker is an indented code block in the item. */
const MARKER_GAP_MAX_COLUMNS = 4;

const HEADING_LEVELS: readonly HeadingLevel[] = [1, 2, 3, 4, 5, 6];

const startQuote: BlockStart = (parser, cursor) => {
  if (cursor.isIndented || !cursor.text.startsWith('>') || !parser.canNest) return 'none';
  cursor.skipIndent();
  cursor.skipCharacters(1);
  cursor.skipOptionalSpace();
  parser.open({
    kind: 'quote',
    startLine: parser.lineNumber,
    endLine: 0,
    closed: false,
    built: undefined,
    children: Sequence.empty(),
  });
  return 'container';
};

const startHeading: BlockStart = (parser, cursor) => {
  const hashes = cursor.isIndented ? undefined : HEADING.exec(cursor.text);
  const level = HEADING_LEVELS[(hashes?.[1]?.length ?? 0) - 1];
  if (!hashes || level === undefined) return 'none';
  const text = cursor.text.slice(hashes[0].length).replace(CLOSING_HASHES, '').trim();
  parser.open({
    kind: 'heading',
    startLine: parser.lineNumber,
    endLine: 0,
    closed: false,
    built: undefined,
    level,
    text,
  });
  return 'line-done';
};

const startFence: BlockStart = (parser, cursor) => {
  const marks = cursor.isIndented ? undefined : FENCE.exec(cursor.text)?.[0];
  if (marks === undefined) return 'none';
  const fence = { character: marks.charAt(0), length: marks.length, indent: cursor.indent };
  const info = unescapeText(cursor.text.slice(marks.length).trim());
  const language = /^\S*/.exec(info)?.[0] ?? '';
  parser.open({
    kind: 'code',
    startLine: parser.lineNumber,
    endLine: 0,
    closed: false,
    built: undefined,
    fence,
    language,
    lines: Sequence.empty(),
    blankLines: '',
  });
  return 'line-done';
};

const startHtml: BlockStart = (parser, cursor) => {
  if (cursor.isIndented || !cursor.text.startsWith('<')) return 'none';
  const isInParagraph = parser.container.kind === 'paragraph' || parser.isLazy;
  const html = findHtmlStart(cursor.text, isInParagraph);
  if (html === undefined) return 'none';
  parser.open({
    kind: 'html',
    startLine: parser.lineNumber,
    endLine: 0,
    closed: false,
    built: undefined,
    end: html[1],
    text: '',
  });
  return 'leaf';
};

const startUnderlinedHeading: BlockStart = (parser, cursor) => {
  const paragraph = parser.container;
  if (cursor.isIndented || paragraph.kind !== 'paragraph' || !UNDERLINE.test(cursor.text)) return 'none';
  parser.takeDefinitions(paragraph);
  const text = paragraph.text.trim();
  if (text === '') return 'none';
  const level = cursor.text.startsWith('=') ? 1 : 2;
  parser.splitParagraph(paragraph, 0, {
    kind: 'heading',
    startLine: paragraph.startLine,
    endLine: 0,
    closed: false,
    built: undefined,
    level,
    text,
  });
  return 'line-done';
};

const startTable: BlockStart = (parser, cursor) => {
  const paragraph = parser.container;
  if (cursor.isIndented || paragraph.kind !== 'paragraph' || paragraph.text === '' || parser.isLazy)
    return 'none';
  const alignments = readDelimiterRow(cursor.text);
  if (alignments === undefined) return 'none';
  const headLine = paragraph.lastLine;
  const headStart = paragraph.text.length - headLine.length;
  const cells = splitRow(headLine);
  const hasPipe = headLine.includes('|') || cursor.text.includes('|');
  if (cells.length !== alignments.length || !hasPipe) return 'none';
  parser.splitParagraph(paragraph, headStart, {
    kind: 'table',
    startLine: headStart > 0 ? parser.lineNumber - 1 : paragraph.startLine,
    endLine: 0,
    closed: false,
    built: undefined,
    alignments,
    head: { kind: 'row', cells, closed: true, built: undefined },
    rows: Sequence.empty(),
    spareCells: SPARE_CELLS_MAX,
  });
  return 'line-done';
};

const startRule: BlockStart = (parser, cursor) => {
  if (cursor.isIndented || !RULE.test(cursor.text)) return 'none';
  parser.open({ kind: 'rule', startLine: parser.lineNumber, endLine: 0, closed: false, built: undefined });
  return 'line-done';
};

function readListMarker(parser: BlockParser, cursor: LineCursor): ListMarker | undefined {
  const match = cursor.isIndented ? null : LIST_MARKER.exec(cursor.text);
  if (match === null) return undefined;
  const [marker, bullet, number, numberEnd = ''] = match;
  if (parser.container.kind === 'paragraph') {
    // Only a list that begins with 1 and with text can interrupt a paragraph, or numbers in prose would.
    if (number !== undefined && Number(number) !== 1) return undefined;
    if (cursor.text.slice(marker.length).trim() === '') return undefined;
  }
  const offset = cursor.indent;
  cursor.skipIndent();
  cursor.skipCharacters(marker.length);
  const { offset: gapOffset, column: gapColumn } = cursor;
  do cursor.skipColumns(1);
  while (cursor.column - gapColumn <= MARKER_GAP_MAX_COLUMNS && isSpaceOrTab(cursor.character));
  let gap = cursor.column - gapColumn;
  if (gap > MARKER_GAP_MAX_COLUMNS || gap < 1 || cursor.character === '') {
    gap = 1;
    cursor.returnTo(gapOffset, gapColumn);
    cursor.skipOptionalSpace();
  }
  const start = number === undefined ? undefined : Number(number);
  return { delimiter: bullet ?? numberEnd, start, offset, padding: marker.length + gap };
}

const startItem: BlockStart = (parser, cursor) => {
  if (!parser.canNest) return 'none';
  const marker = readListMarker(parser, cursor);
  if (marker === undefined) return 'none';
  parser.closeUnmatched();
  if (parser.tip.kind !== 'list' || parser.tip.marker.delimiter !== marker.delimiter) {
    parser.open({
      kind: 'list',
      startLine: parser.lineNumber,
      endLine: 0,
      closed: false,
      built: undefined,
      marker,
      tight: true,
      children: Sequence.empty(),
    });
  }
  parser.open({
    kind: 'item',
    startLine: parser.lineNumber,
    endLine: 0,
    closed: false,
    built: undefined,
    marker,
    checked: undefined,
    children: Sequence.empty(),
  });
  return 'container';
};

const startIndentedCode: BlockStart = (parser, cursor) => {
  if (!cursor.isIndented || cursor.isBlank || parser.tip.kind === 'paragraph') return 'none';
  cursor.skipColumns(4);
  parser.open({
    kind: 'code',
    startLine: parser.lineNumber,
    endLine: 0,
    closed: false,
    built: undefined,
    fence: undefined,
    language: '',
    lines: Sequence.empty(),
    blankLines: '',
  });
  return 'leaf';
};

/** False for most lines of prose. */
export function canStartBlock(cursor: LineCursor): boolean {
  return cursor.isIndented || SPECIAL.test(cursor.line.charAt(cursor.textOffset));
}

export const BLOCK_STARTS: readonly BlockStart[] = [
  startQuote,
  startHeading,
  startFence,
  startHtml,
  startUnderlinedHeading,
  startTable,
  startRule,
  startItem,
  startIndentedCode,
];
