import { describe, expect, it } from 'vitest';
import { RoomHarness, typesOf } from '../../support/room-harness.ts';

async function room() {
  const harness = new RoomHarness();
  return { harness, ana: await harness.connect(), ben: await harness.connect() };
}

describe('stop', () => {
  it('[R3] [F26] [F27] by any client aborts the upstream and keeps what had arrived', async () => {
    const { harness, ana, ben } = await room();
    await ana.ask('question', 'q-1');
    await harness.upstream.call.token('half');
    await ben.send({ type: 'stop' });
    expect(harness.upstream.call.aborted).toBe(true);
    expect(ana.framesOf('done')).toMatchObject([{ fullContent: 'half', status: 'stopped' }]);
  });

  it('[F26] does nothing when there is no run, or again', async () => {
    const { harness, ana } = await room();
    await ana.send({ type: 'stop' });
    expect(typesOf(ana.frames)).toEqual(['history']);
    await ana.ask('question', 'q-1');
    await Promise.all([ana.send({ type: 'stop' }), ana.send({ type: 'stop' })]);
    expect(ana.framesOf('done')).toHaveLength(1);
    expect(harness.upstream.calls).toHaveLength(1);
  });

  it('leaves the room free for the next question', async () => {
    const { harness, ana } = await room();
    await ana.ask('question', 'q-1');
    await ana.send({ type: 'stop' });
    await ana.ask('next', 'q-2');
    expect(harness.upstream.calls).toHaveLength(2);
    expect(harness.upstream.call.aborted).toBe(false);
  });
});

describe('retry', () => {
  async function failedOnce() {
    const { harness, ana, ben } = await room();
    await harness.converse(ana, 1);
    await ana.ask('question', 'q-9');
    await harness.upstream.call.token('half');
    await harness.upstream.call.fail({ code: 'upstream_failed' });
    ana.take();
    ben.take();
    return { harness, ana, ben };
  }

  it('runs the question again without echoing it again', async () => {
    const { harness, ana, ben } = await failedOnce();
    await ben.send({ type: 'retry', messageId: 'q-9' });
    await harness.upstream.call.token('whole');
    await harness.upstream.call.end();
    expect(typesOf(ana.take())).toEqual(['streaming true', 'token', 'done', 'streaming false']);
    expect((await harness.storage.load()).recent.map(({ content }) => content)).toEqual([
      'question 1',
      'answer 1',
      'question',
      'half',
      'whole',
    ]);
  });

  it('asks the upstream with the turns before the question, not with the answer that failed', async () => {
    const { harness, ana } = await failedOnce();
    await ana.send({ type: 'retry', messageId: 'q-9' });
    const { message, history } = harness.upstream.call.request;
    expect(message).toBe('question');
    expect(history.map(({ content }) => content)).toEqual(['question 1', 'answer 1']);
  });

  it('[R1] records its start before it asks the upstream', async () => {
    const { harness, ana } = await failedOnce();
    const before: (readonly string[])[] = [];
    harness.upstream.onStart = () => before.push(harness.storage.calls.slice(-1));
    await ana.send({ type: 'retry', messageId: 'q-9' });
    expect(before).toEqual([['commit']]);
    expect((await harness.storage.load()).open?.run).toMatchObject({ userMessageId: 'q-9' });
  });

  it('may be asked again after another failure', async () => {
    const { harness, ana } = await failedOnce();
    for (let index = 0; index < 3; index += 1) {
      await ana.send({ type: 'retry', messageId: 'q-9' });
      await harness.upstream.call.fail({ code: 'upstream_timeout' });
    }
    expect(harness.upstream.calls).toHaveLength(5);
    expect(ana.thread().messages.filter(({ status }) => status === 'failed').length).toBeGreaterThan(0);
  });

  it('is possible for an answer that was stopped or interrupted', async () => {
    const { harness, ana } = await room();
    await ana.ask('question', 'q-1');
    await ana.send({ type: 'stop' });
    await ana.send({ type: 'retry', messageId: 'q-1' });
    expect(harness.upstream.calls).toHaveLength(2);
    await harness.kill();
    const client = await harness.connect();
    await client.send({ type: 'retry', messageId: 'q-1' });
    expect(harness.upstream.calls).toHaveLength(3);
  });

  it.each([
    ['a question with a complete answer', 'q-1'],
    ['an answer', 'fresh-x'],
    ['nobody', 'q-404'],
  ])('is refused for %s', async (_what, messageId) => {
    const { harness, ana, ben } = await room();
    await harness.converse(ana, 1);
    ana.take();
    ben.take();
    await ana.send({ type: 'retry', messageId });
    expect(ana.take()).toMatchObject([
      { type: 'error', code: 'unknown_message', messageId, retryable: false },
    ]);
    expect(ben.take()).toEqual([]);
    expect(harness.upstream.calls).toHaveLength(1);
  });

  it('is refused for an older question, and in an empty room', async () => {
    const { harness, ana } = await room();
    await ana.send({ type: 'retry', messageId: 'q-1' });
    await ana.ask('question', 'q-1');
    await harness.upstream.call.fail({ code: 'upstream_failed' });
    await ana.ask('next', 'q-2');
    await harness.upstream.call.end();
    await ana.send({ type: 'retry', messageId: 'q-1' });
    expect(ana.framesOf('error').map(({ code }) => code)).toEqual([
      'unknown_message',
      'upstream_failed',
      'unknown_message',
    ]);
    expect(harness.upstream.calls).toHaveLength(2);
  });

  it('[C3] is refused while a run is open', async () => {
    const { harness, ana } = await room();
    await ana.ask('question', 'q-1');
    await ana.send({ type: 'retry', messageId: 'q-1' });
    expect(ana.framesOf('error')).toMatchObject([{ code: 'busy', messageId: 'q-1' }]);
    expect(harness.upstream.calls).toHaveLength(1);
  });

  it('[R1] is one run when it is pressed twice', async () => {
    const { harness, ana } = await failedOnce();
    await Promise.all([1, 2].map(() => ana.send({ type: 'retry', messageId: 'q-9' })));
    expect(harness.upstream.calls).toHaveLength(3);
  });
});
