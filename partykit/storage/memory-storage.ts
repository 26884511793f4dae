/** A thread in memory: for tests and simulations. Behaves as the durable one does, by one contract suite. */
import { SNAPSHOT_MESSAGES, type ThreadMessage } from '#protocol';
import type { StartedRun, StoredPage, StoredThread, ThreadCommit, ThreadStorage } from '../room/ports.ts';
import { MAX_MESSAGES } from './retention.ts';

export class MemoryStorage implements ThreadStorage {
  readonly #maxMessages: number;
  #gen = 0;
  #upstreamThreadId: string | undefined;
  #messages: ThreadMessage[] = [];
  #run: StartedRun | undefined;
  #text = '';

  constructor(maxMessages = MAX_MESSAGES) {
    this.#maxMessages = maxMessages;
  }

  load(): Promise<StoredThread> {
    return Promise.resolve({
      gen: this.#gen,
      upstreamThreadId: this.#upstreamThreadId,
      count: this.#messages.length,
      recent: this.#messages.slice(-SNAPSHOT_MESSAGES),
      open: this.#run === undefined ? undefined : { run: this.#run, text: this.#text },
    });
  }

  find(messageId: string): Promise<ThreadMessage | undefined> {
    return Promise.resolve(this.#messages.find(({ id }) => id === messageId));
  }

  page(before: string, limit: number): Promise<StoredPage> {
    const end = this.#messages.findIndex(({ id }) => id === before);
    const start = Math.max(0, end - limit);
    return Promise.resolve({
      messages: end === -1 ? [] : this.#messages.slice(start, end),
      hasOlder: start > 0,
    });
  }

  commit(change: ThreadCommit): Promise<void> {
    this.#messages = [...this.#messages, ...change.append].slice(-this.#maxMessages);
    this.#run = change.open;
    this.#text = '';
    this.#upstreamThreadId = change.upstreamThreadId;
    return Promise.resolve();
  }

  checkpoint(text: string): Promise<void> {
    this.#text += text;
    return Promise.resolve();
  }

  reset(gen: number, upstreamThreadId: string): Promise<void> {
    this.#gen = gen;
    this.#upstreamThreadId = upstreamThreadId;
    this.#messages = [];
    this.#run = undefined;
    this.#text = '';
    return Promise.resolve();
  }
}
