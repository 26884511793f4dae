/**
 * Chance that can be had again. A test that uses it runs over fixed seeds and names the seed that failed;
 * `TEST_SEED=17` runs that one alone.
 */

export class SeededRandom {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** In [0, 1). The generator is mulberry32. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number in [0, limit). */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  }

  /** `text` in pieces of 1 to `longest` UTF-16 code units, so also between the halves of a surrogate pair. */
  pieces(text: string, longest: number): string[] {
    const pieces: string[] = [];
    for (let from = 0; from < text.length;) {
      const to = from + 1 + this.below(longest);
      pieces.push(text.slice(from, to));
      from = to;
    }
    return pieces;
  }
}

export async function eachSeed(
  count: number,
  body: (random: SeededRandom, seed: number) => void | Promise<void>,
): Promise<void> {
  const only = process.env['TEST_SEED'];
  const seeds = only === undefined ? Array.from({ length: count }, (_, index) => index + 1) : [Number(only)];
  for (const seed of seeds) {
    try {
      await body(new SeededRandom(seed), seed);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      throw new Error(`with TEST_SEED=${seed}: ${message}`, { cause: error });
    }
  }
}
