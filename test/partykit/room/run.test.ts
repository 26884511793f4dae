import { describe, expect, it } from 'vitest';
import type { UpstreamOutcome } from '../../../partykit/room/ports.ts';
import { RoomHarness, typesOf } from '../../support/room-harness.ts';

async function asked() {
  const harness = new RoomHarness();
  const ana = await harness.connect();
  const ben = await harness.connect();
  await ana.ask('question', 'q-1');
  return { harness, ana, ben, call: harness.upstream.call };
}

describe('the tokens of a run', () => {
  it('[S2] go out at once when they are the first, and merged later', async () => {
    const { harness, ana, call } = await asked();
    await call.token('a');
    expect(ana.framesOf('token')).toMatchObject([{ content: 'a', offset: 0 }]);
    await call.token('b', 'c');
    await harness.clock.advance(32);
    expect(ana.framesOf('token')).toHaveLength(1);
    await harness.clock.advance(1);
    expect(ana.framesOf('token').at(-1)).toMatchObject({ content: 'bc', offset: 1 });
  });

  it('[S2] come at most once in 33 ms, whatever the upstream does', async () => {
    const { harness, ana, call } = await asked();
    const times: number[] = [];
    ana.socket.onFrame = (frame) => {
      if (frame.type === 'token') times.push(harness.clock.now());
    };
    for (let ms = 0; ms < 1000; ms += 5) {
      await call.token('x');
      await harness.clock.advance(5);
    }
    const waits = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(33);
    expect(times.length).toBeGreaterThan(25);
    await harness.clock.advance(33);
    expect(ana.thread().run?.text).toBe('x'.repeat(200));
  });

  it('[S2] go out at once again after a pause', async () => {
    const { harness, ana, call } = await asked();
    await call.token('a');
    await harness.clock.advance(33);
    await call.token('b');
    expect(ana.framesOf('token').map(({ content }) => content)).toEqual(['a', 'b']);
  });

  it('[S1] say where they begin, in UTF-16 code units', async () => {
    const { harness, ana, call } = await asked();
    for (const text of ['é', '👩', '漢', '\ud83d', '\ude00']) {
      await call.token(text);
      await harness.clock.advance(33);
    }
    expect(ana.framesOf('token').map(({ offset }) => offset)).toEqual([0, 1, 3, 4, 5]);
    expect(ana.thread().run?.text).toBe('é👩漢😀');
  });

  it('[S2] that are empty are no frame', async () => {
    const { harness, ana, call } = await asked();
    await call.token('', '');
    await harness.clock.advance(100);
    expect(ana.framesOf('token')).toEqual([]);
  });

  it('cost one timer at a time, however many there are', async () => {
    const { harness, call } = await asked();
    const before = harness.clock.scheduled;
    await call.token(...Array.from({ length: 500 }, () => 'x'));
    expect(harness.clock.scheduled).toBeLessThanOrEqual(before + 2);
  });
});

const failure: UpstreamOutcome = {
  ok: false,
  code: 'rate_limited',
  hint: 'for the operator',
  retryAfterMs: 30_000,
};

