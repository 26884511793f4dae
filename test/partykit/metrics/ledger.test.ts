import { beforeEach, describe, expect, it } from 'vitest';
import { add, NO_COUNTS, type Counts } from '../../../partykit/metrics/counts.ts';
import { Ledger } from '../../../partykit/metrics/ledger.ts';
import { answerAsLedger, remoteLedger, type LedgerPort } from '../../../partykit/metrics/ledger-wire.ts';
import { MemoryKeyValueStore } from '../../support/key-value-store.ts';
import { present } from '../../support/present.ts';

const some = (tokens: number): Counts => add(NO_COUNTS, { tokens, errors: { busy: 1 } });

let store: MemoryKeyValueStore;
let corrupt: number;
let ledger: Ledger;

const open = (): Ledger => new Ledger(store, { onCorrupt: () => (corrupt += 1) });

beforeEach(() => {
  store = new MemoryKeyValueStore();
  corrupt = 0;
  ledger = open();
});

describe('the ledger', () => {
  it('is at zero before the first report', async () => {
    expect(await ledger.read()).toEqual(NO_COUNTS);
    expect(corrupt).toBe(0);
  });

  it('adds up reports, and keeps the sum over a restart', async () => {
    await ledger.report(some(3));
    await ledger.report(some(4));
    ledger = open();
    await ledger.report(some(5));

    expect(await ledger.read()).toEqual(add(NO_COUNTS, { tokens: 12, errors: { busy: 3 } }));
    expect(store.keys).toHaveLength(1);
  });

  it('loses none of those that come at once', async () => {
    await Promise.all(Array.from({ length: 50 }, () => ledger.report(some(1))));

    expect((await ledger.read()).tokens).toBe(50);
  });

  it('costs a report one key read and one written, whatever came before', async () => {
    for (let index = 0; index < 100; index += 1) await ledger.report(some(1));
    const usage = await store.usageOf(() => ledger.report(some(1)));

    expect([usage.keysRead, usage.keysWritten]).toEqual([1, 1]);
  });

  it('rejects a report that cannot be written, with nothing of it kept, and goes on', async () => {
    await ledger.report(some(1));
    store.fault = (operation) => {
      if (operation === 'put') throw new Error('the disk is full in this test');
    };
    await expect(ledger.report(some(2))).rejects.toThrow('full');
    store.fault = () => undefined;
    await ledger.report(some(4));

    expect((await ledger.read()).tokens).toBe(5);
  });

  it.each([null, 'x', { tokens: -4 }, { errors: { busy: 'often' } }, [1]])(
    'begins again at zero, and says so, where its value is damaged: %j',
    async (value) => {
      await ledger.report(some(9));
      store.damage(present(store.keys[0], 'a key'), value);
      expect(await ledger.read()).toEqual(NO_COUNTS);
      expect(corrupt).toBe(1);
      await ledger.report(some(2));

      expect((await ledger.read()).tokens).toBe(2);
    },
  );

  it('reads the sum of a version that counted less', async () => {
    await ledger.report(some(1));
    store.damage(present(store.keys[0], 'a key'), { connections: 7 });

    expect(await ledger.read()).toEqual(add(NO_COUNTS, { connections: 7 }));
    expect(corrupt).toBe(0);
  });
});

describe('between two objects', () => {
  /** Everything goes over as the text of requests and answers. */
  const over = (port: LedgerPort): LedgerPort =>
    remoteLedger((request) => answerAsLedger(new Request('http://ledger.test/', request), port));

  it('a report and the sum arrive as they were', async () => {
    const remote = over(ledger);
    await remote.report(some(3));
    await remote.report(some(4));

    expect(await remote.read()).toEqual(add(NO_COUNTS, { tokens: 7, errors: { busy: 2 } }));
  });

  it('a failure of storage is the caller’s too, without its reason', async () => {
    store.fault = () => {
      throw new Error('c4n4ry');
    };
    await expect(over(ledger).report(some(1))).rejects.toThrow('the ledger took no counts');
    await expect(over(ledger).read()).rejects.toThrow('the ledger gave no counts');
  });

  it.each(['', '{', '[]', '{"tokens":-1}', '{"errors":{"<b>":1}}'])(
    'a report that is none changes nothing: %s',
    async (body) => {
      const answer = await answerAsLedger(
        new Request('http://ledger.test/', { method: 'POST', body }),
        ledger,
      );

      expect(answer.status).toBe(400);
      expect(store.keys).toEqual([]);
    },
  );

  it('an answer that is no sum is refused', async () => {
    const remote = remoteLedger(() => Promise.resolve(Response.json({ tokens: 'many' })));

    await expect(remote.read()).rejects.toThrow();
  });
});
