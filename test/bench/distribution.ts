/** Measured times and what is said of them. */

export interface Row {
  readonly what: string;
  /** In milliseconds, in any order. */
  readonly times: readonly number[];
  /** What else is to be known. */
  readonly note?: string;
}

/** The smallest time that `share` of all do not exceed. */
export function quantile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? NaN;
}

const HEAD = ['ms', 'p50', 'p95', 'p99', 'n', ''];

/** Lines of a Markdown table. */
export function tableOf(rows: readonly Row[]): readonly string[] {
  const cells = rows.map(({ what, times, note = '' }) => [
    what,
    ...[0.5, 0.95, 0.99].map((share) => quantile(times, share).toFixed(1)),
    String(times.length),
    note,
  ]);
  const widthOf = (column: number): number =>
    Math.max(3, ...[HEAD, ...cells].map((row) => row[column]?.length ?? 0));
  const line = (row: readonly string[]): string => {
    const padded = row.map((cell, column) =>
      isNumber(column) ? cell.padStart(widthOf(column)) : cell.padEnd(widthOf(column)),
    );
    return `| ${padded.join(' | ')} |`;
  };
  const rule = HEAD.map((_title, column) => '-'.repeat(widthOf(column) - 1) + (isNumber(column) ? ':' : '-'));
  return [HEAD, rule, ...cells].map(line);
}

function isNumber(column: number): boolean {
  return column > 0 && column < HEAD.length - 1;
}
