/**
 * Where unconfirmed messages outlive the page, if the page has such a place. One key a message, so that two tabs of one
 * thread do not overwrite each other; both may send the same message, because its id makes that harmless (rule C1).
 */
import * as z from 'zod/mini';
import { atMostCodeUnits, MESSAGE_ID_MAX_CHARS, MESSAGE_MAX_CHARS, parseJson, writeJson } from '#protocol';
import type { PendingMessage } from './outbox.ts';

/** The part of the Web Storage interface that is needed. */
export interface KeyedStorage {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** A message this old is not sent behind a person's back any more: it is shown as not sent. */
const FRESH_MS = 2 * 60_000;
const KEPT_MS = 7 * 24 * 60 * 60_000;
const ENTRIES_MAX = 20;

const entrySchema = z.object({
  id: z.string().check(z.minLength(1), atMostCodeUnits(MESSAGE_ID_MAX_CHARS)),
  content: z.string().check(z.minLength(1), atMostCodeUnits(MESSAGE_MAX_CHARS)),
  timestamp: z.number(),
  gen: z.optional(z.number()),
  failed: z.optional(z.boolean()),
});

/** `settled`: sent, given up, or left to a person. `gen`: of the thread that it was found to be meant for. */
export interface Fate {
  readonly settled: boolean;
  readonly gen?: number | undefined;
}

export class UnsentShelf {
  readonly #storage: KeyedStorage | undefined;
  readonly #prefix: string;
  /** Ids that were seen on it or put there. */
  readonly #known = new Set<string>();

  /** `address` tells threads and relays apart. Without `storage` nothing is kept. */
  constructor(storage: KeyedStorage | undefined, address: string) {
    this.#storage = storage;
    this.#prefix = `ivy-chat:unsent:${address}:`;
  }

  put({ id, content, timestamp, gen, state }: PendingMessage): void {
    // What a person has to decide on stays so over a reload.
    const failed = state === 'failed' ? true : undefined;
    this.#try((storage) => {
      storage.setItem(this.#prefix + id, writeJson({ id, content, timestamp, gen, failed }));
      this.#known.add(id);
    });
  }

  /** What another page of this browser has made of a message that this one put here. */
  fateOf(id: string): Fate {
    let fate: Fate = { settled: false };
    this.#try((storage) => {
      if (!this.#known.has(id)) return;
      const entry = entrySchema.safeParse(parseJson(storage.getItem(this.#prefix + id)));
      fate = entry.success ? { settled: entry.data.failed === true, gen: entry.data.gen } : { settled: true };
    });
    return fate;
  }

  remove(id: string): void {
    this.#known.delete(id);
    this.#try((storage) => {
      storage.removeItem(this.#prefix + id);
    });
  }

  /** Oldest first. What cannot be read, or is too old, is removed. */
  read(now: number): readonly PendingMessage[] {
    const entries: PendingMessage[] = [];
    this.#try((storage) => {
      const keys: (string | null)[] = [];
      for (let index = 0; index < storage.length; index += 1) keys.push(storage.key(index));
      for (const key of keys) {
        if (key?.startsWith(this.#prefix) !== true) continue;
        const entry = entrySchema.safeParse(parseJson(storage.getItem(key)));
        const age = entry.success ? Math.abs(now - entry.data.timestamp) : Number.POSITIVE_INFINITY;
        if (!entry.success || age > KEPT_MS) {
          storage.removeItem(key);
          continue;
        }
        const { failed, ...kept } = entry.data;
        if (age <= FRESH_MS && failed !== true) entries.push({ ...kept, state: 'sending', code: undefined });
        else entries.push({ ...kept, state: 'failed', code: 'interrupted' });
      }
    });
    for (const { id } of entries) this.#known.add(id);
    return entries.sort((one, other) => one.timestamp - other.timestamp).slice(-ENTRIES_MAX);
  }

  /** Storage may be full, switched off, or forbidden to a frame: then nothing is kept, and nothing breaks. */
  #try(use: (storage: KeyedStorage) => void): void {
    try {
      if (this.#storage !== undefined) use(this.#storage);
    } catch {
      return;
    }
  }
}
