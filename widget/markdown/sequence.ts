/**
 * An immutable list that is made to grow at its end. It is kept in chunks, which a longer list shares with the shorter
 * one it came from: whoever has dealt with a chunk knows it again, and a list of thousands costs as little as its end.
 */

const CHUNK_LENGTH = 32;

export class Sequence<Item> implements Iterable<Item> {
  static readonly #empty = new Sequence<never>([], []);

  /** All of the same length. */
  readonly chunks: readonly (readonly Item[])[];
  /** What follows the chunks. */
  readonly rest: readonly Item[];

  constructor(chunks: readonly (readonly Item[])[], rest: readonly Item[]) {
    this.chunks = chunks;
    this.rest = rest;
  }

  static empty(): Sequence<never> {
    return Sequence.#empty;
  }

  /** Without chunks: for lists that are made anew when they change. */
  static of<Item>(items: readonly Item[]): Sequence<Item> {
    return items.length === 0 ? Sequence.#empty : new Sequence([], items);
  }

  get length(): number {
    return this.chunks.length * CHUNK_LENGTH + this.rest.length;
  }

  get last(): Item | undefined {
    return this.rest.at(-1) ?? this.chunks.at(-1)?.at(-1);
  }

  append(item: Item): Sequence<Item> {
    const rest = [...this.rest, item];
    return rest.length < CHUNK_LENGTH
      ? new Sequence(this.chunks, rest)
      : new Sequence([...this.chunks, rest], []);
  }

  /** Visits the items but for the chunks that a former list had at the same place. */
  forEachNew(before: Sequence<unknown> | undefined, visit: (item: Item, index: number) => void): void {
    this.chunks.forEach((chunk, number) => {
      if (chunk === before?.chunks[number]) return;
      chunk.forEach((item, index) => visit(item, number * CHUNK_LENGTH + index));
    });
    const start = this.chunks.length * CHUNK_LENGTH;
    this.rest.forEach((item, index) => visit(item, start + index));
  }

  *[Symbol.iterator](): Iterator<Item> {
    for (const chunk of this.chunks) yield* chunk;
    yield* this.rest;
  }
}

/** Maps sequences, and remembers what whole chunks became. */
export class ChunkMap<Item, Result> {
  #known = new WeakMap<readonly Item[], readonly Result[]>();

  map(items: Sequence<Item>, transform: (item: Item) => Result): Sequence<Result> {
    const chunks = items.chunks.map((chunk) => {
      const result = this.#known.get(chunk) ?? chunk.map(transform);
      this.#known.set(chunk, result);
      return result;
    });
    return new Sequence(chunks, items.rest.map(transform));
  }

  forget(): void {
    this.#known = new WeakMap();
  }
}
