/** All that the transcript shows, in one line: what is confirmed, the answer being written, what is on its way. */
import type { ThreadMessage } from '#protocol';
import type { TurnSource } from '../controllers/scroll-controller.ts';
import type { PendingMessage } from '../state/chat-snapshot.ts';
import type { LiveText } from './view-context.ts';

export interface LiveAnswer {
  readonly id: string;
  readonly live: LiveText;
}

type Entry = ThreadMessage | LiveAnswer | PendingMessage;

export class TurnList implements TurnSource {
  readonly #entries: readonly Entry[];

  constructor(
    messages: readonly ThreadMessage[],
    live: LiveAnswer | undefined,
    pending: readonly PendingMessage[],
  ) {
    this.#entries = [...messages, ...(live === undefined ? [] : [live]), ...pending];
  }

  get count(): number {
    return this.#entries.length;
  }

  readonly at = (index: number): Entry | undefined => this.#entries[index];

  readonly idAt = (index: number): string => this.#entries[index]?.id ?? '';

  readonly charactersAt = (index: number): number => {
    const entry = this.#entries[index];
    return entry !== undefined && 'content' in entry ? entry.content.length : 0;
  };

  /** Milliseconds since the epoch; undefined where there is no turn. What is being written has no time yet: `now`. */
  timeAt(index: number, now: number): number | undefined {
    const entry = this.#entries[index];
    return entry !== undefined && 'timestamp' in entry ? entry.timestamp : entry && now;
  }

  /** -1 where there is none of this id. */
  readonly indexOf = (id: string): number => this.#entries.findIndex((entry) => entry.id === id);
}
