/** Measurements of several subjects beside each other, and what is said of them. */
import { quantile } from './distribution.ts';

/** What several runs measured, or why there is nothing. */
export type Cell = readonly number[] | string;

export interface Column {
  readonly title: string;
  /** Behind the point. */
  readonly digits?: number;
  /** A row that the others are held against, in a column of its own. */
  readonly ratioTo?: string;
}

export interface ComparedRow {
  readonly name: string;
  /** One for each column. */
  readonly cells: readonly Cell[];
  readonly note?: string;
}

/** What a median is to be at most. */
export interface Target {
  readonly what: string;
  readonly limit: number;
  readonly measured: number;
  readonly unit: string;
}

export interface Comparison {
  readonly title: string;
  /** How it was measured. */
  readonly about: string;
  /** What the first column lists. */
  readonly of: string;
  readonly columns: readonly Column[];
  readonly rows: readonly ComparedRow[];
  readonly targets?: readonly Target[];
  /** Markdown that follows. */
  readonly appendix?: readonly string[];
  /** An SVG, for the README. */
  readonly chart?: string;
}

export function isComparison(result: object): result is Comparison {
  return 'columns' in result;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** As Markdown: what was done, the table, and which targets are met. */
export function comparisonLines({ title, about, of, columns, rows, ...rest }: Comparison): readonly string[] {
  const { targets = [], appendix = [] } = rest;
  const head = [of, ...columns.flatMap(headOf), 'n', ''];
  const body = rows.map((row) => [
    row.name,
    ...columns.flatMap((column, index) => cellsOf(row.cells[index], column, index, rows)),
    String(Math.max(0, ...row.cells.map((cell) => (typeof cell === 'string' ? 0 : cell.length)))),
    row.note ?? '',
  ]);
  return [
    `## ${title}`,
    '',
    about,
    '',
    ...markdownTable(head, body),
    ...(targets.length === 0 ? [] : ['', ...targets.map(targetLine)]),
    ...(appendix.length === 0 ? [] : ['', ...appendix]),
  ];
}

export function isMet({ measured, limit }: Target): boolean {
  return measured <= limit;
}

function targetLine(target: Target): string {
  const { what, limit, measured, unit } = target;
  const value = Number.isFinite(measured) ? `${shortNumber(measured)}${unit}` : 'not measured';
  return `- ${isMet(target) ? 'Met' : '**Missed**'}: ${what}, at most ${shortNumber(limit)}${unit}: ${value}.`;
}

function shortNumber(value: number): string {
  return String(Number(value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)));
}

function headOf({ title, ratioTo }: Column): readonly string[] {
  return ratioTo === undefined ? [title] : [title, `× ${ratioTo}`];
}

function cellsOf(
  cell: Cell | undefined,
  { digits = 0, ratioTo }: Column,
  index: number,
  rows: readonly ComparedRow[],
): readonly string[] {
  const shown =
    cell === undefined || cell.length === 0 ? '' : typeof cell === 'string' ? cell : spread(cell, digits);
  if (ratioTo === undefined) return [shown];
  const reference = rows.find(({ name }) => name === ratioTo)?.cells[index];
  const ratio = ratioOf(cell, reference);
  return [shown, Number.isFinite(ratio) ? ratio.toFixed(ratio < 10 ? 2 : 0) : ''];
}

/** Of medians; NaN where one is missing. */
export function ratioOf(one: Cell | undefined, other: Cell | undefined): number {
  if (typeof one !== 'object' || typeof other !== 'object') return NaN;
  return median(one) / median(other);
}

/** The median, and between which the runs were. */
function spread(values: readonly number[], digits: number): string {
  const number = (value: number): string =>
    value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const middle = number(median(values));
  const least = number(Math.min(...values));
  const most = number(Math.max(...values));
  return least === most ? middle : `${middle} [${least}–${most}]`;
}

/** Padded, so that it can also be read as text. All but the first and the last column are numbers. */
export function markdownTable(
  head: readonly string[],
  body: readonly (readonly string[])[],
): readonly string[] {
  const isNumber = (column: number): boolean => column > 0 && column < head.length - 1;
  const widths = head.map((_title, column) =>
    Math.max(3, ...[head, ...body].map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]): string =>
    `| ${widths.map((width, column) => (isNumber(column) ? (row[column] ?? '').padStart(width) : (row[column] ?? '').padEnd(width))).join(' | ')} |`;
  const rule = widths.map((width, column) => '-'.repeat(width - 1) + (isNumber(column) ? ':' : '-'));
  return [head, rule, ...body].map(line);
}
