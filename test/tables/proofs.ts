/** What the test files of the project prove, by the numbers in their titles. */
import { readdirSync, readFileSync } from 'node:fs';
import type { NumberedTable } from './table.ts';
import { numbersIn } from './titles.ts';

const FOLDER = new URL('../', import.meta.url);

/** Where the table is. */
export function addressOf({ file }: NumberedTable): URL {
  return new URL(file, FOLDER);
}

/** Path below the folder of the tests, and code. */
function testFiles(): ReadonlyMap<string, string> {
  const paths = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    // What is in the folder itself is about the tests.
    .filter((path) => path.includes('/') && path.endsWith('.test.ts'));
  return new Map(paths.sort().map((path) => [path, readFileSync(new URL(path, FOLDER), 'utf8')]));
}

/** The test files that carry each number, also those that have no row. */
export function proofsOf(table: NumberedTable): ReadonlyMap<string, readonly string[]> {
  const proofs = new Map<string, string[]>(table.numbers.map((number) => [number, []]));
  for (const [path, code] of testFiles()) {
    if (!table.in.test(path)) continue;
    for (const number of numbersIn(code, table.mark)) {
      proofs.set(number, [...(proofs.get(number) ?? []), path]);
    }
  }
  return proofs;
}
