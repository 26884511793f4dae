/** How many runs somebody may start in a day, in a store that tells of every day only its last (A13). */
import { describe, expect, it } from 'vitest';
import { DayCount, type CountStore } from '../../../partykit/budget/day-count.ts';

const HOUR = 60 * 60_000;
/** 2026-11-22 in UTC. */
const MIDNIGHT = Date.UTC(2026, 10, 22);

/** As a Durable Object keeps it: what is read is a copy, and comes later. */
class Store implements CountStore {
  readonly values = new Map<string, unknown>();
  fails: 'get' | 'put' | undefined;

  async get(keys: string[]): Promise<Map<string, unknown>> {
    await Promise.resolve();
    if (this.fails === 'get') throw new Error('storage');
    return new Map(keys.flatMap((key) => (this.values.has(key) ? [[key, this.values.get(key)]] : [])));
  }

  async put(entries: Record<string, unknown>): Promise<void> {
    await Promise.resolve();
    if (this.fails === 'put') throw new Error('storage');
    for (const [key, value] of Object.entries(entries)) this.values.set(key, structuredClone(value));
  }
}

function counting(startsAt = MIDNIGHT + HOUR) {
  const store = new Store();
  const time = { now: startsAt };
  return { store, time, count: new DayCount(store, () => time.now) };
}

describe('a day’s count', () => {
  it('[A13] gives as many as the limit says, and then the wait until midnight in UTC', async () => {
    const { time, count } = counting();
    expect([await count.spend(2), await count.spend(2)]).toEqual([0, 0]);
    expect(await count.spend(2)).toBe(23 * HOUR);
    time.now += 22 * HOUR + 59 * 60_000;
    expect(await count.spend(2)).toBe(60_000);
  });

  it('[A13] begins anew at midnight, to the millisecond', async () => {
    const { time, count } = counting();
    await count.spend(1);
    time.now = MIDNIGHT + 24 * HOUR - 1;
    expect(await count.spend(1)).toBe(1);
    time.now += 1;
    expect(await count.spend(1)).toBe(0);
    expect(await count.spend(1)).toBe(24 * HOUR);
  });

  it('[A13] is not used up further by being asked in vain', async () => {
    const { count } = counting();
    await count.spend(1);
    for (let time = 0; time < 5; time += 1) expect(await count.spend(1)).toBe(23 * HOUR);
    expect(await count.spend(2)).toBe(0);
  });

  it('[A13] outlives the object that counts', async () => {
    const { store, time, count } = counting();
    await count.spend(1);
    expect(await new DayCount(store, () => time.now).spend(1)).toBe(23 * HOUR);
  });

  it('[A13] counts each of those that ask at once', async () => {
    const { count } = counting();
    const waits = await Promise.all(Array.from({ length: 10 }, () => count.spend(3)));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(3);
    expect(waits.slice(3)).toEqual(Array.from({ length: 7 }, () => 23 * HOUR));
  });

  it.each([
    'c4n4ry',
    null,
    {},
    { day: 'today', runs: 5 },
    { day: MIDNIGHT / (24 * HOUR), runs: -1 },
    { day: MIDNIGHT / (24 * HOUR), runs: Number.NaN },
    { day: MIDNIGHT / (24 * HOUR) },
  ])('[A13] begins anew where the record cannot be read: %j', async (record) => {
    const { store, count } = counting();
    store.values.set('runs', record);
    expect(await count.spend(1)).toBe(0);
    expect(await count.spend(1)).toBe(23 * HOUR);
  });

  it.each(['get', 'put'] as const)(
    '[F49] takes nothing when storage refuses to %s, and goes on after it',
    async (operation) => {
      const { store, count } = counting();
      store.fails = operation;
      await expect(count.spend(1)).rejects.toThrow('storage');
      store.fails = undefined;
      expect(await count.spend(1)).toBe(0);
      expect(await count.spend(1)).toBe(23 * HOUR);
    },
  );
});
