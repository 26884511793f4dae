/** Storage that says no (F49): nothing is promised that is not stored, and the room goes on. */
import { describe, expect, it } from 'vitest';
import { cursorOf } from '#protocol';
import { PartyStorage } from '../../../partykit/storage/party-storage.ts';
import { MemoryKeyValueStore } from '../../support/key-value-store.ts';
import { RoomHarness, typesOf } from '../../support/room-harness.ts';
import { fill } from '../../support/storage-contract.ts';

async function room() {
  const harness = new RoomHarness();
  return { harness, ana: await harness.connect(), ben: await harness.connect() };
}

describe('a room that cannot be loaded', () => {
  it('[F49] says so and closes, so that the client tries again', async () => {
    const harness = new RoomHarness();
    harness.storage.failNext('load');
    const ana = await harness.connect();
    expect(ana.frames).toMatchObject([{ type: 'error', code: 'storage_failed', retryable: true }]);
    expect(ana.socket.closed).toEqual({ code: 1013, reason: 'storage_failed' });
    expect(harness.events('storage_failed')).toMatchObject([{ during: 'wake' }]);
  });

  it('[F49] is loaded by the next client', async () => {
    const harness = new RoomHarness();
    harness.storage.failNext('load', 2);
    await harness.connect();
    await harness.connect();
    const ben = await harness.connect();
    expect(typesOf(ben.frames)).toEqual(['history']);
    await ben.ask('question', 'q-1');
    expect(harness.upstream.calls).toHaveLength(1);
  });

  it('[F49] does not greet over the damage of a thread that cannot be read', async () => {
    const store = new MemoryKeyValueStore();
    store.damage('ivy:meta', 'nonsense');
    const before = store.contents;
    const harness = new RoomHarness({ storage: new PartyStorage(store) });
    const ana = await harness.connect();
    await ana.ask('question', 'q-1');
    expect(typesOf(ana.frames)).toEqual(['error', 'error']);
    expect(store.contents).toEqual(before);
  });
});

describe('a message that cannot be stored', () => {
  it('[F49] is refused to its sender, and neither echoed nor asked', async () => {
    const { harness, ana, ben } = await room();
    harness.storage.failNext('commit');
    await ana.ask('question', 'q-1');
    expect(ana.frames.slice(1)).toMatchObject([{ type: 'error', code: 'storage_failed', messageId: 'q-1' }]);
    expect(typesOf(ben.frames)).toEqual(['history']);
    expect(harness.upstream.calls).toHaveLength(0);
    expect(harness.events('storage_failed')).toMatchObject([{ during: 'accept' }]);
  });

  it('[F49] is taken when it comes again', async () => {
    const { harness, ana } = await room();
    harness.storage.failNext('commit');
    await ana.ask('question', 'q-1');
    await ana.ask('question', 'q-1');
    expect(typesOf(ana.frames)).toEqual(['history', 'error', 'message', 'streaming true']);
    expect(harness.upstream.calls).toHaveLength(1);
  });

  it('[F49] is refused when nobody can say whether it is known', async () => {
    const storage = new PartyStorage(new MemoryKeyValueStore());
    await storage.load();
    await fill(storage, 60);
    const harness = new RoomHarness({ storage });
    const ana = await harness.connect();
    harness.storage.failNext('find');
    await ana.ask('text 1', 'm-1');
    expect(ana.frames.at(-1)).toMatchObject({ type: 'error', code: 'storage_failed', messageId: 'm-1' });
    await ana.ask('text 1', 'm-1');
    expect(ana.framesOf('message')).toMatchObject([{ id: 'm-1' }]);
  });
});

