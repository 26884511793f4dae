/**
 * An answer written word by word at a steady pace, with the time of each word: what of it a cut has cost. Every word is its
 * number, so a hole or a repeat shows in any part of the text.
 */
import { setInterval as everyMs } from 'node:timers/promises';
import type { RelayClient } from './relay-client.ts';
import type { AgentCall } from './scripted-agent.ts';

/** In UTF-16 code units. */
export const WORD_CHARS = 8;

/** All in milliseconds on the agent's clock: back from the cut to when a word was written. */
export interface Loss {
  /** Of the oldest character that is not stored; 0 when all are. */
  readonly ms: number;
  /** The same where a client had seen it, else 0. */
  readonly shownMs: number;
  /** How many of the characters that a client had seen are not stored. */
  readonly shownChars: number;
  /** The longest that a word took from the agent to that client, or had taken when the cut came. */
  readonly lagMs: number;
}

/** The numbers from 0, one every `intervalMs`, for as long as somebody takes them. */
export async function* pacedTicks(intervalMs: number): AsyncGenerator<number, void> {
  let tick = 0;
  for await (const start of everyMs(intervalMs, 0)) {
    yield start + tick;
    tick += 1;
  }
}

export class PacedAnswer {
  readonly #call: AgentCall;
  readonly #writtenAt: number[] = [];
  #text = '';

  constructor(call: AgentCall) {
    this.#call = call;
  }

  /** All that was written. */
  get text(): string {
    return this.#text;
  }

  /** Writes the next word. */
  write(): void {
    const word = String(this.#writtenAt.length).padStart(WORD_CHARS - 1, '0') + ' ';
    this.#text += word;
    this.#writtenAt.push(performance.now());
    this.#call.token(word);
  }

  /** Writes on until the reader has gone. @returns when that was seen, on the clock of `performance.now()` */
  async writeUntilCut(intervalMs: number): Promise<number> {
    const pen = setInterval(() => this.write(), intervalMs);
    await this.#call.untilClosed().finally(() => clearInterval(pen));
    return performance.now();
  }

  /** @param client read along until the cut, from the first word on */
  lossAt(cutAt: number, stored: string, client: RelayClient): Loss {
    const shown = this.#shownTo(client);
    const chars = Math.max(0, shown.length - stored.length);
    const ms = this.#age(stored.length, cutAt);
    const lags = [...shown.lags, this.#age(shown.length, cutAt)];
    return { ms, shownMs: chars > 0 ? ms : 0, shownChars: chars, lagMs: Math.max(...lags) };
  }

  /** How much of this answer the client has, and how late each piece of it came. Throws when it is another text. */
  #shownTo({ frames, times }: RelayClient): { readonly length: number; readonly lags: readonly number[] } {
    const lags: number[] = [];
    let length = 0;
    // Before this answer there may have been others.
    const begin = frames.findLastIndex((frame) => frame.type === 'streaming' && frame.isStreaming);
    for (const [index, frame] of frames.entries()) {
      if (index < begin || frame.type !== 'token') continue;
      lags.push(this.#age(length, times[index] ?? 0));
      if (!this.#text.startsWith(frame.content, length)) throw new Error(`"${frame.content}" at ${length}`);
      length += frame.content.length;
    }
    return { length, lags };
  }

  /** How long before `now` the character at `offset` was written; 0 for one that was not written yet. */
  #age(offset: number, now: number): number {
    return now - (this.#writtenAt[Math.floor(offset / WORD_CHARS)] ?? now);
  }
}
