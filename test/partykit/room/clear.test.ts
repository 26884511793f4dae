import { describe, expect, it } from 'vitest';
import { cursorOf } from '#protocol';
import { RoomHarness, typesOf } from '../../support/room-harness.ts';

async function room() {
  const harness = new RoomHarness();
  const ana = await harness.connect();
  const ben = await harness.connect();
  await harness.converse(ana, 2);
  ana.take();
  ben.take();
  return { harness, ana, ben };
}

describe('clear', () => {
  it('[S6] empties the thread for everyone, in the next generation', async () => {
    const { harness, ana, ben } = await room();
    await ben.send({ type: 'clear' });
    for (const client of [ana, ben]) {
      expect(client.take()).toEqual([{ type: 'history', messages: [], gen: 1, mode: 'full', v: 1 }]);
      expect(client.thread()).toMatchObject({ gen: 1, messages: [] });
    }
    expect(await harness.storage.load()).toMatchObject({ gen: 1, count: 0, open: undefined });
  });

  it('[S6] [F23] in the middle of a run aborts it, ends it for everyone, and lets nothing of it follow', async () => {
    const { harness, ana, ben } = await room();
    await ana.ask('question', 'q-3');
    const { call } = harness.upstream;
    await call.token('half', ' more');
    await ben.send({ type: 'clear' });
    expect(call.aborted).toBe(true);
    for (const client of [ana, ben]) {
      const frames = client.take();
      expect(typesOf(frames)).toEqual([
        'message',
        'streaming true',
        'token',
        'done',
        'streaming false',
        'history',
      ]);
      expect(frames).toMatchObject([
        {},
        {},
        {},
        { status: 'stopped', fullContent: 'half more', gen: 0 },
        {},
        { gen: 1 },
      ]);
    }
    await call.token(' late');
    await call.end();
    await harness.clock.advance(3_600_000);
    expect([...ana.take(), ...ben.take()]).toEqual([]);
    expect(await harness.storage.load()).toMatchObject({ gen: 1, count: 0, open: undefined });
    expect(harness.clock.scheduled).toBe(0);
  });

  it('[C1] [F24] takes no message that was written to the thread before it', async () => {
    const { harness, ana, ben } = await room();
    await ben.send({ type: 'clear' });
    ana.take();
    await ana.send({ type: 'message', content: 'to the old thread', id: 'late', gen: 0 });
    expect(ana.take()).toMatchObject([{ type: 'error', code: 'interrupted', messageId: 'late' }]);
    await ana.send({ type: 'message', content: 'to the new one', id: 'timely', gen: 1 });
    expect(ana.take()[0]).toMatchObject({ type: 'message', id: 'timely' });
    expect((await harness.storage.load()).count).toBe(1);
  });

  it('[S6] leaves a room that works', async () => {
    const { harness, ana } = await room();
    await ana.send({ type: 'clear' });
    await ana.ask('question 1', 'q-1');
    await harness.upstream.call.token('new answer');
    await harness.upstream.call.end();
    expect(ana.thread().messages.map(({ content }) => content)).toEqual(['question 1', 'new answer']);
    expect(harness.upstream.call.request.history).toEqual([]);
  });

  it('[F25] gives a client of the old generation nothing of it when it comes back', async () => {
    const { harness, ana, ben } = await room();
    const before = ana.thread();
    ana.leave();
    await ben.send({ type: 'clear' });
    await ben.ask('new', 'q-new');
    const back = await harness.resume(cursorOf(before));
    expect(back.framesOf('history')).toMatchObject([{ mode: 'full', gen: 1, messages: [{ id: 'q-new' }] }]);
    expect(back.thread(before).messages.map(({ id }) => id)).toEqual(['q-new']);
  });

  it('[S6] counts on over restarts', async () => {
    const { harness, ana } = await room();
    await ana.send({ type: 'clear' });
    await harness.kill();
    const again = await harness.connect();
    await again.send({ type: 'clear' });
    expect(again.framesOf('history').map(({ gen }) => gen)).toEqual([1, 2]);
  });
});

describe("the upstream's name for the thread", () => {
  const names = (harness: RoomHarness) => harness.upstream.calls.map(({ request }) => request.threadId);

  it("[R5] is the widget's thread id at first", async () => {
    const { harness } = await room();
    expect(names(harness)).toEqual(['thread-1', 'thread-1']);
  });

  it('[R5] is a fresh id after a clear, and stays it over a restart', async () => {
    const { harness, ana } = await room();
    await ana.send({ type: 'clear' });
    await ana.ask('question', 'q-1');
    const fresh = names(harness).at(-1);
    expect(fresh).toMatch(/^fresh-/);
    await harness.upstream.call.end();
    await harness.kill();
    const again = await harness.connect();
    await again.ask('question', 'q-2');
    expect(names(harness).at(-1)).toBe(fresh);
    await again.send({ type: 'clear' });
    await again.ask('question', 'q-3');
    expect(new Set(names(harness)).size).toBe(3);
  });

  it('[R5] is what the upstream reports, from the next run on and over a restart', async () => {
    const { harness, ana } = await room();
    await ana.ask('question', 'q-3');
    await harness.upstream.call.threadNamed('of-the-service');
    await harness.upstream.call.end();
    await ana.ask('question', 'q-4');
    expect(names(harness).at(-1)).toBe('of-the-service');
    await harness.upstream.call.end();
    await harness.kill();
    await (await harness.connect()).ask('question', 'q-5');
    expect(names(harness).at(-1)).toBe('of-the-service');
  });

  it('[R5] is forgotten by a clear', async () => {
    const { harness, ana } = await room();
    await ana.ask('question', 'q-3');
    await harness.upstream.call.threadNamed('of-the-service');
    await ana.send({ type: 'clear' });
    await ana.ask('question', 'q-4');
    expect(names(harness).at(-1)).toMatch(/^fresh-/);
  });
});
