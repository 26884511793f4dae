/** Events that cannot be read are passed over; so many in a row mean that the service speaks another dialect. */
import type { DialectEvent } from './dialect.ts';

const IN_A_ROW = 3;

export class ForeignEvents {
  readonly #hint: string;
  #count = 0;

  constructor(hint: string) {
    this.#hint = hint;
  }

  /** An event was understood. */
  none(): void {
    this.#count = 0;
  }

  /** One was not. */
  one(): readonly DialectEvent[] {
    this.#count += 1;
    if (this.#count < IN_A_ROW) return [];
    return [{ type: 'fail', code: 'upstream_failed', hint: this.#hint }];
  }
}
