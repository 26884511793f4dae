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

  /** With other items in the place of some: the same chunks where all are the same, and the same list where all chunks are. */
  with(change: (item: Item) => Item): Sequence<Item> {
    const chunks = changed(this.chunks, (chunk) => changed(chunk, change));
    const rest = changed(this.rest, change);
    return chunks === this.chunks && rest === this.rest ? this : new Sequence(chunks, rest);
  }

  *[Symbol.iterator](): Iterator<Item> {
    yield* this.groups.flat();
  }
}

function changed<Item>(items: readonly Item[], change: (item: Item) => Item): readonly Item[] {
  const others = items.map(change);
  return others.every((item, index) => item === items[index]) ? items : others;
}
