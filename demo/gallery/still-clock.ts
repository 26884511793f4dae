/**
 * A clock that stands, and moves on only when it is told to: "12 s" stays 12 s for as long as somebody looks, and in
 * every picture.
 */

/** Timers shorter than this wait for the browser, not for time to pass. */
const TURN_MS = 50;

interface Timer {
  /** On this clock, in ms. */
  readonly due: number;
  readonly run: () => void;
}

export class StillClock {
  readonly #start: number;
  readonly #timers = new Map<number, Timer>();
  #passedMs = 0;
  #lastId = 0;

  /** `start`: what `Date.now()` says until time passes. */
  constructor(start: number) {
    this.#start = start;
  }

  /** In place of the page's own. */
  install(page: Window & typeof globalThis): void {
    const origin = page.performance.now();
    const realTimeout = page.setTimeout.bind(page);
    const realClear = page.clearTimeout.bind(page);
    const replace = (holder: object, name: string, value: unknown): void => {
      Object.defineProperty(holder, name, { value, configurable: true, writable: true });
    };
    replace(page.Date, 'now', () => this.#start + this.#passedMs);
    replace(page.performance, 'now', () => origin + this.#passedMs);
    replace(page, 'setTimeout', (run: () => void, delayMs = 0): number => {
      if (delayMs < TURN_MS) return realTimeout(run, delayMs);
      // Below zero, where the browser's own ids never are.
      const id = --this.#lastId;
      this.#timers.set(id, { due: this.#passedMs + delayMs, run });
      return id;
    });
    replace(page, 'clearTimeout', (id?: number): void => {
      if (id !== undefined && !this.#timers.delete(id)) realClear(id);
    });
  }

  pass(ms: number): void {
    this.#passedMs += ms;
    const due = [...this.#timers].filter(([, timer]) => timer.due <= this.#passedMs);
    for (const [id, { run }] of due.sort(([, one], [, other]) => one.due - other.due)) {
      // The one before may have cleared it.
      if (this.#timers.delete(id)) run();
    }
  }
}
