/** A thread storage whose next calls fail as the test says, and which records what it was asked. */
import type { StoredPage, StoredThread, ThreadCommit, ThreadStorage } from '../../partykit/room/ports.ts';
import type { ThreadMessage } from '#protocol';

export type StorageCall = keyof ThreadStorage;

export class FaultyStorage implements ThreadStorage {
  readonly #inner: ThreadStorage;
  readonly #failing = new Map<StorageCall, number>();
  /** Names of the calls, in order; failed ones too. */
  readonly calls: StorageCall[] = [];
  readonly checkpoints: string[] = [];

  constructor(inner: ThreadStorage) {
    this.#inner = inner;
  }

  /** The next `times` calls of this name reject and change nothing. */
  failNext(call: StorageCall, times = 1): void {
    this.#failing.set(call, times);
  }

  load(): Promise<StoredThread> {
    return this.#run('load', () => this.#inner.load());
  }

  find(messageId: string): Promise<ThreadMessage | undefined> {
    return this.#run('find', () => this.#inner.find(messageId));
  }

  page(before: string, limit: number): Promise<StoredPage> {
    return this.#run('page', () => this.#inner.page(before, limit));
  }

  commit(change: ThreadCommit): Promise<void> {
    return this.#run('commit', () => this.#inner.commit(change));
  }

  checkpoint(text: string): Promise<void> {
    return this.#run('checkpoint', () => {
      this.checkpoints.push(text);
      return this.#inner.checkpoint(text);
    });
  }

  reset(gen: number, upstreamThreadId: string): Promise<void> {
    return this.#run('reset', () => this.#inner.reset(gen, upstreamThreadId));
  }

  #run<Value>(call: StorageCall, run: () => Promise<Value>): Promise<Value> {
    this.calls.push(call);
    const left = this.#failing.get(call) ?? 0;
    if (left === 0) return run();
    this.#failing.set(call, left - 1);
    return Promise.reject(new Error(`${call} fails in this test`));
  }
}
