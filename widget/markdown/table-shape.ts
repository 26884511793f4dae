/**
 * Tables to shapes. Columns are as wide as what is in them, for which browsers go over all cells whenever one changes. In a
 * long table each group of rows is therefore laid out by itself, with columns as wide as its first rows suggest.
 */
import { inlineShapes, plainText } from './inline-shapes.ts';
import { element, type ElementShape } from './shape.ts';
import type { Table, TableRow } from './tree.ts';

/** With more groups of rows than this, a table is long. */
const SHORT_GROUPS_MAX = 2;

/** Classes of the style sheet for cells with texts up to so many characters; wider ones have the last. */
const WIDTHS = [6, 12, 20, 30];

/** Letters as wide as two others. */
const WIDE = /[\u1100-\uffdc]/g;

/** By the rows that they were read from. */
const knownWidths = new WeakMap<readonly TableRow[], readonly string[]>();

/** `label`: its name, for those who do not see it. */
export function tableShape({ alignments, head, children: rows }: Table, label: string): ElementShape {
  const { groups } = rows;
  const isLong = groups.length > SHORT_GROUPS_MAX;
  const widths = isLong ? widthsOf(head, groups[0] ?? []) : [];
  const manner = widths.join();
  const rowShape = ({ cells }: TableRow, tag: 'th' | 'td', isSized: boolean): ElementShape =>
    element(
      'tr',
      cells.map((cell, index) => {
        const align = alignments[index];
        return element(tag, inlineShapes(cell), {
          ...(align && { align }),
          ...(isLong && isSized && { class: widths[index] ?? 'w0' }),
        });
      }),
    );
  const body = (group: readonly TableRow[]): ElementShape =>
    element(
      'tbody',
      group.map((item, index) => ({ item, manner, draw: () => rowShape(item, 'td', index === 0) })),
    );
  const table = element('table', [
    { item: head.cells, manner, draw: () => element('thead', [rowShape(head, 'th', true)]) },
    ...groups.map((item) => ({ item, manner, draw: () => body(item) })),
  ]);
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
