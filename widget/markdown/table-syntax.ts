/** The two kinds of table lines of GFM. */
import type { Alignment } from './tree.ts';

const DELIMITER_ROW = /^\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*(?:\|[ \t]*)?$/;

/** More columns than anybody reads; more would let a short text make millions of cells. */
const COLUMNS_MAX = 256;

/** Cells that a table fills short rows up with; beyond, rows stay short, or a few kB could make millions of cells. */
export const SPARE_CELLS_MAX = 20_000;

/** The cells of a line, trimmed. An escaped pipe is a pipe, whatever surrounds it. */
export function splitRow(line: string): string[] {
  const row = line.trim();
  const cells: string[] = [];
  let cell = '';
  let start = row.startsWith('|') ? 1 : 0;
  for (let index = start; index < row.length; index += 1) {
    const character = row.charAt(index);
    if (character === '\\' && row.charAt(index + 1) === '|') {
      cell += row.slice(start, index);
      start = index + 1;
      index += 1;
    } else if (character === '\\') {
      index += 1;
    } else if (character === '|') {
      cells.push((cell + row.slice(start, index)).trim());
      cell = '';
      start = index + 1;
    }
  }
  const last = (cell + row.slice(start)).trim();
  if (start < row.length || cell !== '' || cells.length === 0) cells.push(last);
  return cells;
}

/** What a delimiter row says about its columns; undefined when the line is none. */
export function readDelimiterRow(line: string): Alignment[] | undefined {
  if (!DELIMITER_ROW.test(line)) return undefined;
  const cells = splitRow(line);
  if (cells.length > COLUMNS_MAX) return undefined;
  return cells.map((cell) => {
    if (cell.endsWith(':')) return cell.startsWith(':') ? 'center' : 'right';
    return cell.startsWith(':') ? 'left' : undefined;
  });
}
