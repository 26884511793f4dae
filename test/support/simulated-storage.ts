/**
 * A thread storage that belongs to one life of a relay: it takes time, does everything in the order in which it was
 * asked, can be the moment of death, and never answers a relay that is dead. What reached it stays for the next life.
 */
import type { ThreadMessage } from '#protocol';
import type { StoredPage, StoredThread, ThreadCommit, ThreadStorage } from '../../partykit/room/ports.ts';
import type { KeyValueAccess, KeyValueStore, ListOptions } from '../../partykit/storage/key-value-store.ts';
import type { Journal } from './simulated-journal.ts';

/** The life that a storage belongs to. */
export interface Mortal {
  readonly alive: boolean;
  /** Gone with the life. */
  wait(ms: number): Promise<void>;
  die(): void;
}

/** What is to happen at one of the next writes. */
export interface WriteFault {
  /** How many writes go well before. */
  after: number;
  readonly what: 'dies before' | 'dies after' | 'is refused';
}

function never(): Promise<never> {
  return new Promise(() => undefined);
}

export class SimulatedStorage implements ThreadStorage {
  readonly #inner: ThreadStorage;
  readonly #values: MortalKeyValueStore | undefined;
  readonly #life: Mortal;
  readonly #journal: Journal;
  readonly #latencyMs: number;
  #last: Promise<unknown> = Promise.resolve();
  #asked = 0;
  fault: WriteFault | undefined;

  /** `values`: what `inner` is built on, where it is built on anything. */
  constructor(
    inner: ThreadStorage,
    values: MortalKeyValueStore | undefined,
    life: Mortal,
    journal: Journal,
    latencyMs: number,
  ) {
    this.#values = values;
    this.#inner = inner;
    this.#life = life;
    this.#journal = journal;
    this.#latencyMs = latencyMs;
  }

  get busy(): boolean {
    return this.#asked > 0;
  }

  load(): Promise<StoredThread> {
    return this.#inOrder(() => this.#inner.load());
  }

  find(messageId: string): Promise<ThreadMessage | undefined> {
    return this.#inOrder(() => this.#inner.find(messageId));
  }

  page(before: string, limit: number): Promise<StoredPage> {
    return this.#inOrder(() => this.#inner.page(before, limit));
  }

  commit(change: ThreadCommit): Promise<void> {
    return this.#inOrder(() =>
      this.#write(async () => {
        await this.#inner.commit(change);
        this.#journal.committed(change);
      }),
    );
  }

  checkpoint(text: string): Promise<void> {
    return this.#inOrder(() => this.#write(() => this.#inner.checkpoint(text), false));
  }

  reset(gen: number, upstreamThreadId: string): Promise<void> {
    return this.#inOrder(() =>
      this.#write(async () => {
        await this.#inner.reset(gen, upstreamThreadId);
        this.#journal.reset(gen);
      }),
    );
  }

  /** A checkpoint is refused further down: what becomes of its text is a matter of the storage under test. */
  async #refused(run: () => Promise<void>, isWhole: boolean): Promise<void> {
    if (isWhole) throw new Error('refused in this schedule');
    this.#values?.refuseNextPut();
    await run();
  }

  async #write(run: () => Promise<void>, mayRefuse = true): Promise<void> {
    const fault = this.#nextFault();
    if (fault === 'dies before') {
      this.#life.die();
      return;
    }
    if (fault === 'is refused') await this.#refused(run, mayRefuse);
    else await run();
    if (fault === 'dies after') this.#life.die();
    else if (this.#latencyMs > 0) await this.#life.wait(this.#latencyMs);
  }

  #nextFault(): WriteFault['what'] | undefined {
    const { fault } = this;
    if (fault === undefined) return undefined;
    fault.after -= 1;
    if (fault.after >= 0) return undefined;
    this.fault = undefined;
    return fault.what;
  }

  async #inOrder<Value>(run: () => Promise<Value>): Promise<Value> {
    this.#asked += 1;
    const earlier = this.#last;
    const work = async (): Promise<Value> => {
      await earlier;
      if (this.#latencyMs > 0) await this.#life.wait(this.#latencyMs);
      const value = this.#life.alive ? await run() : await never();
      return this.#life.alive ? value : never();
    };
    const result = work();
    this.#last = result.catch(() => undefined);
    try {
      return await result;
    } finally {
      this.#asked -= 1;
    }
  }
}

/**
 * A key-value store that stops in the middle of things when its life ends, and lets other things happen in between: for
 * what is done behind the room's back.
 */
export class MortalKeyValueStore implements KeyValueStore {
  readonly #inner: KeyValueStore;
  readonly #life: Mortal;
  readonly #latencyMs: number;
  #refusing = false;

  constructor(inner: KeyValueStore, life: Mortal, latencyMs: number) {
    this.#inner = inner;
    this.#life = life;
    this.#latencyMs = latencyMs;
  }

  get(keys: string[]): Promise<Map<string, unknown>> {
    return this.#alive(() => this.#inner.get(keys));
  }

  refuseNextPut(): void {
    this.#refusing = true;
  }

  put(entries: Record<string, unknown>): Promise<void> {
    if (this.#refusing) {
      this.#refusing = false;
      return Promise.reject(new Error('refused in this schedule'));
    }
    return this.#alive(() => this.#inner.put(entries));
  }

  async delete(keys: string[]): Promise<number> {
    await this.#wait();
    return this.#alive(() => this.#inner.delete(keys));
  }

  async list(options: ListOptions): Promise<Map<string, unknown>> {
    await this.#wait();
    return this.#alive(() => this.#inner.list(options));
  }

  transaction<Value>(closure: (transaction: KeyValueAccess) => Promise<Value>): Promise<Value> {
    return this.#alive(() => this.#inner.transaction(closure));
  }

  async #wait(): Promise<void> {
    if (this.#latencyMs > 0) await this.#life.wait(this.#latencyMs);
  }

  #alive<Value>(run: () => Promise<Value>): Promise<Value> {
    return this.#life.alive ? run() : never();
  }
}
