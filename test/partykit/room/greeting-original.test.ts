/** Clients that connect without `v`: they know six frames, cannot page, and have no empty bubbles. */
import { describe, expect, it } from 'vitest';
import { PartyStorage } from '../../../partykit/storage/party-storage.ts';
import { MemoryKeyValueStore } from '../../support/key-value-store.ts';
import { userMessage } from '../../support/messages.ts';
import { RoomHarness, typesOf } from '../../support/room-harness.ts';
import { change, fill } from '../../support/storage-contract.ts';

async function roomWith(messages: number) {
  const storage = new PartyStorage(new MemoryKeyValueStore());
  await storage.load();
  await fill(storage, messages);
  return new RoomHarness({ storage });
}

describe('an original client', () => {
  it.each([
    [0, 0],
    [49, 49],
    [50, 50],
    [120, 120],
    [500, 500],
    [700, 500],
  ])('[R4] of a thread of %i messages gets %i, the newest', async (stored, sent) => {
    const client = await (await roomWith(stored)).connect({ version: 0 });
    const [history] = client.framesOf('history');
    expect(typesOf(client.frames)).toEqual(['history', 'streaming false']);
    expect(history?.messages).toHaveLength(sent);
    expect(history?.messages.at(-1)?.id).toBe(stored === 0 ? undefined : `m-${stored}`);
    expect(history?.messages[0]?.id).toBe(stored === 0 ? undefined : `m-${stored - sent + 1}`);
  });

  it('[R4] gets as much when it asks again', async () => {
    const harness = await roomWith(300);
    const client = await harness.connect({ version: 0 });
    await client.send({ type: 'history' });
    expect(client.framesOf('history').map(({ messages }) => messages.length)).toEqual([300, 300]);
  });

  it('is not shown an answer that failed before its first word', async () => {
    const harness = new RoomHarness();
    const ana = await harness.connect();
    await ana.ask('question', 'q-1');
    await harness.upstream.call.fail({ code: 'upstream_unreachable' });
    const client = await harness.connect({ version: 0 });
    expect(client.framesOf('history')[0]?.messages).toMatchObject([{ id: 'q-1', role: 'user' }]);
    expect((await harness.connect()).framesOf('history')[0]?.messages).toHaveLength(2);
  });

  it('[S4] sees an answer end that has no text, without an empty bubble for it', async () => {
    const harness = new RoomHarness();
    const client = await harness.connect({ version: 0 });
    const ana = await harness.connect();
    await client.ask('question', 'q-1');
    await harness.upstream.call.fail({ code: 'upstream_unreachable' });
    const start = ['message', 'streaming true'];
    expect(typesOf(client.frames).slice(2)).toEqual([...start, 'error', 'streaming false']);
    expect(typesOf(ana.frames).slice(1)).toEqual([...start, 'done', 'error', 'streaming false']);
  });

  it('[H5] is caught up with the open run from its beginning', async () => {
    const harness = new RoomHarness();
    const ana = await harness.connect();
    await ana.ask('question', 'q-1');
    await harness.upstream.call.token('half');
    const client = await harness.connect({ version: 0, cursor: { gen: 0, last: 'q-1', run: 'x', off: 2 } });
    expect(client.frames).toMatchObject([
      { type: 'history', messages: [{ id: 'q-1' }] },
      { type: 'streaming', isStreaming: true },
      { type: 'token', content: 'half' },
    ]);
  });

  it('[H5] is not told the open run again when it asks for the history, since it appends every token', async () => {
    const harness = new RoomHarness();
    const client = await harness.connect({ version: 0 });
    await client.ask('question', 'q-1');
    await harness.upstream.call.token('half');
    client.take();
    await client.send({ type: 'history' });
    expect(client.take()).toMatchObject([{ type: 'history', messages: [{ id: 'q-1' }] }]);
  });

  it('[F07] [F47] is told that nothing is being written, when the answer that it waited for has been cut short', async () => {
    const harness = new RoomHarness();
    const client = await harness.connect({ version: 0 });
    await client.ask('question', 'q-1');
    await harness.upstream.call.token('half');
    await harness.kill();
    const back = await harness.connect({ version: 0 });
    expect(back.frames).toMatchObject([
      { type: 'history', messages: [{ id: 'q-1' }] },
      { type: 'streaming', isStreaming: false },
    ]);
  });

  it('[V1] holds a whole conversation', async () => {
    const harness = new RoomHarness();
    const client = await harness.connect({ version: 0 });
    await client.sendText('{"type":"message","content":"Hi"}');
    await harness.upstream.call.token('Hello.');
    await harness.upstream.call.end();
    expect(typesOf(client.frames)).toEqual([
      'history',
      'streaming false',
      'message',
      'streaming true',
      'token',
      'done',
      'streaming false',
    ]);
    expect(client.framesOf('message')).toMatchObject([{ role: 'user', content: 'Hi' }]);
    expect(client.framesOf('done')).toMatchObject([{ fullContent: 'Hello.' }]);
    await client.sendText('{"type":"clear"}');
    expect(client.frames.at(-1)).toMatchObject({ type: 'history', messages: [] });
  });

  it('[C2] gets an id from the relay for each message, never the same one', async () => {
    const harness = new RoomHarness();
    const client = await harness.connect({ version: 0 });
    for (let index = 0; index < 3; index += 1) {
      await client.ask('again');
      await harness.upstream.call.end();
    }
    const ids = client.framesOf('message').map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
    expect(harness.upstream.calls).toHaveLength(3);
  });

  it('[F49] is greeted with what is at hand when the rest cannot be read', async () => {
    const harness = await roomWith(300);
    harness.storage.failNext('page');
    const client = await harness.connect({ version: 0 });
    expect(client.framesOf('history')[0]?.messages).toHaveLength(50);
    await (await harness.connect()).ask('question', 'q-1');
    expect(client.framesOf('message')).toMatchObject([{ id: 'q-1' }]);
  });

  it('[H4] gets no live frame before its history, however long that takes to read', async () => {
    const storage = new PartyStorage(new MemoryKeyValueStore());
    await storage.load();
    await fill(storage, 200);
    await storage.commit(change({ append: [userMessage('last')] }));
    const harness = new RoomHarness({ storage });
    const ana = await harness.connect();
    const [client] = await Promise.all([harness.connect({ version: 0 }), ana.ask('question', 'q-1')]);
    expect(client.frames[0]?.type).toBe('history');
    expect(client.framesOf('message')).toMatchObject([{ id: 'q-1' }]);
  });
});
