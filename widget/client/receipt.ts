/** Tells the relay from time to time how much has been read, so that it can tell a slow page from a dead one (rule S7). */
import { RECEIPT_CHARS } from '#protocol';

export class Receipt {
  #received = 0;
  #told = 0;

  /** A new connection counts from nothing. */
  restart(): void {
    this.#received = this.#told = 0;
  }

  /** `chars`: of one frame. What the relay is to be told, when it is time to. */
  add(chars: number): number | undefined {
    this.#received += chars;
    if (this.#received - this.#told < RECEIPT_CHARS) return undefined;
    this.#told = this.#received;
    return this.#received;
  }
}
