/**
 * An immutable list that is made to grow at its end. It is kept in chunks, which a longer list shares with the shorter
 * one it came from: whoever has dealt with a chunk knows it again, and a list of thousands costs as little as its end.
 */

const CHUNK_LENGTH = 32;

export class Sequence<Item> implements Iterable<Item> {
  /** All of the same length. */
  readonly chunks: readonly (readonly Item[])[];
  /** What follows the chunks. */
  readonly rest: readonly Item[];

  constructor(chunks: readonly (readonly Item[])[] = [], rest: readonly Item[] = []) {
    this.chunks = chunks;
    this.rest = rest;
  }

  get last(): Item | undefined {
    return this.rest.at(-1) ?? this.chunks.at(-1)?.at(-1);
  }

  /** The chunks, and the rest where there is one. */
  get groups(): readonly (readonly Item[])[] {
    return this.rest.length === 0 ? this.chunks : [...this.chunks, this.rest];
  }

  append(item: Item): Sequence<Item> {
    const rest = [...this.rest, item];
    return rest.length < CHUNK_LENGTH
      ? new Sequence(this.chunks, rest)
      : new Sequence([...this.chunks, rest], []);
  }

  map(change: (item: Item) => Item): Sequence<Item> {
    return new Sequence(
      this.chunks.map((chunk) => chunk.map(change)),
      this.rest.map(change),
    );
  }

  *[Symbol.iterator](): Iterator<Item> {
    yield* this.groups.flat();
  }
}
