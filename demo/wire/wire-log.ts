/** What the view of the wire has yet to draw, and what has passed in all. Bounded, however long nobody looks. */
import type { WireRow } from './wire-row.ts';

export class WireLog<Row extends WireRow> {
  /** Of frames, not of rows about the line. */
  frames = 0;
  bytes = 0;
  isPaused = false;
  readonly #limit: number;
  #waiting: Row[] = [];

  /** @param limit the rows that a view shows at most */
  constructor(limit: number) {
    this.#limit = limit;
  }

  add(row: Row): void {
    this.#waiting.push(row);
    // Now and then rather than each time.
    if (this.#waiting.length > 2 * this.#limit) this.#waiting = this.#waiting.slice(-this.#limit);
    if (row.direction === 'line') return;
    this.frames += 1;
    this.bytes += row.bytes;
  }

  /** The rows since it was last asked, oldest first; none while it is paused. */
  take(): readonly Row[] {
    if (this.isPaused) return [];
    const rows = this.#waiting.slice(-this.#limit);
    this.#waiting = [];
    return rows;
  }

  clear(): void {
    this.#waiting = [];
    this.frames = 0;
    this.bytes = 0;
  }
}
