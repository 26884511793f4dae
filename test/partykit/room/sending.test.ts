import { describe, expect, it } from 'vitest';
import { PartyStorage } from '../../../partykit/storage/party-storage.ts';
import { MemoryKeyValueStore } from '../../support/key-value-store.ts';
import { RoomHarness, typesOf } from '../../support/room-harness.ts';
import { fill } from '../../support/storage-contract.ts';

async function room() {
  const harness = new RoomHarness();
  return { harness, ana: await harness.connect(), ben: await harness.connect() };
}

describe('a message', () => {
  it('[S4] is echoed to everyone, then its run begins', async () => {
    const { harness, ana, ben } = await room();
    await ana.ask('Olá', 'q-1');
    const echo = {
      type: 'message',
      id: 'q-1',
      role: 'user',
      content: 'Olá',
      timestamp: harness.clock.now(),
      status: 'complete',
      gen: 0,
    };
    for (const client of [ana, ben]) {
      expect(client.frames.slice(1)).toMatchObject([echo, { type: 'streaming', isStreaming: true, gen: 0 }]);
    }
    expect(harness.upstream.calls.map(({ request }) => request.message)).toEqual(['Olá']);
  });

  it('[C2] is in storage before anyone sees it', async () => {
    const { harness, ana } = await room();
    const storedAtEcho: Promise<unknown>[] = [];
    ana.socket.onFrame = (frame) => {
      if (frame.type === 'message') storedAtEcho.push(harness.storage.find(frame.id));
    };
    await ana.ask('Olá', 'q-1');
    expect(await Promise.all(storedAtEcho)).toMatchObject([{ id: 'q-1', content: 'Olá' }]);
  });

  it('[C4] is of the user, at the time of the relay, whatever the client says', async () => {
    const { harness, ana } = await room();
    await ana.sendText(
      '{"type":"message","id":"q-1","content":"x","role":"assistant","timestamp":1,"status":"failed"}',
    );
    expect(ana.framesOf('message')).toMatchObject([
      { role: 'user', timestamp: harness.clock.now(), status: 'complete' },
    ]);
  });

  it.each(['while its run is open', 'after its run'])(
    '[C1] [F18] that comes again %s is answered to its sender alone and starts nothing',
    async (when) => {
      const { harness, ana, ben } = await room();
      await ana.ask('Olá', 'q-1');
      if (when === 'after its run') await harness.upstream.call.end();
      const echo = ana.framesOf('message')[0];
      ana.take();
      ben.take();
      await harness.clock.advance(5000);
      await ana.ask('Olá', 'q-1');
      expect(ana.take()).toEqual([echo]);
      expect(ben.take()).toEqual([]);
      expect(harness.upstream.calls).toHaveLength(1);
      expect((await harness.storage.load()).recent.filter(({ id }) => id === 'q-1')).toHaveLength(1);
    },
  );

  it('[C1] [F18] that is sent twice before anything is answered starts one run', async () => {
    const { harness, ana } = await room();
    await Promise.all([ana.ask('Olá', 'q-1'), ana.ask('Olá', 'q-1'), ana.ask('Olá', 'q-1')]);
    expect(harness.upstream.calls).toHaveLength(1);
    expect(ana.framesOf('message')).toHaveLength(3);
    expect(ana.framesOf('streaming')).toHaveLength(1);
  });

  it('[C1] is known after thousands of others, and after a restart', async () => {
    const storage = new PartyStorage(new MemoryKeyValueStore());
    await storage.load();
    await fill(storage, 1000);
    const harness = new RoomHarness({ storage });
    const ana = await harness.connect();
    await ana.ask('text 3', 'm-3');
    expect(ana.framesOf('message')).toMatchObject([{ id: 'm-3', content: 'text 3', timestamp: 3 }]);
    await ana.ask('other text', 'm-3');
    expect(ana.framesOf('error')).toMatchObject([{ code: 'id_conflict', messageId: 'm-3' }]);
    expect(harness.upstream.calls).toHaveLength(0);
    await ana.ask('new', 'm-1001');
    expect(harness.upstream.calls).toHaveLength(1);
  });

  it('[C1] [F19] with the id of another text is refused, and the first text stays', async () => {
    const { harness, ana, ben } = await room();
    await ana.ask('first', 'q-1');
    await harness.upstream.call.end();
    ben.take();
    await ana.ask('second', 'q-1');
    expect(ana.frames.at(-1)).toMatchObject({
      type: 'error',
      code: 'id_conflict',
      messageId: 'q-1',
      retryable: false,
    });
    expect(ben.take()).toEqual([]);
    expect(await harness.storage.find('q-1')).toMatchObject({ content: 'first' });
    expect(harness.upstream.calls).toHaveLength(1);
  });

  it('[C1] with the id of an answer is refused, even with its text', async () => {
    const { harness, ana } = await room();
    await ana.ask('question', 'q-1');
    await harness.upstream.call.token('answer');
    await harness.upstream.call.end();
    const answer = ana.framesOf('done')[0]?.messageId ?? '';
    await ana.ask('answer', answer);
    expect(ana.frames.at(-1)).toMatchObject({ type: 'error', code: 'id_conflict', messageId: answer });
  });

  it('[C3] is refused to its sender alone while a run is open, and not stored', async () => {
    const { harness, ana, ben } = await room();
    await ana.ask('first', 'q-1');
    ana.take();
    ben.take();
    await ben.ask('second', 'q-2');
    expect(ben.take()).toMatchObject([{ type: 'error', code: 'busy', retryable: true, messageId: 'q-2' }]);
    expect(ana.take()).toEqual([]);
    expect(await harness.storage.find('q-2')).toBeUndefined();
    expect(harness.upstream.calls).toHaveLength(1);
  });

  it('[C3] is taken under the same id once the room is free', async () => {
    const { harness, ana, ben } = await room();
    await ana.ask('first', 'q-1');
    await ben.ask('second', 'q-2');
    await harness.upstream.call.end();
    await ben.ask('second', 'q-2');
    expect(ana.framesOf('message').map(({ id }) => id)).toEqual(['q-1', 'q-2']);
  });

  it('[F06] of two tabs in the same instant comes in one order to both', async () => {
    const { harness, ana, ben } = await room();
    await Promise.all([ana.ask('of ana', 'q-a'), ben.ask('of ben', 'q-b')]);
    expect(ana.framesOf('message').map(({ id }) => id)).toEqual(['q-a']);
    expect(ben.framesOf('message').map(({ id }) => id)).toEqual(['q-a']);
    expect(ben.framesOf('error')).toMatchObject([{ code: 'busy', messageId: 'q-b' }]);
    expect(harness.upstream.calls).toHaveLength(1);
  });

  it('asks the upstream with the turns before it', async () => {
    const { harness, ana } = await room();
    await harness.converse(ana, 2);
    await ana.ask('question 3', 'q-3');
    expect(harness.upstream.call.request.message).toBe('question 3');
    expect(harness.upstream.call.request.history.map(({ content }) => content)).toEqual([
      'question 1',
      'answer 1',
      'question 2',
      'answer 2',
    ]);
  });
});

describe('a ping', () => {
  it('is answered with a pong, to its sender alone', async () => {
    const { ana, ben } = await room();
    await ana.send({ type: 'ping' });
    expect(typesOf(ana.frames)).toEqual(['history', 'pong']);
    expect(typesOf(ben.frames)).toEqual(['history']);
  });
});
