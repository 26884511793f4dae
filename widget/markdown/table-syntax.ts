/** The two kinds of table lines of GFM. */
import type { Alignment } from './tree.ts';

const DELIMITER = /^:?-+:?$/;

/** More columns than anybody reads; more would let a short text make millions of cells. */
const COLUMNS_MAX = 256;

/** Cells that a table fills short rows up with; beyond, rows stay short, or a few kB could make millions of cells. */
export const SPARE_CELLS_MAX = 20_000;

/** The cells of a line, trimmed. An escaped pipe is a pipe, whatever surrounds it. */
export function splitRow(line: string): string[] {
  const cells = line
    .trim()
    .replace(/^\|/, '')
    .replace(/\\[^]|\|/g, (mark) => (mark === '|' ? '\n' : mark.replace('\\|', '|')))
    .split('\n')
    .map((cell) => cell.trim());
  // Behind a pipe at the end there is no cell.
  return cells.length > 1 && cells.at(-1) === '' ? cells.slice(0, -1) : cells;
}

/** What a delimiter row says about its columns; undefined when the line is none. */
export function readDelimiterRow(line: string): Alignment[] | undefined {
  const cells = splitRow(line);
  if (cells.length > COLUMNS_MAX || !cells.every((cell) => DELIMITER.test(cell))) return undefined;
  return cells.map((cell) => {
    if (cell.endsWith(':')) return cell.startsWith(':') ? 'center' : 'right';
    return cell.startsWith(':') ? 'left' : undefined;
  });
}
