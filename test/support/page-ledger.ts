/**
 * What a page owes and is owed: timers that are running, listeners on what all of the page shares, sockets that are not
 * closed. `keepLedger` runs before any script of the page, as text.
 */
import type { Page } from 'puppeteer-core';
import * as z from 'zod/mini';

const ledgerSchema = z.strictObject({
  timers: z.array(z.string()),
  listeners: z.array(z.string()),
  sockets: z.number(),
});

export type Ledger = z.infer<typeof ledgerSchema>;

export const NOTHING_LEFT: Ledger = { timers: [], listeners: [], sockets: 0 };

export function keepLedger(): void {
  type Call = (...values: unknown[]) => unknown;
  const timers = new Map<string, string>();
  for (const [ask, cancel] of [
    ['setTimeout', 'clearTimeout'],
    ['setInterval', 'clearInterval'],
    ['requestAnimationFrame', 'cancelAnimationFrame'],
    ['requestIdleCallback', 'cancelIdleCallback'],
  ] as const) {
    const [realAsk, realCancel] = [Reflect.get(window, ask) as Call, Reflect.get(window, cancel) as Call];
    Object.assign(window, {
      [ask]: (run: Call, ...rest: unknown[]) => {
        const happen = (...told: unknown[]): unknown => {
          if (ask !== 'setInterval') timers.delete(key);
          return run(...told);
        };
        const id = realAsk(happen, ...rest);
        const key = `${ask} ${String(id)}`;
        timers.set(key, `${ask} ${rest.map(String).join()}`);
        return id;
      },
      [cancel]: (id: unknown) => {
        timers.delete(`${ask} ${String(id)}`);
        realCancel(id);
      },
    });
  }

  interface Entry {
    readonly target: unknown;
    readonly type: unknown;
    readonly listener: unknown;
    readonly isCapturing: boolean;
  }
  const entries = new Set<Entry>();
  const isShared = (target: unknown): boolean =>
    target instanceof MediaQueryList ||
    [window, document, document.documentElement, document.body, visualViewport].some((one) => one === target);
  const optionOf = (options: unknown, name: string): unknown =>
    typeof options === 'object' && options !== null ? Reflect.get(options, name) : undefined;
  const entryOf = (target: unknown, [type, listener, options]: unknown[]): Entry => {
    const isCapturing = options === true || optionOf(options, 'capture') === true;
    const known = [...entries].find(
      (one) =>
        one.target === target &&
        one.type === type &&
        one.listener === listener &&
        one.isCapturing === isCapturing,
    );
    return known ?? { target, type, listener, isCapturing };
  };
  const { prototype } = EventTarget;
  const realAdd = Reflect.get(prototype, 'addEventListener') as Call;
  const realRemove = Reflect.get(prototype, 'removeEventListener') as Call;
  Object.assign(prototype, {
    addEventListener(this: unknown, ...values: unknown[]) {
      const target = this ?? window;
      const entry = entryOf(target, values);
      if (isShared(target)) entries.add(entry);
      const signal = optionOf(values[2], 'signal');
      if (signal instanceof AbortSignal) realAdd.call(signal, 'abort', () => entries.delete(entry));
      return realAdd.apply(target, values);
    },
    removeEventListener(this: unknown, ...values: unknown[]) {
      const target = this ?? window;
      entries.delete(entryOf(target, values));
      return realRemove.apply(target, values);
    },
  });

  const sockets = new Set<WebSocket>();
  window.WebSocket = class extends WebSocket {
    constructor(...options: ConstructorParameters<typeof WebSocket>) {
      super(...options);
      sockets.add(this);
      this.addEventListener('close', () => sockets.delete(this));
    }
  };

  const ledger = (): Ledger => ({
    timers: [...timers.values()],
    listeners: [...entries].map(({ target, type }) => `${String(target)} ${String(type)}`),
    sockets: sockets.size,
  });
  Object.assign(window, { ledger });
}

export async function readLedger(page: Page): Promise<Ledger> {
  const found: unknown = await page.evaluate(() => {
    const read: unknown = 'ledger' in window ? window.ledger : undefined;
    const now: unknown = typeof read === 'function' ? Reflect.apply(read, undefined, []) : undefined;
    return now;
  });
  return ledgerSchema.parse(found);
}
