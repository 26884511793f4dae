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

/** `label`: its name, for those who do not see it. */
export function tableShape({ alignments, head, children: rows }: Table, label: string): ElementShape {
  const { groups } = rows;
  const isLong = groups.length > SHORT_GROUPS_MAX;
  const widthOf = (column: number): string => {
    const lengths = [head, ...(groups[0] ?? [])].map(
      ({ cells }) => plainText(cells[column] ?? []).replace(WIDE, '..').length,
    );
    const longest = Math.max(...lengths);
    return `w${String(WIDTHS.filter((width) => width < longest).length)}`;
  };
  const rowShape = ({ cells }: TableRow, tag: 'th' | 'td', isFirst: boolean): ElementShape =>
    element(
      'tr',
      cells.map((cell, column) => {
        const align = alignments[column];
        return element(tag, inlineShapes(cell), {
          ...(align && { align }),
          ...(isLong && isFirst && { class: widthOf(column) }),
        });
      }),
    );
  const body = (group: readonly TableRow[]): ElementShape =>
    element(
      'tbody',
      group.map((item, index) => ({ item, manner: isLong, draw: () => rowShape(item, 'td', index === 0) })),
    );
  const table = element('table', [
    { item: head.cells, manner: isLong, draw: () => element('thead', [rowShape(head, 'th', true)]) },
    ...groups.map((item) => ({ item, manner: isLong, draw: () => body(item) })),
  ]);
  return element('div', [table], {
    class: isLong ? 'table long' : 'table',
    part: 'table',
    role: 'group',
    tabindex: '0',
    'aria-label': label,
  });
}
