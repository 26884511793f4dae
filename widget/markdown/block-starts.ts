/** What a line can begin, in the order in which it is tried. Each start takes its marker off the cursor. */
import type { BlockParser } from './block-parser.ts';
import type { Fence } from './block-state.ts';
import { unescapeText } from './characters.ts';
import { findHtmlStart } from './html-starts.ts';
import { CODE_INDENT_COLUMNS, type LineCursor } from './line-cursor.ts';
import { Sequence } from './sequence.ts';
import { readDelimiterRow, SPARE_CELLS_MAX, splitRow } from './table-syntax.ts';

/** False where it does not begin. */
type BlockStart = (parser: BlockParser, cursor: LineCursor) => boolean;

/** First characters of all that can begin, other than indented code: not those of most prose. */
const SPECIAL = /^[#>`~<=|:*_+\d-]/;
const HEADING = /^(#{1,6})(?:[ \t]+|$)/;
const CLOSING_HASHES = /(?:^|[ \t])#+[ \t]*$/;
const FENCE = /^(?:`{3,}(?=[^`]*$)|~{3,})/;
const UNDERLINE = /^(?:=+|-+)[ \t]*$/;
const RULE = /^([*_-])[ \t]*(?:\1[ \t]*){2,}$/;
const LIST_MARKER = /^(?:([-+*])|(\d{1,9})([.)]))(?=[ \t]|$)/;

/** A wider gap after a marker is an indented code block in the item. */
const MARKER_GAP_MAX_COLUMNS = 4;

const startQuote: BlockStart = (parser, cursor) => {
  if (!parser.canNest || !cursor.skipQuoteMarker()) return false;
  parser.open({ type: 'quote', children: new Sequence() });
  return true;
};

const startHeading: BlockStart = (parser, { text }) => {
  const [marker, { length: level } = ''] = HEADING.exec(text) ?? [];
  if (marker === undefined) return false;
  const content = text.slice(marker.length).replace(CLOSING_HASHES, '');
  parser.open({ type: 'heading', level, text: content });
  return true;
};

function openCode(parser: BlockParser, fence: Fence | undefined, language: string): void {
  parser.open({ type: 'code', fence, language, lines: new Sequence(), blankLines: new Sequence() });
}

const startFence: BlockStart = (parser, { text, indent }) => {
  const marks = FENCE.exec(text)?.[0];
  if (marks === undefined) return false;
  const [language = ''] = unescapeText(text.slice(marks.length).trim()).split(/\s/, 1);
  openCode(parser, { marks, indent }, language);
  return true;
};

const startHtml: BlockStart = (parser, { text }) => {
  const html = findHtmlStart(text, parser.tip.type === 'paragraph');
  if (html === undefined) return false;
  parser.open({ type: 'html', end: html[1], text: '' });
  return true;
};

const startUnderlinedHeading: BlockStart = (parser, cursor) => {
  const paragraph = parser.container;
  if (paragraph.type !== 'paragraph' || !UNDERLINE.test(cursor.text)) return false;
  parser.takeDefinitions(paragraph);
  const { text } = paragraph;
  if (text.trim() === '') return false;
  paragraph.text = '';
  parser.open({ type: 'heading', level: cursor.text.startsWith('=') ? 1 : 2, text });
  return true;
};

const startTable: BlockStart = (parser, cursor) => {
  const paragraph = parser.container;
  if (paragraph.type !== 'paragraph' || paragraph.text === '') return false;
  const alignments = readDelimiterRow(cursor.text);
  const { text, lastLine } = paragraph;
  const cells = splitRow(lastLine);
  const hasPipe = (lastLine + cursor.text).includes('|');
  if (cells.length !== alignments?.length || !hasPipe) return false;
  // What is before its last line stays a paragraph.
  paragraph.text = text.slice(0, -lastLine.length);
  parser.open({
    type: 'table',
    alignments,
    head: parser.readRow(cells, false),
    children: new Sequence(),
    spareCells: SPARE_CELLS_MAX,
  });
  return true;
};

const startRule: BlockStart = (parser, cursor) => {
  if (!RULE.test(cursor.text)) return false;
  parser.open({ type: 'rule' });
  return true;
};

const startItem: BlockStart = (parser, cursor) => {
  const [marker, bullet, number, delimiter = bullet ?? ''] = LIST_MARKER.exec(cursor.text) ?? [];
  if (marker === undefined || !parser.canNest) return false;
  const start = number === undefined ? undefined : Number(number);
  if (parser.container.type === 'paragraph') {
    // Only a list that begins with 1 and with text can interrupt a paragraph, or numbers in prose would.
    if ((start ?? 1) !== 1 || cursor.text.slice(marker.length).trim() === '') return false;
  }
  const width = cursor.indent + marker.length;
  cursor.skip(width);
  const gap = cursor.isBlank || cursor.indent > MARKER_GAP_MAX_COLUMNS ? 1 : cursor.indent;
  cursor.skip(gap);
  parser.closeUnmatched();
  if (parser.tip.type !== 'list' || parser.tip.delimiter !== delimiter) {
    parser.open({ type: 'list', delimiter, start, tight: true, children: new Sequence() });
  }
  parser.open({ type: 'item', columns: width + gap, checked: undefined, children: new Sequence() });
  return true;
};

const STARTS: readonly BlockStart[] = [
  startQuote,
  startHeading,
  startFence,
  startHtml,
  startUnderlinedHeading,
  startTable,
  startRule,
  startItem,
];

export const startBlock: BlockStart = (parser, cursor) => {
  if (!cursor.isIndented) return SPECIAL.test(cursor.text) && STARTS.some((start) => start(parser, cursor));
  if (cursor.isBlank || parser.tip.type === 'paragraph') return false;
  cursor.skip(CODE_INDENT_COLUMNS);
  openCode(parser, undefined, '');
  return true;
};
