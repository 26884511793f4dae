/** A page's `localStorage` in memory. */
import type { KeyedStorage } from '../../widget/client/unsent-shelf.ts';

export class MemoryKeyedStorage implements KeyedStorage {
  readonly #values = new Map<string, string>();
  /** Full or forbidden: every use throws. */
  broken = false;

  get length(): number {
    this.#check();
    return this.#values.size;
  }

  key(index: number): string | null {
    this.#check();
    return [...this.#values.keys()][index] ?? null;
  }

  getItem(key: string): string | null {
    this.#check();
    return this.#values.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.#check();
    this.#values.set(key, value);
  }

  removeItem(key: string): void {
    this.#check();
    this.#values.delete(key);
  }

  #check(): void {
    if (this.broken) throw new DOMException('not here', 'SecurityError');
  }
}
