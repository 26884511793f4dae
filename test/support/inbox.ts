/** What arrives, in order, for a test that awaits it: no polling and no sleeping. */

/** Longer than anything takes on a busy machine; only a failing test waits for it. */
const LIMIT_MS = 10_000;

/** Taken before any test can put false ones in their place. */
const { setTimeout, clearTimeout } = globalThis;

/** Settles like `promise`, or rejects with what `describe` says then. */
export async function within<Value>(
  promise: Promise<Value>,
  describe: () => string,
  limitMs = LIMIT_MS,
): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`after ${limitMs} ms: ${describe()}`)), limitMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

export class Inbox<Item> {
  readonly #items: Item[] = [];
  readonly #waiting: ((item: Item) => void)[] = [];

  /** How many have come that nobody has taken. */
  get unread(): number {
    return this.#items.length;
  }

  push(item: Item): void {
    const waiting = this.#waiting.shift();
    if (waiting === undefined) this.#items.push(item);
    else waiting(item);
  }

  /** Takes the oldest unread one, or the next that comes. */
  async next(describe: () => string, limitMs = LIMIT_MS): Promise<Item> {
    const [item] = this.#items.splice(0, 1);
    if (item !== undefined) return item;
    return within(new Promise<Item>((resolve) => this.#waiting.push(resolve)), describe, limitMs);
  }
}

/** Lets a test await a state of something that says when it has changed. */
export class Changes {
  readonly #waiting = new Set<() => void>();

  notify(): void {
    for (const check of [...this.#waiting]) check();
  }

  async until(holds: () => boolean, describe: () => string): Promise<void> {
    if (holds()) return;
    let check: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      check = () => {
        if (holds()) resolve();
      };
    });
    this.#waiting.add(check);
    try {
      await within(held, describe);
    } finally {
      this.#waiting.delete(check);
    }
  }
}
