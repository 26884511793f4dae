/** The rows of a table in Markdown, read and written: the first cell is the number, the last the files that prove it. */

const ROW = /^\| *([A-Z]\d{1,2}) *\|/;

/** The files of each row, by its number. Throws when a number has two rows. */
export function readRows(markdown: string): ReadonlyMap<string, readonly string[]> {
  const rows = new Map<string, readonly string[]>();
  for (const line of markdown.split('\n')) {
    const number = ROW.exec(line)?.[1];
    if (number === undefined) continue;
    if (rows.has(number)) throw new Error(`${number} has two rows`);
    rows.set(number, filesOf(line));
  }
  return rows;
}

function filesOf(row: string): readonly string[] {
  const last = row.split('|').at(-2) ?? '';
  return [...last.matchAll(/`([^`]+)`/g)].map(([, path = '']) => path);
}

/** The same table with these files in its last column. */
export function writeFiles(markdown: string, proofs: ReadonlyMap<string, readonly string[]>): string {
  const lines = markdown.split('\n').map((line) => {
    const number = ROW.exec(line)?.[1];
    if (number === undefined) return line;
    const cells = line.split('|').slice(0, -2).join('|');
    const files = (proofs.get(number) ?? []).map((path) => ` \`${path}\``).join('');
    return `${cells}|${files} |`;
  });
  return lines.join('\n');
}
