import { describe, expect, it } from 'vitest';
import { PartyStorage } from '../../../partykit/storage/party-storage.ts';
import { MemoryKeyValueStore } from '../../support/key-value-store.ts';
import { RoomHarness, typesOf } from '../../support/room-harness.ts';
import { fill } from '../../support/storage-contract.ts';

async function roomOf(messages: number) {
  const store = new MemoryKeyValueStore();
  const storage = new PartyStorage(store);
  await storage.load();
  await fill(storage, messages);
  const harness = new RoomHarness({ storage });
  return { store, harness, ana: await harness.connect() };
}

describe('paging', () => {
  it('[R4] reads a thread of 1,200 messages to its first, each once, at a constant number of keys a page', async () => {
    const { store, ana } = await roomOf(1200);
    const costs = new Set<number>();
    for (let before = ana.thread().before; before !== undefined; before = ana.thread().before) {
      const id = before;
      const { keysRead } = await store.usageOf(() => ana.send({ type: 'history', before: id }));
      costs.add(keysRead);
    }
    expect(ana.thread().messages.map(({ id }) => id)).toEqual(
      Array.from({ length: 1200 }, (_, index) => `m-${index + 1}`),
    );
    expect([...costs]).toEqual([51]);
    expect(ana.framesOf('history')).toHaveLength(24);
  });

  it('[R4] gives a page of the size that was asked for', async () => {
    const { ana } = await roomOf(300);
    await ana.send({ type: 'history', before: 'm-251', limit: 100 });
    await ana.send({ type: 'history', before: 'm-251', limit: 3 });
    expect(ana.framesOf('history').slice(1)).toMatchObject([
      { mode: 'page', before: 'm-151', gen: 0, v: 1 },
      { mode: 'page', before: 'm-248', messages: [{ id: 'm-248' }, { id: 'm-249' }, { id: 'm-250' }] },
    ]);
  });

  it('[R4] says that nothing is above the first page', async () => {
    const { ana } = await roomOf(60);
    await ana.send({ type: 'history', before: 'm-11' });
    expect(ana.framesOf('history').at(-1)).toMatchObject({ mode: 'page', messages: { length: 10 } });
    expect(ana.thread().before).toBeUndefined();
  });

  it('[R4] answers a cursor that is not there with an empty page, to its sender alone', async () => {
    const { harness, ana } = await roomOf(60);
    const ben = await harness.connect();
    await ana.send({ type: 'history', before: 'm-404' });
    expect(ana.framesOf('history').at(-1)).toEqual({
      type: 'history',
      mode: 'page',
      messages: [],
      gen: 0,
      v: 1,
    });
    expect(typesOf(ben.frames)).toEqual(['history']);
  });

  it('[R4] goes on while an answer streams, without disturbing it', async () => {
    const { harness, ana } = await roomOf(200);
    await ana.ask('question', 'q-1');
    await harness.upstream.call.token('half');
    await ana.send({ type: 'history', before: 'm-151' });
    await harness.upstream.call.token(' and half');
    await harness.upstream.call.end();
    expect(ana.thread().messages).toHaveLength(102);
    expect(ana.thread().messages.at(-1)?.content).toBe('half and half');
  });

  it('[R4] costs a message and a greeting the same in a long thread as in a short one', async () => {
    const costOf = async (messages: number) => {
      const { store, harness, ana } = await roomOf(messages);
      const asking = await store.usageOf(() => ana.ask('question', 'q-1'));
      const greeting = await store.usageOf(() => harness.connect());
      return { keysRead: asking.keysRead, keysWritten: asking.keysWritten, greeting: greeting.calls };
    };
    expect(await costOf(1500)).toEqual(await costOf(60));
  });
});