describe('an answer that cannot be stored', () => {
  async function unstored(times = 1) {
    const { harness, ana, ben } = await room();
    await ana.ask('question', 'q-1');
    await harness.upstream.call.token('answer');
    harness.storage.failNext('commit', times);
    await harness.upstream.call.end();
    return { harness, ana, ben };
  }

  it('[F49] [S3] does not end before it is stored, and ends a quarter of a second later when it is', async () => {
    const { harness, ana, ben } = await unstored();
    expect(typesOf(ana.frames).at(-1)).toBe('token');
    expect(typesOf((await harness.connect()).frames)).toEqual(['history', 'streaming true', 'token']);
    await harness.clock.advance(250);
    for (const client of [ana, ben]) {
      expect(typesOf(client.frames).slice(-2)).toEqual(['done', 'streaming false']);
      expect(client.thread().messages.at(-1)).toMatchObject({ content: 'answer', status: 'complete' });
    }
    expect(harness.events('storage_failed')).toMatchObject([{ during: 'end' }]);
    expect(harness.events('run_ended')).toHaveLength(1);
  });

  it('[F49] [F09] ends once, as interrupted, when the room dies before it is stored', async () => {
    const { harness, ana } = await unstored();
    const cursor = cursorOf(ana.thread());
    await harness.kill();
    const back = await harness.resume(cursor);
    expect(back.thread(ana.thread()).messages.at(-1)).toMatchObject({ status: 'interrupted' });
    expect(ana.framesOf('done')).toEqual([]);
    expect(harness.upstream.calls).toHaveLength(1);
  });

  it('[F49] keeps the room busy until then, and cannot be stopped any more', async () => {
    const { harness, ana } = await unstored(2);
    ana.take();
    await ana.send({ type: 'stop' });
    await ana.ask('next', 'q-2');
    expect(ana.take()).toMatchObject([{ type: 'error', code: 'busy', messageId: 'q-2' }]);
    await harness.clock.advance(750);
    expect(ana.thread().messages.at(-1)).toMatchObject({ status: 'complete' });
  });

  it('[F49] [F23] ends with its thread', async () => {
    const { harness, ana } = await unstored();
    ana.take();
    await ana.send({ type: 'clear' });
    expect(typesOf(ana.take())).toEqual(['done', 'streaming false', 'history']);
    await harness.clock.advance(60_000);
    expect(await harness.storage.load()).toMatchObject({ gen: 1, count: 0 });
    expect(harness.events('run_ended')).toHaveLength(1);
  });
});

describe('an answer that storage goes on refusing', () => {
  const GIVEN_UP_MS = 250 + 500 + 1000 + 2000;

  async function unstored(more = 0) {
    const { harness, ana, ben } = await room();
    await ana.ask('question', 'q-1');
    await harness.upstream.call.token('answer');
    harness.storage.failNext('commit', 5 + more);
    await harness.upstream.call.end();
    await harness.clock.advance(GIVEN_UP_MS);
    return { harness, ana, ben };
  }

  it('[F49] [S3] ends for everyone after four seconds, and is shown to who comes next', async () => {
    const { harness, ana, ben } = await unstored();
    for (const client of [ana, ben]) {
      expect(typesOf(client.frames).slice(-2)).toEqual(['done', 'streaming false']);
      expect(client.thread().messages.at(-1)).toMatchObject({ content: 'answer' });
    }
    expect((await harness.connect()).framesOf('history')[0]?.messages).toHaveLength(2);
    expect(harness.events('storage_failed')).toHaveLength(5);
  });

  it('[F49] is stored with the next message, in its place', async () => {
    const { harness, ana } = await unstored();
    await ana.ask('next', 'q-2');
    await harness.upstream.call.token('second');
    await harness.upstream.call.end();
    const { recent, open } = await harness.storage.load();
    expect(recent.map(({ content }) => content)).toEqual(['question', 'answer', 'next', 'second']);
    expect(open).toBeUndefined();
  });

  it('[F49] is not lost by another failure', async () => {
    const { harness, ana } = await unstored();
    harness.storage.failNext('commit');
    await ana.ask('next', 'q-2');
    await ana.ask('next', 'q-2');
    await harness.upstream.call.end();
    const { recent } = await harness.storage.load();
    expect(recent.map(({ content }) => content)).toEqual(['question', 'answer', 'next', '']);
  });

  it('[F49] is stored by itself after a second, and does not end again when the room dies later', async () => {
    const { harness, ana } = await unstored();
    await harness.clock.advance(1000);
    await harness.kill();
    const client = await harness.connect();
    expect(client.framesOf('history')[0]?.messages).toEqual(ana.thread().messages);
    expect(harness.events('run_interrupted')).toEqual([]);
  });

  it('[F49] is tried again ever more rarely, and the room rests when it is stored', async () => {
    const { harness } = await unstored(7);
    for (const wait of [1, 2, 4, 8, 16, 32, 60]) await harness.clock.advance(wait * 1000);
    expect(harness.events('storage_failed')).toHaveLength(12);
    await harness.clock.advance(60_000);
    expect((await harness.storage.load()).open).toBeUndefined();
    expect(harness.clock.scheduled).toBe(0);
  });

  it('[F49] is not written twice when the next message took it along', async () => {
    const { harness, ana } = await unstored();
    await ana.ask('next', 'q-2');
    await harness.clock.advance(1000);
    const { recent, open } = await harness.storage.load();
    expect(recent.map(({ content }) => content)).toEqual(['question', 'answer', 'next']);
    expect(open?.run).toMatchObject({ userMessageId: 'q-2' });
  });

  it('[F49] is forgotten with its thread', async () => {
    const { harness, ana } = await unstored();
    await ana.send({ type: 'clear' });
    await harness.clock.advance(1000);
    expect(await harness.storage.load()).toMatchObject({ gen: 1, count: 0 });
  });

  it('[R1] is interrupted, with what was stored of it, when the room dies before that', async () => {
    const { harness } = await unstored();
    await harness.kill();
    const client = await harness.connect();
    expect(client.framesOf('history')[0]?.messages).toMatchObject([{ id: 'q-1' }, { status: 'interrupted' }]);
  });
});

