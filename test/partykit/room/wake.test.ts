import { describe, expect, it } from 'vitest';
import { cursorOf } from '#protocol';
import { RoomHarness, typesOf } from '../../support/room-harness.ts';
import { PartyStorage } from '../../../partykit/storage/party-storage.ts';
import { MemoryStorage } from '../../../partykit/storage/memory-storage.ts';
import type { ThreadCommit } from '../../../partykit/room/ports.ts';
import { MemoryKeyValueStore } from '../../support/key-value-store.ts';

/** The commit that nobody hears of any more: the relay dies before it is written, or just after. */
class StorageAtDeath extends MemoryStorage {
  dies: 'before' | 'after' | undefined;

  override async commit(change: ThreadCommit): Promise<void> {
    const { dies } = this;
    this.dies = undefined;
    if (dies !== 'before') await super.commit(change);
    if (dies !== undefined) await new Promise<never>(() => undefined);
  }
}

async function asked(harness = new RoomHarness()) {
  const ana = await harness.connect();
  await ana.ask('question', 'q-1');
  return { harness, ana };
}

describe('a run and a relay that is killed', () => {
  it('[R1] has its start in storage before the upstream is asked', async () => {
    const harness = new RoomHarness();
    const seen: Promise<unknown>[] = [];
    harness.upstream.onStart = () => seen.push(harness.storage.load());
    await asked(harness);
    expect(await Promise.all(seen)).toMatchObject([
      { recent: [{ id: 'q-1' }], open: { run: { userMessageId: 'q-1' }, text: '' } },
    ]);
  });

  it('[R1] [F07] is interrupted when the room wakes without a producer, with the text that was stored', async () => {
    const { harness } = await asked();
    await harness.upstream.call.token('half an ');
    await harness.clock.advance(250);
    await harness.upstream.call.token('answer');
    await harness.clock.advance(250);
    await harness.kill();
    const client = await harness.connect();
    expect(client.frames).toMatchObject([
      {
        type: 'history',
        messages: [{ id: 'q-1' }, { role: 'assistant', content: 'half an answer', status: 'interrupted' }],
      },
    ]);
    expect(client.thread().run).toBeUndefined();
    expect(await harness.storage.load()).toMatchObject({ count: 2, open: undefined });
    expect(harness.upstream.calls).toHaveLength(1);
  });

  it('[F08] is interrupted without text when it was killed before the first byte, and is not asked again', async () => {
    const { harness } = await asked();
    await harness.kill();
    const client = await harness.connect();
    expect(client.framesOf('history')[0]?.messages).toMatchObject([
      { id: 'q-1' },
      { content: '', status: 'interrupted' },
    ]);
    expect(harness.upstream.calls).toHaveLength(1);
    await client.ask('question', 'q-1');
    expect(client.framesOf('message')).toHaveLength(1);
    expect(harness.upstream.calls).toHaveLength(1);
  });

  it('[F08] is asked by nobody but the person when it was killed between the question and the request', async () => {
    const storage = new StorageAtDeath();
    const harness = new RoomHarness({ storage });
    const ana = await harness.connect();
    storage.dies = 'after';
    void ana.ask('question', 'q-1');
    await harness.kill();
    const client = await harness.connect();
    expect(client.framesOf('history')[0]?.messages).toMatchObject([
      { id: 'q-1' },
      { content: '', status: 'interrupted' },
    ]);
    await client.ask('question', 'q-1');
    expect(harness.upstream.calls).toEqual([]);
    await client.send({ type: 'retry', messageId: 'q-1' });
    expect(harness.upstream.calls).toHaveLength(1);
  });

  it('[F08] is begun once, by the message that comes again, when it was killed before the question was stored', async () => {
    const storage = new StorageAtDeath();
    const harness = new RoomHarness({ storage });
    const ana = await harness.connect();
    storage.dies = 'before';
    void ana.ask('question', 'q-1');
    await harness.kill();
    expect(ana.framesOf('message')).toEqual([]);
    const client = await harness.connect();
    expect(client.thread()).toMatchObject({ messages: [], run: undefined });
    expect(harness.upstream.calls).toEqual([]);
    await client.ask('question', 'q-1');
    await client.ask('question', 'q-1');
    expect(harness.upstream.calls).toHaveLength(1);
  });

  it('[R1] keeps the id that its clients know', async () => {
    const { harness, ana } = await asked();
    const id = ana.framesOf('streaming')[0]?.messageId;
    await harness.kill();
    const client = await harness.connect();
    expect(client.framesOf('history')[0]?.messages.at(-1)?.id).toBe(id);
  });

  it('[S3] is ended for the clients whose connections outlived the room', async () => {
    const { harness, ana } = await asked();
    await harness.upstream.call.token('half');
    await harness.clock.advance(250);
    ana.take();
    await harness.kill({ socketsSurvive: true });
    await ana.send({ type: 'ping' });
    expect(typesOf(ana.take())).toEqual(['done', 'streaming false', 'pong']);
    expect(ana.framesOf('done')).toMatchObject([{ fullContent: 'half', status: 'interrupted' }]);
    expect(ana.thread().run).toBeUndefined();
  });

  it('[F10] has one answer after five kills', async () => {
    const { harness } = await asked();
    for (let index = 0; index < 5; index += 1) {
      await harness.kill();
      await harness.connect();
    }
    expect(await harness.storage.load()).toMatchObject({ count: 2, recent: [{}, { status: 'interrupted' }] });
    expect(harness.upstream.calls).toHaveLength(1);
  });

  it.each([
    ['before', 'interrupted'],
    ['after', 'complete'],
  ] as const)(
    '[F09] whose upstream has ended is over, also when it was killed just %s that was written: %s',
    async (dies, status) => {
      const storage = new StorageAtDeath();
      const { harness, ana } = await asked(new RoomHarness({ storage }));
      await harness.upstream.call.token('the whole answer');
      await harness.clock.advance(250);
      const before = ana.thread();
      storage.dies = dies;
      await harness.upstream.call.end();
      expect(ana.framesOf('done')).toEqual([]);
      await harness.kill();
      const back = await harness.resume(cursorOf(before));
      const fresh = await harness.connect();
      for (const thread of [back.thread(before), fresh.thread()]) {
        expect(thread.run).toBeUndefined();
        expect(thread.messages).toMatchObject([{ id: 'q-1' }, { content: 'the whole answer', status }]);
      }
      expect(await harness.storage.load()).toMatchObject({ count: 2, open: undefined });
      expect(harness.upstream.calls).toHaveLength(1);
      await fresh.ask('next', 'q-2');
      expect(harness.upstream.calls).toHaveLength(2);
    },
  );

  it('[R1] leaves a room that answers the next question', async () => {
    const store = new MemoryKeyValueStore();
    const { harness } = await asked(new RoomHarness({ storage: new PartyStorage(store) }));
    await harness.upstream.call.token('half');
    await harness.clock.advance(250);
    await harness.kill();
    const client = await harness.connect();
    await client.ask('next', 'q-2');
    await harness.upstream.call.token('whole');
    await harness.upstream.call.end();
    expect(client.thread().messages.map(({ content }) => content)).toEqual([
      'question',
      'half',
      'next',
      'whole',
    ]);
    expect(store.keys.filter((key) => key.includes(':checkpoint:'))).toEqual([]);
  });

  it('[R5] keeps the thread id of the run that was interrupted', async () => {
    const { harness, ana } = await asked();
    await harness.upstream.call.threadNamed('of-the-service');
    await harness.upstream.call.end();
    await ana.ask('next', 'q-2');
    await harness.kill();
    const client = await harness.connect();
    await client.send({ type: 'retry', messageId: 'q-2' });
    expect(harness.upstream.call.request.threadId).toBe('of-the-service');
  });
});