describe('the end of a run', () => {
  it.each<[string, UpstreamOutcome | 'stop', string, readonly string[]]>([
    ['complete', { ok: true }, 'complete', []],
    ['stopped', 'stop', 'stopped', []],
    ['failed', failure, 'failed', ['error']],
  ])('[S3] [S4] is told in order to everyone when it is %s', async (_name, how, status, error) => {
    const { harness, ana, ben, call } = await asked();
    await call.token('an', 'swer');
    if (how === 'stop') await ben.send({ type: 'stop' });
    else await call.end(how);
    for (const client of [ana, ben]) {
      expect(typesOf(client.frames)).toEqual([
        'history',
        'message',
        'streaming true',
        'token',
        'token',
        'done',
        ...error,
        'streaming false',
      ]);
    }
    const [done] = ana.framesOf('done');
    expect(done).toMatchObject({ fullContent: 'answer', status, gen: 0, timestamp: harness.clock.now() });
    expect((await harness.storage.load()).recent.at(-1)).toMatchObject({
      id: done?.messageId,
      role: 'assistant',
      content: 'answer',
      status,
    });
    const ids = ana.frames.flatMap((frame) => ('messageId' in frame ? [frame.messageId] : []));
    expect(new Set(ids)).toEqual(new Set([done?.messageId]));
    expect(ana.thread().run).toBeUndefined();
  });

  it('[S3] says why an answer failed, and keeps the reason', async () => {
    const { harness, ana, call } = await asked();
    await call.end(failure);
    expect(ana.framesOf('error')).toMatchObject([
      { code: 'rate_limited', retryable: true, retryAfterMs: 30_000 },
    ]);
    expect((await harness.storage.load()).recent.at(-1)).toMatchObject({
      content: '',
      status: 'failed',
      error: { code: 'rate_limited' },
    });
  });

  it('[S5] says nothing of the hint for the operator, whom the log tells', async () => {
    const { harness, ana, call } = await asked();
    await call.end({ ok: false, code: 'upstream_rejected', hint: 'c4n4ry' });
    expect(JSON.stringify(ana.frames)).not.toContain('c4n4ry');
    expect(harness.events('run_ended')).toMatchObject([{ code: 'upstream_rejected', hint: 'c4n4ry' }]);
  });

  it('[A12] is logged without what was asked and answered', async () => {
    const { harness, ana, call } = await asked();
    await call.token('secret answer');
    await call.end();
    await ana.send({ type: 'clear' });
    expect(harness.log.length).toBeGreaterThan(2);
    expect(JSON.stringify(harness.log)).not.toMatch(/secret|question/);
  });

  it('[C2] is told after it is stored', async () => {
    const { harness, ana, call } = await asked();
    const stored: Promise<unknown>[] = [];
    ana.socket.onFrame = (frame) => {
      if (frame.type === 'done') stored.push(harness.storage.find(frame.messageId));
    };
    await call.token('answer');
    await call.end();
    expect(await Promise.all(stored)).toMatchObject([{ content: 'answer' }]);
  });

  it('[S3] leaves no timer', async () => {
    const { harness, call } = await asked();
    await call.token('a', 'b');
    expect(harness.clock.scheduled).toBeGreaterThan(0);
    await call.end();
    expect(harness.clock.scheduled).toBe(0);
  });

  it('[R3] [F28] comes though everyone has left', async () => {
    const { harness, ana, ben, call } = await asked();
    ana.leave();
    ben.leave();
    await call.token('to nobody');
    expect(call.aborted).toBe(false);
    await call.end();
    expect((await harness.storage.load()).recent.at(-1)).toMatchObject({
      content: 'to nobody',
      status: 'complete',
    });
  });

  it('[S3] is not undone by what the upstream says too late', async () => {
    const { harness, ana, call } = await asked();
    await call.token('answer');
    await ana.send({ type: 'stop' });
    ana.take();
    const stored = await harness.storage.load();
    await call.token(' more');
    await call.alive();
    await call.threadNamed('late');
    await call.end();
    await call.end({ ok: false, code: 'upstream_failed', hint: '' });
    await harness.clock.advance(3_600_000);
    expect(ana.take()).toEqual([]);
    expect(await harness.storage.load()).toEqual(stored);
  });

  it('[S3] is not undone for the next run by what the last one says too late', async () => {
    const { harness, ana, call } = await asked();
    await ana.send({ type: 'stop' });
    await ana.ask('next', 'q-2');
    await call.token('old');
    await call.end({ ok: false, code: 'upstream_failed', hint: '' });
    expect(ana.thread().run?.text).toBe('');
    await harness.upstream.call.token('new');
    await harness.upstream.call.end();
    expect(ana.framesOf('done').map(({ fullContent }) => fullContent)).toEqual(['', 'new']);
  });
});
