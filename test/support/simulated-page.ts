/**
 * A page with a real client on it. Everything that the client tells is compared with what it holds, and with what the
 * agent service has said.
 */
import { IvyClient } from '../../widget/client/ivy-client.ts';
import type { KeyedStorage } from '../../widget/client/unsent-shelf.ts';
import { differsBeyondText, NOTHING } from '../../widget/state/chat-snapshot.ts';
import { snapshotOf } from '../../widget/state/chat-store.ts';

/** `localStorage` of one browser. */
export class SimulatedShelf implements KeyedStorage {
  readonly #values = new Map<string, string>();

  get length(): number {
    return this.#values.size;
  }

  key(index: number): string | null {
    return [...this.#values.keys()][index] ?? null;
  }

  getItem(key: string): string | null {
    return this.#values.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.#values.set(key, value);
  }

  removeItem(key: string): void {
    this.#values.delete(key);
  }
}

/** What a page needs to know of the rest, to judge what its client tells. */
export interface PageWitness {
  readonly wrong: (what: string) => void;
  readonly wasStored: (messageId: string) => boolean;
  /** All that the agent service has said in this run. */
  readonly saidIn: (runId: string) => string | undefined;
}

export class SimulatedPage {
  readonly name: string;
  readonly shelf: SimulatedShelf;
  /** Ids of all that was ever sent from here, in order. */
  readonly sent: string[] = [];
  /** Ids that were given up here, sent again by hand, or were shown as failed. */
  readonly discarded = new Set<string>();
  readonly resent = new Set<string>();
  readonly failed = new Set<string>();
  readonly #witness: PageWitness;
  #client: IvyClient | undefined;
  /** Of this load of the page: ids that wait, ids whose `done` was told, text that was told since the run began. */
  #waiting: readonly string[] = [];
  #ended = new Set<string>();
  #heard = '';
  #streaming = false;
  #seen = NOTHING;

  constructor(name: string, shelf: SimulatedShelf, witness: PageWitness) {
    this.name = name;
    this.shelf = shelf;
    this.#witness = witness;
  }

  get isOpen(): boolean {
    return this.#client !== undefined;
  }

  get client(): IvyClient {
    if (this.#client === undefined) throw new Error(`page ${this.name} is not open`);
    return this.#client;
  }

  /** Loads the page, again if it was: what only lived in its memory is gone. */
  load(): void {
    this.#client?.disconnect();
    this.#ended = new Set();
    this.#heard = '';
    this.#streaming = false;
    this.#client = new IvyClient({
      host: 'wss://relay.test',
      threadId: 'thread',
      token: this.name,
      storage: this.shelf,
      onToken: (text) => {
        this.#heard += text;
        if (!this.#streaming) this.#wrong('a token while it does not stream');
      },
      onStreamingChange: (isStreaming) => {
        if (isStreaming === this.#streaming && !isStreaming) this.#wrong('streaming ended twice');
        this.#streaming = isStreaming;
        this.#heard = '';
      },
      onDone: (id, content) => this.#done(id, content),
      onUpdate: (onlyText) => this.#look(onlyText),
    });
    this.#waiting = this.client.pending.map(({ id }) => id);
    this.client.connect();
  }

  close(): void {
    this.#client?.disconnect();
  }

  send(text: string): string {
    this.client.sendMessage(text);
    const id = this.client.pending.at(-1)?.id ?? '';
    this.sent.push(id);
    return id;
  }

  discard(id: string): void {
    this.discarded.add(id);
    this.client.discard(id);
  }

  resend(id: string): void {
    this.resent.add(id);
    this.client.resend(id);
  }

  #wrong(what: string): void {
    this.#witness.wrong(`${this.name}: ${what}`);
  }

  #done(id: string, content: string): void {
    if (this.#ended.has(id)) this.#wrong(`7: told twice that ${id} is done`);
    this.#ended.add(id);
    const said = this.#witness.saidIn(id);
    if (said?.startsWith(content) === false) this.#wrong(`6: ${id} ended with ${content}, said was ${said}`);
  }

  #look(onlyText: boolean): void {
    const { thread, pending } = this.client;
    const snapshot = snapshotOf(this.client);
    if (onlyText && differsBeyondText(this.#seen, snapshot))
      this.#wrong('9: told that only the text is longer');
    this.#seen = snapshot;
    const waiting = pending.map(({ id }) => id);
    for (const id of this.#waiting) {
      if (waiting.includes(id) || this.discarded.has(id) || this.#witness.wasStored(id)) continue;
      this.#wrong(`2: ${id} left the outbox before it was stored`);
    }
    this.#waiting = waiting;
    for (const { id, state } of pending) if (state === 'failed') this.failed.add(id);
    if (this.#streaming !== (thread.run !== undefined))
      this.#wrong('5: told one thing about streaming, holds another');
    if (thread.run === undefined) return;
    const { messageId = '', text } = thread.run;
    if (text !== this.#heard) this.#wrong(`6: tokens told ${this.#heard}, held is ${text}`);
    const said = this.#witness.saidIn(messageId);
    if (said?.startsWith(text) !== true)
      this.#wrong(`6: ${messageId} shows ${text}, said was ${String(said)}`);
  }
}
