import { describe, expect, it } from 'vitest';
import { add, countOf, countsSchema, NO_COUNTS, type Counts } from '../../../partykit/metrics/counts.ts';
import type { LogEntry } from '../../../partykit/room/ports.ts';
import { RoomHarness } from '../../support/room-harness.ts';

const total = (entries: readonly LogEntry[]): Counts =>
  entries.reduce((counts, entry) => add(counts, countOf(entry) ?? {}), NO_COUNTS);

describe('an entry of the log', () => {
  it.each<[LogEntry, Partial<Counts>]>([
    [
      { event: 'connected', version: 1, resumed: false },
      { connections: 1, reconnects: 0 },
    ],
    [
      { event: 'connected', version: 1, resumed: true },
      { connections: 1, reconnects: 1 },
    ],
    [{ event: 'client_slow' }, { slowClients: 1 }],
    [{ event: 'run_started', gen: 0 }, { runsStarted: 1 }],
    [
      { event: 'run_ended', status: 'complete', code: undefined, tokens: 3, chars: 11, ms: 40 },
      { runsEnded: { complete: 1 }, tokens: 3, answerChars: 11, errors: {} },
    ],
    [
      { event: 'run_ended', status: 'failed', code: 'upstream_timeout', tokens: 0, chars: 0, ms: 40 },
      { runsEnded: { failed: 1 }, tokens: 0, answerChars: 0, errors: { upstream_timeout: 1 } },
    ],
    [
      { event: 'run_interrupted', chars: 5 },
      { runsEnded: { interrupted: 1 }, answerChars: 5 },
    ],
    [{ event: 'refused', code: 'busy' }, { errors: { busy: 1 } }],
    [{ event: 'thread_cleared', gen: 1 }, { threadsCleared: 1 }],
    [{ event: 'storage_failed', during: 'end' }, { storageFailures: 1 }],
    [{ event: 'storage_corrupt', what: 'meta' }, { storageCorrupt: 1 }],
    [{ event: 'room_bug', name: 'TypeError' }, { roomBugs: 1 }],
  ])('counts: %o', (entry, counts) => {
    expect(countOf(entry)).toEqual(counts);
  });

  it('that is not counted adds nothing', () => {
    expect(countOf({ event: 'send_failed' })).toBeUndefined();
    expect(countOf({ event: 'misconfigured', problem: 'AST_URL is wrong' })).toBeUndefined();
  });

  it('that lacks its numbers adds none', () => {
    expect(total([{ event: 'run_ended' }, { event: 'refused' }])).toEqual(NO_COUNTS);
  });
});

describe('a sum', () => {
  it('is made name by name, and leaves its parts as they were', () => {
    const some = add(NO_COUNTS, { tokens: 2, errors: { busy: 1 }, runsEnded: { complete: 1 } });
    const sum = add(some, add(NO_COUNTS, { tokens: 3, errors: { busy: 1, too_large: 4 }, connections: 1 }));

    expect(sum).toEqual({
      ...NO_COUNTS,
      connections: 1,
      tokens: 5,
      errors: { busy: 2, too_large: 4 },
      runsEnded: { complete: 1 },
    });
    expect(some.errors).toEqual({ busy: 1 });
  });

  it('has every count: each is doubled when a sum is added to itself', () => {
    const ones = countsSchema.parse(
      Object.fromEntries(
        Object.entries(NO_COUNTS).map(([name, value]) => [name, typeof value === 'number' ? 1 : { one: 1 }]),
      ),
    );
    const twos: unknown = JSON.parse(JSON.stringify(ones).replaceAll('1', '2'));

    expect(add(ones, ones)).toEqual(twos);
  });
});

describe('counts from outside', () => {
  it('lack what another version does not count, and lose what this one does not', () => {
    expect(countsSchema.parse({ tokens: 4, colours: 9 })).toEqual({ ...NO_COUNTS, tokens: 4 });
  });

  it.each([
    { tokens: -1 },
    { tokens: 0.5 },
    { tokens: '3' },
    { tokens: 2 ** 53 },
    { errors: { busy: -1 } },
    { errors: { 'busy"} 1\nivy_tokens_total': 1 } },
    { errors: { __proto__x: 1 } },
    { runsEnded: [] },
    null,
    'counts',
  ])('are refused where a number or a name is wrong: %j', (value) => {
    expect(countsSchema.safeParse(value).success).toBe(false);
  });
});

describe('what a room logs', () => {
  it('is counted to the token: an answer, a failure, a stop, a return, a refusal, a clear', async () => {
    const harness = new RoomHarness();
    const ana = await harness.connect();
    await ana.ask('one', 'q-1');
    for (const text of ['An ', 'ans', 'wer']) await harness.upstream.call.token(text);
    await harness.upstream.call.end();
    await ana.ask('two', 'q-2');
    await harness.upstream.call.token('Half');
    await harness.upstream.call.fail({ code: 'upstream_failed' });
    await ana.ask('three', 'q-3');
    await ana.ask('too early', 'q-4');
    await ana.send({ type: 'stop' });
    await harness.resume({ gen: 0, last: 'q-1' });
    await harness.connect({ version: 0 });
    await ana.ask('four', 'q-5');
    await harness.upstream.call.token('Gone');
    await ana.send({ type: 'clear' });

    expect(total(harness.log)).toEqual({
      ...NO_COUNTS,
      connections: 3,
      reconnects: 1,
      runsStarted: 4,
      runsEnded: { complete: 1, failed: 1, stopped: 2 },
      tokens: 5,
      answerChars: 'An answer'.length + 'Half'.length + 'Gone'.length,
      errors: { upstream_failed: 1, busy: 1 },
      threadsCleared: 1,
    });
  });

  it('counts a run that the relay did not survive as interrupted, once', async () => {
    const harness = new RoomHarness();
    const ana = await harness.connect();
    await ana.ask('one', 'q-1');
    await harness.upstream.call.token('Some words');
    await harness.clock.advance(1000);
    await harness.kill();
    await harness.connect();

    const { runsStarted, runsEnded, answerChars } = total(harness.log);
    expect({ runsStarted, runsEnded, answerChars }).toEqual({
      runsStarted: 1,
      runsEnded: { interrupted: 1 },
      answerChars: 10,
    });
  });

  it('counts what storage refuses, and the error that the sender was told', async () => {
    const harness = new RoomHarness();
    const ana = await harness.connect();
    harness.storage.failNext('commit');
    await ana.ask('one', 'q-1');

    const { storageFailures, errors } = total(harness.log);
    expect({ storageFailures, errors }).toEqual({ storageFailures: 1, errors: { storage_failed: 1 } });
  });

  it('counts each client that is greeted once, also an original one that needs older messages', async () => {
    const harness = new RoomHarness();
    const ana = await harness.connect();
    await harness.converse(ana, 60);
    harness.log.length = 0;
    await harness.connect({ version: 0 });
    await ana.send({ type: 'history' });

    expect(total(harness.log)).toEqual({ ...NO_COUNTS, connections: 1 });
  });
});
