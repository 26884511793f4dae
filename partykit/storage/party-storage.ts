/**
 * A thread in a Durable Object's key-value store. One key a message, an index by id, long texts in parts, the open run's
 * text as small appended pieces: no operation's cost grows with the thread (rules R2, R4).
 */
import { SNAPSHOT_MESSAGES, type ThreadMessage } from '#protocol';
import type { StoredPage, StoredThread, ThreadCommit, ThreadStorage } from '../room/ports.ts';
import { batches, type KeyValueAccess, type KeyValueStore } from './key-value-store.ts';
import { MAX_MESSAGES } from './retention.ts';
import {
  metaSchema,
  NEW_THREAD,
  PART_CHARS,
  recordSchema,
  sequenceSchema,
  textSchema,
  type Meta,
  type StoredRecord,
} from './stored-record.ts';
import {
  checkpointKey,
  checkpointPrefix,
  generationPrefix,
  idKey,
  messageKey,
  messagePrefix,
  META_KEY,
  partKey,
} from './thread-keys.ts';

export interface PartyStorageOptions {
  readonly maxMessages?: number;
  /** Told of a stored value that could not be read; it is left out. */
  readonly onCorrupt?: (what: 'meta' | 'message' | 'part' | 'checkpoint') => void;
}

/** The text of the open run as far as it is written: a new one for each run, so that a late failure of one does not touch the next. */
interface Checkpoints {
  next: number;
  /** By key: what a failed write left out. */
  readonly unwritten: Map<string, string>;
}

function noCheckpoints(): Checkpoints {
  return { next: 0, unwritten: new Map() };
}

export class PartyStorage implements ThreadStorage {
  readonly #store: KeyValueStore;
  readonly #maxMessages: number;
  readonly #onCorrupt: NonNullable<PartyStorageOptions['onCorrupt']>;
  #meta: Meta = NEW_THREAD;
  #checkpoints = noCheckpoints();

  constructor(store: KeyValueStore, options: PartyStorageOptions = {}) {
    this.#store = store;
    this.#maxMessages = options.maxMessages ?? MAX_MESSAGES;
    this.#onCorrupt = options.onCorrupt ?? (() => undefined);
  }

  async load(): Promise<StoredThread> {
    this.#meta = await this.#readMeta();
    const { gen, upstreamThreadId, first, next, open, sweepFrom } = this.#meta;
    const recent = await this.#newest({ limit: SNAPSHOT_MESSAGES });
    const text = await this.#openText();
    if (sweepFrom < gen) this.#sweep();
    return {
      gen,
      upstreamThreadId,
      count: next - first,
      recent: recent.map(({ message }) => message),
      open: open === undefined ? undefined : { run: open, text },
    };
  }

