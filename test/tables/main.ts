/** Writes the "Proved by" columns of the tables from the titles of the tests, and says what nothing proves. */
import { readFileSync, writeFileSync } from 'node:fs';
import { addressOf, proofsOf } from './proofs.ts';
import { writeFiles } from './rows.ts';
import { TABLES } from './table.ts';

for (const table of TABLES) {
  const address = addressOf(table);
  const proofs = proofsOf(table);
  writeFileSync(address, writeFiles(readFileSync(address, 'utf8'), proofs));
  const unproved = table.numbers.filter((number) => proofs.get(number)?.length === 0);
  const told = unproved.length === 0 ? 'every row is proved' : `nothing proves ${unproved.join(', ')}`;
  console.log(`${table.file}: ${told}`);
}
