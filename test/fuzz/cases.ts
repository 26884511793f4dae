/** How many cases there are: few in `npm test`, `FUZZ_CASES` of them in `npm run fuzz`; and what has to hold after all. */
import { expect } from 'vitest';
import { prototypes } from '../support/prototypes.ts';
import { eachSeed, type SeededRandom } from '../support/seeded-random.ts';

const COUNT = Number(process.env['FUZZ_CASES'] ?? 300);
if (!Number.isSafeInteger(COUNT) || COUNT < 1) throw new Error('FUZZ_CASES is not a number of cases');

/**
 * One case a seed, so that one that fails can be had again alone. What all objects share is as it was at the end.
 *
 * @returns how many there were: of one alone nothing can be said about how they are spread
 */
export async function eachCase(
  body: (random: SeededRandom, seed: number) => void | Promise<void>,
): Promise<number> {
  const before = prototypes();
  let count = 0;
  await eachSeed(COUNT, async (random, seed) => {
    count += 1;
    await body(random, seed);
  });
  expect(prototypes()).toEqual(before);
  return count;
}

/** Longer than any of them takes on a busy machine, with 10,000 cases. */
export const FUZZ_TIMEOUT_MS = 20_000 + COUNT * 30;