  async find(messageId: string): Promise<ThreadMessage | undefined> {
    const seq = await this.#sequenceOf(messageId);
    if (seq === undefined) return undefined;
    const key = messageKey(this.#meta.gen, seq);
    const record = this.#record((await this.#store.get([key])).get(key));
    return record === undefined ? undefined : this.#whole(record, seq);
  }

  async page(before: string, limit: number): Promise<StoredPage> {
    const seq = await this.#sequenceOf(before);
    if (seq === undefined) return { messages: [], hasOlder: false };
    const found = await this.#newest({ end: messageKey(this.#meta.gen, seq), limit });
    const oldest = found[0]?.seq ?? this.#meta.first;
    return { messages: found.map(({ message }) => message), hasOlder: oldest > this.#meta.first };
  }

  async commit(change: ThreadCommit): Promise<void> {
    const { gen } = this.#meta;
    const next = this.#meta.next + change.append.length;
    const first = Math.max(this.#meta.first, next - this.#maxMessages);
    const meta: Meta = {
      ...this.#meta,
      first,
      next,
      open: change.open,
      upstreamThreadId: change.upstreamThreadId,
    };
    const entries: [string, unknown][] = [[META_KEY, meta]];
    change.append.forEach((message, index) => {
      entries.push(...this.#entriesOf(message, this.#meta.next + index));
    });
    const checkpoints = Array.from({ length: this.#checkpoints.next }, (_, index) =>
      checkpointKey(gen, index),
    );
    await this.#store.transaction(async (transaction) => {
      const dropped = await this.#keysOf(transaction, this.#meta.first, first);
      for (const batch of batches([...dropped, ...checkpoints])) await transaction.delete(batch);
      for (const batch of batches(entries)) await transaction.put(Object.fromEntries(batch));
    });
    this.#meta = meta;
    this.#checkpoints = noCheckpoints();
  }

  /**
   * Takes along what an earlier one failed to write, because pieces after a hole are of no use. No token waits for it on its way
   * to the clients, as it would for a commit: nothing was promised about text that is a quarter of a second old (rule R2).
   */
  async checkpoint(text: string): Promise<void> {
    const { unwritten } = this.#checkpoints;
    const entries = [...unwritten, [checkpointKey(this.#meta.gen, this.#checkpoints.next), text] as const];
    this.#checkpoints.next += 1;
    unwritten.clear();
    try {
      for (const batch of batches(entries)) {
        await this.#store.put(Object.fromEntries(batch), { allowUnconfirmed: true });
      }
    } catch (error) {
      for (const [key, piece] of entries) unwritten.set(key, piece);
      throw error;
    }
  }

  async reset(gen: number, upstreamThreadId: string): Promise<void> {
    const meta: Meta = { ...NEW_THREAD, gen, upstreamThreadId, sweepFrom: this.#meta.sweepFrom };
    await this.#store.put({ [META_KEY]: meta });
    this.#meta = meta;
    this.#checkpoints = noCheckpoints();
    this.#sweep();
  }

  /** Deletes older generations in small steps; what is left after a crash is taken up by the next load. */
  #sweep(): void {
    const { gen, sweepFrom } = this.#meta;
    const run = async (): Promise<void> => {
      for (let old = sweepFrom; old < gen; old += 1) {
        for (;;) {
          const keys = [...(await this.#store.list({ prefix: generationPrefix(old), limit: 128 })).keys()];
          if (keys.length === 0) break;
          await this.#store.delete(keys);
        }
      }
      // Only in memory: it is written with the next commit, which alone decides what the record says.
      this.#meta = { ...this.#meta, sweepFrom: Math.max(this.#meta.sweepFrom, gen) };
    };
    run().catch(() => undefined);
  }

  async #readMeta(): Promise<Meta> {
    const stored = (await this.#store.get([META_KEY])).get(META_KEY);
    if (stored === undefined) return NEW_THREAD;
    const meta = metaSchema.safeParse(stored);
    if (meta.success) return meta.data;
    this.#onCorrupt('meta');
    throw new Error('the thread cannot be read');
  }

  /** Text of the open run up to the first piece that is not there: shorter than it was, never with a hole. */
  async #openText(): Promise<string> {
    const prefix = checkpointPrefix(this.#meta.gen);
    const listed =
      this.#meta.open === undefined ? new Map<string, unknown>() : await this.#store.list({ prefix });
    const pieces: string[] = [];
    this.#checkpoints = noCheckpoints();
    for (const [key, piece] of listed) {
      const index = Number(key.slice(prefix.length));
      const text = textSchema.safeParse(piece);
      if (!text.success) this.#onCorrupt('checkpoint');
      else if (index === pieces.length) pieces.push(text.data);
      // Past the last one, not their number: after a write that failed the two differ.
      this.#checkpoints.next = index + 1;
    }
    return pieces.join('');
  }

  async #sequenceOf(messageId: string): Promise<number | undefined> {
    const key = idKey(this.#meta.gen, messageId);
    const seq = sequenceSchema.safeParse((await this.#store.get([key])).get(key));
    return seq.success ? seq.data : undefined;
  }

  async #newest(range: { end?: string; limit: number }): Promise<{ seq: number; message: ThreadMessage }[]> {
    const prefix = messagePrefix(this.#meta.gen);
    const listed = await this.#store.list({ prefix, reverse: true, ...range });
    const found: { seq: number; message: ThreadMessage }[] = [];
    for (const [key, value] of listed) {
      const seq = Number(key.slice(prefix.length));
      const record = this.#record(value);
      if (record !== undefined) found.push({ seq, message: await this.#whole(record, seq) });
    }
    return found.reverse();
  }

  #record(value: unknown): StoredRecord | undefined {
    if (value === undefined) return undefined;
    const record = recordSchema.safeParse(value);
    if (record.success) return record.data;
    this.#onCorrupt('message');
    return undefined;
  }

  #part(value: unknown): string {
    const text = textSchema.safeParse(value);
    if (text.success) return text.data;
    this.#onCorrupt('part');
    return '';
  }

  async #whole({ parts, ...message }: StoredRecord, seq: number): Promise<ThreadMessage> {
    if (parts === 0) return message;
    const keys = Array.from({ length: parts }, (_, part) => partKey(this.#meta.gen, seq, part));
    const values = await this.#store.get(keys);
    return { ...message, content: keys.map((key) => this.#part(values.get(key))).join('') };
  }

  #entriesOf(message: ThreadMessage, seq: number): [string, unknown][] {
    const { gen } = this.#meta;
    const index: [string, unknown] = [idKey(gen, message.id), seq];
    if (message.content.length <= PART_CHARS)
      return [index, [messageKey(gen, seq), { ...message, parts: 0 }]];
    const parts = Math.ceil(message.content.length / PART_CHARS);
    const texts = Array.from({ length: parts }, (_, part): [string, unknown] => [
      partKey(gen, seq, part),
      message.content.slice(part * PART_CHARS, (part + 1) * PART_CHARS),
    ]);
    return [index, [messageKey(gen, seq), { ...message, content: '', parts }], ...texts];
  }

  /** Every key of the messages `from` up to, not including, `to`. */
  async #keysOf(access: KeyValueAccess, from: number, to: number): Promise<string[]> {
    const { gen } = this.#meta;
    const keys: string[] = [];
    const messages = Array.from({ length: to - from }, (_, index) => messageKey(gen, from + index));
    for (const batch of batches(messages)) {
      const values = await access.get(batch);
      for (const key of batch) {
        keys.push(key);
        const record = recordSchema.safeParse(values.get(key));
        if (!record.success) continue;
        const seq = Number(key.slice(messagePrefix(gen).length));
        keys.push(idKey(gen, record.data.id));
        for (let part = 0; part < record.data.parts; part += 1) keys.push(partKey(gen, seq, part));
      }
    }
    return keys;
  }
}
