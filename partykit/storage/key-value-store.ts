/**
 * The part of a Durable Object's storage that a thread needs; PartyKit's `room.storage` and `ctx.storage` both have it.
 * Their limits: 128 keys a call, 128 KiB a value.
 */

export interface ListOptions {
  readonly prefix: string;
  readonly end?: string;
  readonly limit?: number;
  readonly reverse?: boolean;
}

export interface PutOptions {
  /** What is sent meanwhile does not wait until this is on disk. Where a write fails later, the object is started anew. */
  readonly allowUnconfirmed?: boolean;
}

export interface KeyValueAccess {
  get(keys: string[]): Promise<Map<string, unknown>>;
  put(entries: Record<string, unknown>, options?: PutOptions): Promise<void>;
  delete(keys: string[]): Promise<number>;
  list(options: ListOptions): Promise<Map<string, unknown>>;
}

export interface KeyValueStore extends KeyValueAccess {
  /** All or nothing: a closure that rejects leaves everything as it was. */
  transaction<Value>(closure: (transaction: KeyValueAccess) => Promise<Value>): Promise<Value>;
}

export const KEYS_PER_CALL = 128;

export function* batches<Item>(items: readonly Item[], size = KEYS_PER_CALL): Generator<Item[]> {
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size);
}
