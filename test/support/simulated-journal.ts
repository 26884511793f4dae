/** What storage was made to hold, in the order in which it took effect: the truth that everything else is compared with. */
import type { ThreadMessage } from '#protocol';
import type { StartedRun, ThreadCommit } from '../../partykit/room/ports.ts';

export class Journal {
  /** Ids of the thread as it is now. */
  #current: string[] = [];
  #openRun: StartedRun | undefined;
  #gen = 0;
  /** By message: the generations in which it was stored. */
  readonly #takenIn = new Map<string, readonly number[]>();
  readonly #wrong: (what: string) => void;

  constructor(wrong: (what: string) => void) {
    this.#wrong = wrong;
  }

  committed({ append, open }: ThreadCommit): void {
    for (const { id } of append) {
      if (this.#current.includes(id)) this.#wrong(`3: ${id} was stored twice`);
      this.#current.push(id);
      this.#takenIn.set(id, [...this.takenIn(id), this.#gen]);
    }
    this.#openRun = open;
  }

  reset(gen: number): void {
    if (gen !== this.#gen + 1) this.#wrong(`S6: generation ${gen} after ${this.#gen}`);
    this.#gen = gen;
    this.#current = [];
    this.#openRun = undefined;
  }

  get gen(): number {
    return this.#gen;
  }

  get openRun(): StartedRun | undefined {
    return this.#openRun;
  }

  get ids(): readonly string[] {
    return this.#current;
  }

  wasStored(id: string): boolean {
    return this.#takenIn.has(id);
  }

  takenIn(id: string): readonly number[] {
    return this.#takenIn.get(id) ?? [];
  }

  holds(messages: readonly ThreadMessage[]): boolean {
    return messages.map(({ id }) => id).join() === this.#current.join();
  }
}
