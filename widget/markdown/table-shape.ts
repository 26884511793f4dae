/**
 * Tables to shapes. Columns are as wide as what is in them, for which browsers go over all cells whenever one changes. In a
 * long table each group of rows is therefore laid out by itself, with columns as wide as its first rows suggest.
 */
import { inlineShapes, plainText } from './inline-shapes.ts';
import { Sequence } from './sequence.ts';
import { drawn, element, type Attributes, type ElementShape } from './shape.ts';
import type { Table, TableRow } from './tree.ts';

/** With more rows than this, a table is long. */
const SHORT_ROWS_MAX = 64;

/** Classes of the style sheet for cells with texts up to so many characters; wider ones have the last. */
const WIDTHS = [6, 12, 20, 30];

/** Letters as wide as two others. */
const WIDE = /[\u1100-\uffdc]/g;

/** By the rows that they were read from. */
const knownWidths = new WeakMap<readonly TableRow[], readonly string[]>();

/** `label`: its name, for those who do not see it. */
export function tableShape({ alignments, head, rows }: Table, label: string): ElementShape {
  const { chunks, rest } = rows;
  const isLong = rows.length > SHORT_ROWS_MAX;
  const widths = isLong && chunks[0] !== undefined ? widthsOf(head, chunks[0]) : [];
  const aligned = alignments.map((align): Attributes => (align === undefined ? {} : { align }));
  const sized = isLong
    ? aligned.map((align, index): Attributes => ({ ...align, class: widths[index] ?? 'w0' }))
    : aligned;

  const row = ({ cells }: TableRow, tag: 'th' | 'td', attributes: readonly Attributes[]): ElementShape =>
    element(
      'tr',
      cells.map((cell, index) => element(tag, inlineShapes(cell), attributes[index])),
    );
  const body = (group: readonly TableRow[], manner: string): ElementShape =>
    element(
      'tbody',
      drawn(Sequence.of(group), (cells) => row(cells, 'td', cells === group[0] ? sized : aligned), manner),
    );
  const manner = widths.join(' ');
  const groups = rest.length === 0 ? chunks : [...chunks, rest];
  const parts = Sequence.of<TableRow | readonly TableRow[]>([head, ...groups]);
  const table = element(
    'table',
    drawn(
      parts,
      (part) => ('cells' in part ? element('thead', [row(part, 'th', sized)]) : body(part, manner)),
      manner,
    ),
  );
  return element('div', [table], {
    class: isLong ? 'table long' : 'table',
    part: 'table',
    role: 'group',
    tabindex: '0',
    'aria-label': label,
  });
}

function widthsOf(head: TableRow, rows: readonly TableRow[]): readonly string[] {
  const known = knownWidths.get(rows);
  if (known !== undefined) return known;
  const widths = head.cells.map((_cell, column) => {
    const lengths = [head, ...rows].map(
      ({ cells }) => plainText(cells[column] ?? []).replace(WIDE, '..').length,
    );
    const longest = Math.max(...lengths);
    return `w${String(WIDTHS.filter((width) => width < longest).length)}`;
  });
  knownWidths.set(rows, widths);
  return widths;
}
