import { describe, expect, it } from 'vitest';
import { cursorOf, type Cursor } from '#protocol';
import { HARD_TEXT } from '../../support/messages.ts';
import { RoomHarness, typesOf } from '../../support/room-harness.ts';

/** A thread of two turns whose third answer is being written: `half` was sent. */
async function midAnswer() {
  const harness = new RoomHarness();
  const ana = await harness.connect();
  await harness.converse(ana, 2);
  await ana.ask('question 3', 'q-3');
  await harness.upstream.call.token('half');
  const run = harness.room;
  return { harness, ana, run, runId: ana.framesOf('streaming').at(-1)?.messageId ?? '' };
}

describe('the greeting of a version-1 client', () => {
  it('[H4] is an empty snapshot in a new room', async () => {
    const client = await new RoomHarness().connect();
    expect(client.frames).toEqual([{ type: 'history', messages: [], gen: 0, mode: 'full', v: 1 }]);
  });

  it('[H4] is a snapshot of the newest page, with the cursor of the page above', async () => {
    const harness = new RoomHarness();
    await harness.converse(await harness.connect(), 30);
    const [history] = (await harness.connect()).framesOf('history');
    expect(history).toMatchObject({ mode: 'full', gen: 0, v: 1 });
    expect(history?.messages).toHaveLength(50);
    expect(history?.messages[0]).toMatchObject({ id: 'q-6' });
    expect(history?.before).toBe('q-6');
  });

  it('[H4] has no cursor of a page above when there is none', async () => {
    const harness = new RoomHarness();
    await harness.converse(await harness.connect(), 25);
    const [history] = (await harness.connect()).framesOf('history');
    expect(history?.messages).toHaveLength(50);
    expect(history?.before).toBeUndefined();
  });

  it('[H4] holds only what the client lacks when its cursor is known', async () => {
    const { harness, ana } = await midAnswer();
    const [, second] = ana.framesOf('done');
    const client = await harness.resume({ gen: 0, last: second?.messageId });
    expect(client.framesOf('history')).toMatchObject([{ mode: 'tail', messages: [{ id: 'q-3' }] }]);
    expect(client.framesOf('history')[0]?.before).toBeUndefined();
  });

  it('[H4] lacks nothing for a client that has everything', async () => {
    const harness = new RoomHarness();
    const ana = await harness.connect();
    await harness.converse(ana, 2);
    const client = await harness.resume(cursorOf(ana.thread()));
    expect(client.frames).toEqual([{ type: 'history', messages: [], gen: 0, mode: 'tail', v: 1 }]);
  });

  it('[H5] goes on with the open run from where the client is', async () => {
    const { harness, runId } = await midAnswer();
    const client = await harness.resume({ gen: 0, last: 'q-3', run: runId, off: 2 });
    expect(client.frames.slice(1)).toEqual([
      { type: 'streaming', isStreaming: true, messageId: runId, gen: 0 },
      { type: 'token', content: 'lf', messageId: runId, offset: 2 },
    ]);
  });

  it('[H5] sends no token to a client that has all of the open run', async () => {
    const { harness, runId } = await midAnswer();
    const client = await harness.resume({ gen: 0, last: 'q-3', run: runId, off: 4 });
    expect(typesOf(client.frames)).toEqual(['history', 'streaming true']);
  });

  it('[H5] [F05] is three frames, however long the answer is', async () => {
    const { harness } = await midAnswer();
    for (let index = 0; index < 200; index += 1) await harness.upstream.call.token(HARD_TEXT);
    await harness.clock.advance(33);
    const client = await harness.connect();
    expect(typesOf(client.frames)).toEqual(['history', 'streaming true', 'token']);
    expect(client.thread().run?.text).toBe('half' + HARD_TEXT.repeat(200));
  });

  it('[H5] never sends a text twice: what waits to be merged comes with the next token', async () => {
    const { harness } = await midAnswer();
    await harness.upstream.call.token(' waits');
    const client = await harness.connect();
    expect(client.thread().run?.text).toBe('half');
    await harness.clock.advance(33);
    expect(client.framesOf('token').map(({ content }) => content)).toEqual(['half', ' waits']);
  });

  it('[F03] gives the whole answer to a client that was away for its end', async () => {
    const { harness, ana, runId } = await midAnswer();
    const before = ana.thread();
    ana.leave();
    await harness.upstream.call.token(' and half');
    await harness.upstream.call.end();
    const client = await harness.resume(cursorOf(before));
    expect(client.framesOf('history')).toMatchObject([
      { mode: 'tail', messages: [{ id: runId, content: 'half and half', status: 'complete' }] },
    ]);
    expect(client.thread(before).run).toBeUndefined();
    expect(client.thread(before).messages.at(-1)).toMatchObject({ content: 'half and half' });
  });

  it.each<[string, (runId: string) => Cursor]>([
    ['another generation', () => ({ gen: 1, last: 'q-3' })],
    ['a message that is not here', () => ({ gen: 0, last: 'q-99' })],
    ['no message at all', () => ({ gen: 0 })],
    ['a run that is not here', () => ({ gen: 0, last: 'q-3', run: 'somebody-else', off: 1 })],
    ['more of the run than there is', (runId) => ({ gen: 0, last: 'q-3', run: runId, off: 5 })],
  ])('[H6] [F32] is a snapshot for a cursor of %s', async (_what, cursor) => {
    const { harness, runId } = await midAnswer();
    const client = await harness.resume(cursor(runId));
    expect(client.framesOf('history')).toMatchObject([{ mode: 'full' }]);
    expect(client.framesOf('history')[0]?.messages).toHaveLength(5);
    expect(client.thread().run).toEqual({ messageId: runId, text: 'half' });
  });

  it('[F34] says that an answer is on its way when the question is taken and nothing is written yet', async () => {
    const harness = new RoomHarness();
    const ana = await harness.connect();
    const [, during] = await Promise.all([ana.ask('question', 'q-1'), harness.connect()]);
    const after = await harness.connect();
    for (const client of [during, after]) {
      expect(client.frames).toMatchObject([
        { type: 'history', messages: [{ id: 'q-1' }] },
        { type: 'streaming', isStreaming: true },
      ]);
      expect(client.thread()).toEqual(ana.thread());
    }
    await harness.upstream.call.token('answer');
    await harness.upstream.call.end();
    for (const client of [during, after]) {
      expect(client.framesOf('token')).toMatchObject([{ content: 'answer', offset: 0 }]);
      expect(client.thread()).toEqual(ana.thread());
    }
  });

  it('[F35] shows an answer that failed before, with its text and its reason, once', async () => {
    const { harness, ana, runId } = await midAnswer();
    const before = ana.thread();
    ana.leave();
    await harness.upstream.call.fail({ code: 'upstream_unreachable' });
    const failed = { id: runId, content: 'half', status: 'failed', error: { code: 'upstream_unreachable' } };
    const fresh = await harness.connect();
    const back = await harness.resume(cursorOf(before));
    for (const [client, from] of [
      [fresh, undefined],
      [back, before],
    ] as const) {
      expect(typesOf(client.frames)).toEqual(['history']);
      const { run, messages } = client.thread(from);
      expect(run).toBeUndefined();
      expect(messages.filter(({ id }) => id === runId)).toEqual([expect.objectContaining(failed)]);
    }
    const again = await harness.resume(cursorOf(fresh.thread()));
    expect(again.framesOf('history')).toMatchObject([{ mode: 'tail', messages: [] }]);
  });

  it('[F31] brings a client that is ahead of the stored text back to it', async () => {
    const { harness, ana } = await midAnswer();
    await harness.clock.advance(250);
    await harness.upstream.call.token(' that was sent and never stored');
    await harness.clock.advance(33);
    const ahead = ana.thread();
    expect(ahead.run?.text).toBe('half that was sent and never stored');
    await harness.kill();
    const client = await harness.resume(cursorOf(ahead));
    expect(client.thread(ahead).run).toBeUndefined();
    expect(client.thread(ahead).messages.at(-1)).toMatchObject({ content: 'half', status: 'interrupted' });
  });

  it('[H4] comes before any live frame, also when the room is busy with others', async () => {
    const { harness } = await midAnswer();
    const token = harness.upstream.call.token(' more');
    const [client] = await Promise.all([harness.connect(), token, harness.clock.advance(40)]);
    expect(client.frames[0]?.type).toBe('history');
    expect(client.thread().run?.text).toBe('half more');
  });
});

