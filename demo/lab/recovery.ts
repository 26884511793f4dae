/**
 * What coming back cost: how long a window was away, and which frames brought it up to date. Rule H5: the history, and where
 * an answer is being written, that it is and the text that is missing. What follows is live.
 */
import { counted, sized, type WireRow } from '../wire/wire-row.ts';

/** What may come next and still belongs to catching up. */
const NEXT: Readonly<Record<string, string>> = { history: 'streaming', streaming: 'token' };

export interface Recovery {
  readonly awayMs: number;
  readonly frames: number;
  readonly bytes: number;
}

export class RecoveryWatch {
  #lostAt: number | undefined;
  #expected: string | undefined;
  #recovery: Recovery = { awayMs: 0, frames: 0, bytes: 0 };

  /** The window is away, since `at` (ms since the epoch), also when its line does not say so. */
  lost(at: number): void {
    this.#lostAt ??= at;
    this.#expected = undefined;
  }

  /** What is known by now, when `row` added to it. */
  observe(row: WireRow): Recovery | undefined {
    if (row.direction === 'line') {
      if (row.type === 'closed') this.lost(row.at);
      else if (this.#lostAt !== undefined) this.#expected = 'history';
      return undefined;
    }
    if (row.direction === 'sent' || this.#expected === undefined) return undefined;
    if (row.type !== this.#expected) {
      this.#expected = undefined;
      return undefined;
    }
    const { frames, bytes } = row.type === 'history' ? { frames: 0, bytes: 0 } : this.#recovery;
    const awayMs = row.type === 'history' ? row.at - (this.#lostAt ?? row.at) : this.#recovery.awayMs;
    this.#recovery = { awayMs, frames: frames + 1, bytes: bytes + row.bytes };
    this.#expected = NEXT[row.type];
    this.#lostAt = undefined;
    return this.#recovery;
  }
}

export function recoverySentence({ awayMs, frames, bytes }: Recovery): string {
  return `Back after ${(awayMs / 1_000).toFixed(1)} s, with ${counted(frames, 'frame')} and ${sized(bytes)}.`;
}