describe('a thread that cannot be cleared', () => {
  it('[F49] stays as it is, and its clearer is told', async () => {
    const { harness, ana, ben } = await room();
    await harness.converse(ana, 1);
    ana.take();
    ben.take();
    harness.storage.failNext('reset');
    await ana.send({ type: 'clear' });
    expect(ana.take()).toMatchObject([{ type: 'error', code: 'storage_failed' }]);
    expect(ben.take()).toEqual([]);
    expect((await harness.connect()).framesOf('history')[0]).toMatchObject({
      gen: 0,
      messages: { length: 2 },
    });
    await ana.send({ type: 'clear' });
    expect(ben.take()).toMatchObject([{ type: 'history', gen: 1, messages: [] }]);
  });

  it('[F49] goes on with the answer that is being written', async () => {
    const { harness, ana, ben } = await room();
    await ana.ask('question', 'q-1');
    await harness.upstream.call.token('half');
    harness.storage.failNext('reset');
    await ben.send({ type: 'clear' });
    expect(harness.upstream.call.aborted).toBe(false);
    await harness.upstream.call.token(' and half');
    await harness.upstream.call.end();
    expect(ana.thread()).toMatchObject({ gen: 0, run: undefined, messages: { length: 2 } });
    expect((await harness.storage.load()).recent.map(({ content }) => content)).toEqual([
      'question',
      'half and half',
    ]);
  });

  it('[R1] has all of it when the relay dies before it is cleared in storage', async () => {
    const { harness, ana } = await room();
    await ana.ask('question', 'q-1');
    await harness.upstream.call.token('half');
    await harness.clock.advance(250);
    harness.storage.failNext('reset');
    await ana.send({ type: 'clear' });
    await harness.kill();
    expect((await harness.connect()).framesOf('history')[0]?.messages).toMatchObject([
      { id: 'q-1' },
      { content: 'half', status: 'interrupted' },
    ]);
  });
});

describe('other things that cannot be done', () => {
  it('[F49] a retry is refused and starts nothing', async () => {
    const { harness, ana } = await room();
    await ana.ask('question', 'q-1');
    await harness.upstream.call.fail({ code: 'upstream_failed' });
    harness.storage.failNext('commit');
    await ana.send({ type: 'retry', messageId: 'q-1' });
    expect(ana.frames.at(-1)).toMatchObject({ type: 'error', code: 'storage_failed', messageId: 'q-1' });
    expect(harness.upstream.calls).toHaveLength(1);
  });

  it('[F49] a page is refused and can be asked for again', async () => {
    const { harness, ana } = await room();
    harness.storage.failNext('page');
    await ana.send({ type: 'history', before: 'm-1' });
    await ana.send({ type: 'history', before: 'm-1' });
    expect(ana.frames.slice(1)).toMatchObject([
      { type: 'error', code: 'storage_failed' },
      { type: 'history', mode: 'page' },
    ]);
  });

  it('[F49] a checkpoint is logged, and the answer goes on', async () => {
    const { harness, ana } = await room();
    await ana.ask('question', 'q-1');
    harness.storage.failNext('checkpoint');
    await harness.upstream.call.token('half');
    await harness.clock.advance(250);
    expect(harness.events('storage_failed')).toMatchObject([{ during: 'checkpoint' }]);
    await harness.upstream.call.token(' and half');
    await harness.upstream.call.end();
    expect(await harness.storage.find(ana.framesOf('done')[0]?.messageId ?? '')).toMatchObject({
      content: 'half and half',
    });
  });

  it('[F49] an interrupted run that cannot be written is shown as it is, and ends once it is written', async () => {
    const { harness, ana } = await room();
    await ana.ask('question', 'q-1');
    await harness.upstream.call.token('half');
    await harness.clock.advance(250);
    await harness.kill();
    harness.storage.failNext('commit');
    const client = await harness.connect();
    expect(typesOf(client.frames)).toEqual(['history', 'streaming true', 'token']);
    await harness.clock.advance(250);
    expect(client.thread().messages.at(-1)).toMatchObject({ content: 'half', status: 'interrupted' });
    expect(client.framesOf('done')).toHaveLength(1);
    expect(harness.upstream.calls).toHaveLength(1);
  });

  it('[F49] [F10] an interrupted run ends once when the room is killed before its end is written', async () => {
    const { harness, ana } = await room();
    await ana.ask('question', 'q-1');
    for (let kill = 0; kill < 3; kill += 1) {
      await harness.kill();
      harness.storage.failNext('commit');
      expect((await harness.connect()).framesOf('done')).toEqual([]);
    }
    await harness.clock.advance(250);
    const { recent } = await harness.storage.load();
    expect(recent).toMatchObject([{ id: 'q-1' }, { status: 'interrupted' }]);
  });
});