describe('the history request', () => {
  it('[H4] without a cursor is answered with the snapshot again', async () => {
    const { harness, ana } = await midAnswer();
    ana.take();
    await ana.send({ type: 'history' });
    expect(typesOf(ana.take())).toEqual(['history', 'streaming true', 'token']);
    expect(ana.framesOf('history').at(-1)).toMatchObject({ mode: 'full' });
    expect(harness.upstream.calls).toHaveLength(3);
  });

  it('[S1] with a cursor is answered with what is missing', async () => {
    const { ana, runId } = await midAnswer();
    ana.take();
    await ana.send({ type: 'history', cursor: { gen: 0, last: 'q-3', run: runId, off: 1 } });
    expect(ana.take()).toMatchObject([
      { type: 'history', mode: 'tail', messages: [] },
      { type: 'streaming', isStreaming: true },
      { type: 'token', content: 'alf', offset: 1 },
    ]);
  });

  it('[F32] with the cursor of a run of somebody else is answered with the snapshot, and disturbs nobody', async () => {
    const { harness, ana, runId } = await midAnswer();
    const ben = await harness.connect();
    ben.take();
    for (const run of ['of-another-thread', 'q-3', '__proto__']) {
      await ana.send({ type: 'history', cursor: { gen: 0, last: 'q-3', run, off: 3 } });
      expect(ana.framesOf('history').at(-1)).toMatchObject({ mode: 'full' });
      expect(ana.thread().run).toEqual({ messageId: runId, text: 'half' });
    }
    expect(ana.socket.closed).toBeUndefined();
    expect(ben.take()).toEqual([]);
    await harness.upstream.call.token(' and half');
    await harness.upstream.call.end();
    expect(ana.thread().messages.at(-1)).toMatchObject({ content: 'half and half', status: 'complete' });
  });

  it('is answered to the one who asked', async () => {
    const { harness, ana } = await midAnswer();
    const ben = await harness.connect();
    ben.take();
    await ana.send({ type: 'history' });
    expect(ben.take()).toEqual([]);
  });
});
