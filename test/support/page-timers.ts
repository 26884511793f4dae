/** Sees which timers and animation frames of a page were asked for and have neither happened nor been cancelled. */

type Call = (...values: unknown[]) => unknown;

const KINDS = [
  ['setTimeout', 'clearTimeout'],
  ['setInterval', 'clearInterval'],
  ['requestAnimationFrame', 'cancelAnimationFrame'],
] as const;

export class PageTimers {
  readonly #pending = new Map<string, string>();
  readonly #real = KINDS.flat().map((name) => [name, globalThis[name]] as const);

  constructor() {
    for (const [ask, cancel] of KINDS) {
      const [realAsk, realCancel] = [globalThis[ask] as Call, globalThis[cancel] as Call];
      Object.assign(globalThis, {
        [ask]: (run: Call, ...values: unknown[]): unknown => {
          const happen = (...told: unknown[]): unknown => {
            if (ask !== 'setInterval') this.#pending.delete(key);
            return run(...told);
          };
          const id = realAsk(happen, ...values);
          const key = `${ask} ${String(id)}`;
          this.#pending.set(key, `${ask} ${values.map(String).join()}`);
          return id;
        },
        [cancel]: (id: unknown): void => {
          this.#pending.delete(`${ask} ${String(id)}`);
          realCancel(id);
        },
      });
    }
  }

  /** What each of them is, to read where one is left. */
  get pending(): readonly string[] {
    return [...this.#pending.values()];
  }

  restore(): void {
    Object.assign(globalThis, Object.fromEntries(this.#real));
  }
}
