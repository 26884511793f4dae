/**
 * A room's own counting: folds its log entries into what the ledger has not been told, and tells it. A timer runs only
 * while something is untold, since a room with a timer does not sleep.
 */
import type { Clock, LogEntry } from '../room/ports.ts';
import { add, countOf, NO_COUNTS, type Counts } from './counts.ts';

/** A room reports at most once in this time. */
export const REPORT_INTERVAL_MS = 10_000;

/** How often a report is tried by the timer alone; after that the next entry tries it, so that an idle room sleeps. */
export const REPORT_TRIES = 6;

export interface TallyPorts {
  readonly clock: Clock;
  /** Rejects when the ledger may not have the counts. One whose answer alone was lost is counted twice. */
  readonly report: (counts: Counts) => Promise<void>;
  /** The first of several failures in a row. */
  readonly onUnreported: () => void;
}

export class Tally {
  readonly #ports: TallyPorts;
  #untold: Counts | undefined;
  #due = false;
  #failures = 0;

  constructor(ports: TallyPorts) {
    this.#ports = ports;
  }

  take(entry: LogEntry): void {
    const counted = countOf(entry);
    if (counted === undefined) return;
    this.#keep(counted);
    this.#wait();
  }

  #keep(counts: Partial<Counts>): void {
    this.#untold = add(this.#untold ?? NO_COUNTS, counts);
  }

  /** `#due` from the timer's start until its report is over: there is never a second one under way. */
  #wait(): void {
    if (this.#due) return;
    this.#due = true;
    this.#ports.clock.schedule(REPORT_INTERVAL_MS, () => void this.#report());
  }

  async #report(): Promise<void> {
    const told = this.#handOver();
    try {
      await this.#ports.report(told);
      this.#failures = 0;
    } catch {
      this.#keep(told);
      this.#failures += 1;
      if (this.#failures === 1) this.#ports.onUnreported();
    }
    this.#due = false;
    if (this.#untold !== undefined && this.#failures < REPORT_TRIES) this.#wait();
  }

  #handOver(): Counts {
    const counts = this.#untold ?? NO_COUNTS;
    this.#untold = undefined;
    return counts;
  }
}
