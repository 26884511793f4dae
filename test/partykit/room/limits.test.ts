import { describe, expect, it } from 'vitest';
import { ANSWER_MAX_CHARS } from '#protocol';
import type { RunLimits } from '../../../partykit/room/run-limits.ts';
import { RoomHarness, typesOf } from '../../support/room-harness.ts';

const MINUTE = 60_000;

async function asked(limits: Partial<RunLimits> = {}) {
  const harness = new RoomHarness({ limits });
  const ana = await harness.connect();
  await ana.ask('question', 'q-1');
  ana.take();
  return { harness, ana, call: harness.upstream.call };
}

describe('the idle limit', () => {
  it('[R3] [F13] lets a run be silent for two minutes', async () => {
    const { harness, ana, call } = await asked();
    await call.token('before');
    await harness.clock.advance(2 * MINUTE);
    await call.token(' and after');
    await call.end();
    expect(ana.framesOf('done')).toMatchObject([{ fullContent: 'before and after', status: 'complete' }]);
  });

  it('[R3] [F13] ends a run after five minutes without a byte, and aborts the upstream', async () => {
    const { harness, ana, call } = await asked();
    await call.token('half');
    await harness.clock.advance(5 * MINUTE - 1);
    expect(call.aborted).toBe(false);
    await harness.clock.advance(1);
    expect(call.aborted).toBe(true);
    expect(typesOf(ana.take())).toEqual(['token', 'done', 'error', 'streaming false']);
    expect(ana.framesOf('done')).toMatchObject([{ fullContent: 'half', status: 'failed' }]);
    expect(ana.framesOf('error')).toMatchObject([{ code: 'upstream_timeout', retryable: true }]);
  });

  it.each(['token', 'alive'] as const)('[R3] [F13] begins again with each sign of life: %s', async (sign) => {
    const { harness, ana, call } = await asked();
    for (let minute = 0; minute < 24; minute += 4) {
      await harness.clock.advance(4 * MINUTE);
      await (sign === 'token' ? call.token('.') : call.alive());
    }
    expect(ana.framesOf('done')).toEqual([]);
    await harness.clock.advance(5 * MINUTE);
    expect(ana.framesOf('done')).toMatchObject([{ status: 'failed' }]);
  });

  it('[R3] [F13] can be configured', async () => {
    const { harness, ana } = await asked({ idleMs: 1000 });
    await harness.clock.advance(999);
    expect(ana.framesOf('done')).toEqual([]);
    await harness.clock.advance(1);
    expect(ana.framesOf('error')).toMatchObject([{ code: 'upstream_timeout' }]);
  });
});

describe('the total limit', () => {
  it('[R3] [F13] ends a run after thirty minutes, however lively it is', async () => {
    const { harness, ana, call } = await asked();
    for (let minute = 1; minute < 30; minute += 1) {
      await harness.clock.advance(MINUTE);
      await call.token('.');
    }
    expect(ana.framesOf('done')).toEqual([]);
    await harness.clock.advance(MINUTE);
    expect(call.aborted).toBe(true);
    expect(ana.framesOf('done')).toMatchObject([{ fullContent: '.'.repeat(29), status: 'failed' }]);
    expect(ana.framesOf('error')).toMatchObject([{ code: 'upstream_timeout' }]);
  });

  it.each(['idleMs', 'totalMs'] as const)(
    '[R3] may be longer than a timer of the platform can be: %s',
    async (limit) => {
      const { harness, ana, call } = await asked({ [limit]: 2 ** 31 + 5 * MINUTE });
      await harness.clock.advance(MINUTE);
      await call.token('.');
      expect(ana.framesOf('done')).toEqual([]);
    },
  );

  it('[R3] of weeks ends a run when they are over', async () => {
    const { harness, ana } = await asked({ idleMs: 2 ** 33, totalMs: 2 ** 32 });
    await harness.clock.advance(2 ** 32 - 1);
    expect(ana.framesOf('done')).toEqual([]);
    await harness.clock.advance(1);
    expect(ana.framesOf('done')).toMatchObject([{ status: 'failed' }]);
  });
});

describe('the size limit', () => {
  it('[R3] takes an answer of 256 KiB', async () => {
    const { ana, call } = await asked();
    await call.token('x'.repeat(ANSWER_MAX_CHARS - 1));
    await call.token('x');
    await call.end();
    expect(ana.framesOf('done')).toMatchObject([{ status: 'complete' }]);
    expect(ana.framesOf('done')[0]?.fullContent).toHaveLength(262_144);
  });

  it('[R3] cuts an answer that is longer, keeps what fits, and aborts the upstream', async () => {
    const { harness, ana, call } = await asked();
    await call.token('x'.repeat(ANSWER_MAX_CHARS - 3));
    await call.token('12345');
    expect(call.aborted).toBe(true);
    const [done] = ana.framesOf('done');
    expect(done?.status).toBe('failed');
    expect(done?.fullContent).toHaveLength(ANSWER_MAX_CHARS);
    expect(done?.fullContent.endsWith('x123')).toBe(true);
    expect(ana.framesOf('error')).toMatchObject([{ code: 'upstream_overflow' }]);
    expect((await harness.storage.load()).recent.at(-1)?.content).toBe(done?.fullContent);
  });

  it('[R3] cuts an answer that is too long in one piece', async () => {
    const { ana, call } = await asked();
    await call.token('x'.repeat(ANSWER_MAX_CHARS + 1));
    expect(ana.framesOf('done')[0]?.fullContent).toHaveLength(ANSWER_MAX_CHARS);
    await call.token('late');
    await call.end();
    expect(ana.framesOf('done')).toHaveLength(1);
  });
});
