/**
 * A Durable Object's key-value store in memory, with the platform's limits: 128 keys a call, 128 KiB a value (serialised
 * as V8 does it), 2,048 bytes a key, lists in the order of the keys' bytes, transactions that take back what they did.
 * Values are cloned on the way in and out.
 */
import { deserialize, serialize } from 'node:v8';
import type {
  KeyValueAccess,
  KeyValueStore,
  ListOptions,
  PutOptions,
} from '../../partykit/storage/key-value-store.ts';

const KEYS_PER_CALL = 128;
const VALUE_MAX_BYTES = 128 * 1024;
const KEY_MAX_BYTES = 2048;

export type StoreOperation = 'get' | 'put' | 'delete' | 'list' | 'transaction';

export interface StoreUsage {
  calls: number;
  keysRead: number;
  keysWritten: number;
  bytesWritten: number;
}

type Values = Map<string, Buffer>;

function byBytes(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

/** What runs at once and is told later; what throws is a rejection. */
function settled<Value>(run: () => Value): Promise<Value> {
  return new Promise((resolve) => {
    resolve(run());
  });
}

class Access implements KeyValueAccess {
  readonly #values: Values;
  readonly #before: (operation: StoreOperation) => void;
  readonly #usage: StoreUsage;

  constructor(values: Values, usage: StoreUsage, before: (operation: StoreOperation) => void) {
    this.#values = values;
    this.#usage = usage;
    this.#before = before;
  }

  get(keys: string[]): Promise<Map<string, unknown>> {
    return settled(() => {
      this.#begin('get', keys);
      const found = keys.filter((key) => this.#values.has(key)).sort(byBytes);
      this.#usage.keysRead += keys.length;
      return this.#read(found);
    });
  }

  put(entries: Record<string, unknown>): Promise<void> {
    return settled(() => {
      const keys = Object.keys(entries);
      this.#begin('put', keys);
      const written = keys.map((key): [string, Buffer] => [key, serialize(entries[key])]);
      for (const [key, bytes] of written) {
        if (bytes.length > VALUE_MAX_BYTES) throw new RangeError(`value of ${key}: ${bytes.length} bytes`);
      }
      for (const [key, bytes] of written) {
        this.#values.set(key, bytes);
        this.#usage.keysWritten += 1;
        this.#usage.bytesWritten += Buffer.byteLength(key) + bytes.length;
      }
    });
  }

  delete(keys: string[]): Promise<number> {
    return settled(() => {
      this.#begin('delete', keys);
      return keys.filter((key) => this.#values.delete(key)).length;
    });
  }

  list({ prefix, end, limit, reverse }: ListOptions): Promise<Map<string, unknown>> {
    return settled(() => {
      this.#begin('list', []);
      const keys = [...this.#values.keys()]
        .filter((key) => key.startsWith(prefix) && (end === undefined || byBytes(key, end) < 0))
        .sort(byBytes);
      if (reverse === true) keys.reverse();
      const listed = keys.slice(0, limit);
      this.#usage.keysRead += listed.length;
      return this.#read(listed);
    });
  }

  #begin(operation: StoreOperation, keys: readonly string[]): void {
    this.#usage.calls += 1;
    this.#before(operation);
    if (keys.length > KEYS_PER_CALL) throw new RangeError(`${operation} of ${keys.length} keys`);
    for (const key of keys) {
      if (Buffer.byteLength(key) > KEY_MAX_BYTES) throw new RangeError(`${operation} of too long a key`);
    }
  }

  #read(keys: readonly string[]): Map<string, unknown> {
    return new Map(
      keys.map((key): [string, unknown] => {
        const bytes = this.#values.get(key);
        const value: unknown = bytes === undefined ? undefined : deserialize(bytes);
        return [key, value];
      }),
    );
  }
}

export class MemoryKeyValueStore implements KeyValueStore {
  readonly #values: Values = new Map();
  readonly #access: Access;
  #usage: StoreUsage = { calls: 0, keysRead: 0, keysWritten: 0, bytesWritten: 0 };
  /** Keys of which nothing that is sent waits until they are on disk. */
  readonly unconfirmed: string[] = [];
  /** Throws for the operations that are to fail. `inTransaction` is true for those of a transaction's closure. */
  fault: (operation: StoreOperation, inTransaction: boolean) => void = () => undefined;

  constructor() {
    this.#access = new Access(this.#values, this.#usage, (operation) => {
      this.fault(operation, false);
    });
  }

  get(keys: string[]): Promise<Map<string, unknown>> {
    return this.#access.get(keys);
  }

  put(entries: Record<string, unknown>, { allowUnconfirmed = false }: PutOptions = {}): Promise<void> {
    if (allowUnconfirmed) this.unconfirmed.push(...Object.keys(entries));
    return this.#access.put(entries);
  }

  delete(keys: string[]): Promise<number> {
    return this.#access.delete(keys);
  }

  list(options: ListOptions): Promise<Map<string, unknown>> {
    return this.#access.list(options);
  }

  /** Sees its own changes; they reach the store all together, when the closure has resolved. */
  async transaction<Value>(closure: (transaction: KeyValueAccess) => Promise<Value>): Promise<Value> {
    this.fault('transaction', false);
    const copy: Values = new Map(this.#values);
    const before = new Map(copy);
    const access = new Access(copy, this.#usage, (operation) => {
      this.fault(operation, true);
    });
    const value = await closure(access);
    for (const [key, bytes] of copy) if (before.get(key) !== bytes) this.#values.set(key, bytes);
    for (const key of before.keys()) if (!copy.has(key)) this.#values.delete(key);
    return value;
  }

  get keys(): readonly string[] {
    return [...this.#values.keys()].sort(byBytes);
  }

  /** Every key with its bytes, to see that nothing has changed. */
  get contents(): ReadonlyMap<string, string> {
    return new Map([...this.#values].map(([key, bytes]) => [key, bytes.toString('base64')]));
  }

  /** As damage does it: past all limits and counters. */
  damage(key: string, value: unknown): void {
    this.#values.set(key, serialize(value));
  }

  lose(key: string): void {
    this.#values.delete(key);
  }

  /** What `body` costs. */
  async usageOf(body: () => Promise<unknown>): Promise<StoreUsage> {
    const before = { ...this.#usage };
    await body();
    const { calls, keysRead, keysWritten, bytesWritten } = this.#usage;
    return {
      calls: calls - before.calls,
      keysRead: keysRead - before.keysRead,
      keysWritten: keysWritten - before.keysWritten,
      bytesWritten: bytesWritten - before.bytesWritten,
    };
  }
}
