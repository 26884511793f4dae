/** Holds what all rooms of a relay have counted, in the store of one object, so that a restart keeps it. */
import { add, countsSchema, NO_COUNTS, type Counts } from './counts.ts';

const KEY = 'counts';

/** The part of a Durable Object's storage that the ledger needs. */
export interface LedgerStore {
  get(keys: string[]): Promise<Map<string, unknown>>;
  put(entries: Record<string, unknown>): Promise<void>;
}

export class Ledger {
  readonly #store: LedgerStore;
  readonly #onCorrupt: () => void;
  #last: Promise<unknown> = Promise.resolve();

  /** `onCorrupt`: the stored value could not be read, and counting begins again at zero. */
  constructor(store: LedgerStore, { onCorrupt }: { readonly onCorrupt: () => void }) {
    this.#store = store;
    this.#onCorrupt = onCorrupt;
  }

  /** Rejects when storage does; nothing of the report is kept then. */
  report(counts: Counts): Promise<void> {
    return this.#inTurn(async () => {
      await this.#store.put({ [KEY]: add(await this.#load(), counts) });
    });
  }

  read(): Promise<Counts> {
    return this.#inTurn(() => this.#load());
  }

  async #load(): Promise<Counts> {
    const stored = (await this.#store.get([KEY])).get(KEY);
    if (stored === undefined) return NO_COUNTS;
    const parsed = countsSchema.safeParse(stored);
    if (parsed.success) return parsed.data;
    this.#onCorrupt();
    return NO_COUNTS;
  }

  /** One at a time: two reports that both read before either writes would lose one. */
  #inTurn<Value>(task: () => Promise<Value>): Promise<Value> {
    const result = this.#last.then(task);
    this.#last = result.catch(() => undefined);
    return result;
  }
}
