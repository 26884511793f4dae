import { describe, expect, it } from 'vitest';
import { RoomHarness, typesOf } from '../../support/room-harness.ts';
import { PartyStorage } from '../../../partykit/storage/party-storage.ts';
import { MemoryKeyValueStore } from '../../support/key-value-store.ts';

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
    expect(await harness.storage.load()).toMatchObject({ count: 2 });
  });

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
