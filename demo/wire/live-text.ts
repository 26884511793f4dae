/** Where text begins that says nothing about itself: where the text before it ended (rule S8). */
import type { WireRow } from './wire-row.ts';

export class LiveText {
  #end = 0;

  /** The row with its offset, where it is text of an answer. */
  follow(row: WireRow): WireRow {
    if (row.type === 'streaming') this.#end = 0;
    if (row.direction !== 'received' || row.type !== 'token') return row;
    const offset = row.offset ?? this.#end;
    this.#end = offset + row.chars;
    return { ...row, offset };
  }
}
