/** How many runs somebody has started today, in the store of an object of their own, so that all their threads count. */
import * as z from 'zod/mini';

const KEY = 'runs';
const DAY_MS = 24 * 60 * 60_000;

const countSchema = z.object({
  /** Days since the epoch, in UTC. */
  day: z.int(),
  runs: z.int().check(z.nonnegative()),
});

/** The part of a Durable Object's storage that is needed. */
export interface CountStore {
  get(keys: string[]): Promise<Map<string, unknown>>;
  put(entries: Record<string, unknown>): Promise<void>;
}

export class DayCount {
  readonly #store: CountStore;
  readonly #now: () => number;
  #last: Promise<unknown> = Promise.resolve();

  /** `now`: ms since the epoch. */
  constructor(store: CountStore, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  /** Takes one of `limit`: 0, or how many ms until there are new ones. Rejects when storage does, and takes none then. */
  spend(limit: number): Promise<number> {
    const result = this.#last.then(() => this.#spend(limit));
    // One at a time: two that both read before either writes would count once.
    this.#last = result.catch(() => undefined);
    return result;
  }

  async #spend(limit: number): Promise<number> {
    const now = this.#now();
    const day = Math.floor(now / DAY_MS);
    const stored = countSchema.safeParse((await this.#store.get([KEY])).get(KEY));
    // What cannot be read, or is of another day, is a day without runs.
    const runs = stored.success && stored.data.day === day ? stored.data.runs : 0;
    if (runs >= limit) return (day + 1) * DAY_MS - now;
    await this.#store.put({ [KEY]: { day, runs: runs + 1 } });
    return 0;
  }
}
