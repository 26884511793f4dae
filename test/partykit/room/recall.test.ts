/** An empty room whose agent service already knows the thread. */
import { describe, expect, it } from 'vitest';
import { fail, succeed, type Result } from '#protocol';
import type { PastMessage, UpstreamMemory } from '../../../partykit/room/ports.ts';
import { ratesOf, DEFAULT_RATE_SETTINGS } from '../../../partykit/room/rates.ts';
import { MemoryStorage } from '../../../partykit/storage/memory-storage.ts';
import { RoomHarness, type HarnessOptions } from '../../support/room-harness.ts';

const PAST: readonly PastMessage[] = [
  { role: 'user', content: 'What did I ask?' },
  { role: 'assistant', content: 'This.' },
];

class FakeMemory implements UpstreamMemory {
  readonly asked: string[] = [];
  result: Result<readonly PastMessage[], string> = succeed(PAST);

  recall(threadId: string): Promise<Result<readonly PastMessage[], string>> {
    this.asked.push(threadId);
    return Promise.resolve(this.result);
  }
}

function setUp(options: HarnessOptions = {}) {
  const memory = new FakeMemory();
  return { memory, harness: new RoomHarness({ ...options, memory }) };
}

const contents = (messages: readonly { content: string }[]) => messages.map(({ content }) => content);

describe('an empty room', () => {
  it('begins with what the service knows, and asks once', async () => {
    const { harness, memory } = setUp();
    const ana = await harness.connect();
    const ben = await harness.connect();

    expect(memory.asked).toEqual(['thread-1']);
    expect(ana.frames).toHaveLength(1);
    expect(ana.thread().messages).toMatchObject(PAST);
    expect(ben.thread().messages).toEqual(ana.thread().messages);
    expect(harness.events('history_recalled')).toEqual([{ event: 'history_recalled', messages: 2 }]);
  });

  it('has it in storage, with ids that stay', async () => {
    const { harness, memory } = setUp();
    const before = (await harness.connect()).thread().messages;
    expect(new Set(before.map(({ id }) => id)).size).toBe(2);
    await harness.kill();
    memory.result = succeed([{ role: 'user', content: 'something else' }]);

    expect((await harness.connect()).thread().messages).toEqual(before);
    expect(memory.asked).toHaveLength(1);
  });

  it('goes on from it, and hands it to services that keep no thread', async () => {
    const { harness, memory } = setUp({ rates: ratesOf({ ...DEFAULT_RATE_SETTINGS, messagesPerMinute: 1 }) });
    const past = [...PAST, ...PAST, ...PAST];
    memory.result = succeed(past);
    await harness.connect();
    await harness.kill();
    const ana = await harness.connect();
    // What was recalled was not sent here, and counts for nothing.
    await ana.ask('And now?', 'q-1');

    expect(contents(harness.upstream.call.request.history)).toEqual(contents(past));
  });

  it('takes over the newest 200', async () => {
    const { harness, memory } = setUp();
    memory.result = succeed(
      Array.from({ length: 500 }, (_, index) => ({ role: 'user' as const, content: `${index}` })),
    );
    const ana = await harness.connect();

    expect(ana.thread().messages.at(-1)).toMatchObject({ content: '499' });
    expect((await harness.storage.load()).count).toBe(200);
  });

  it('is empty where the service knows nothing', async () => {
    const { harness, memory } = setUp();
    memory.result = succeed([]);
    expect((await harness.connect()).thread().messages).toEqual([]);
    expect(harness.storage.calls).not.toContain('commit');
  });

  it('stops nobody when the service cannot be asked, and says so in the log', async () => {
    const { harness, memory } = setUp();
    memory.result = fail('check AST_HISTORY');
    const ana = await harness.connect();
    await ana.ask('question', 'q-1');

    expect(harness.upstream.calls).toHaveLength(1);
    expect(harness.events('history_unavailable')).toEqual([
      { event: 'history_unavailable', hint: 'check AST_HISTORY' },
    ]);
  });

  it('stays empty when it cannot be stored, so that nothing has an id that is gone tomorrow', async () => {
    const { harness, memory } = setUp();
    harness.storage.failNext('commit');
    expect((await harness.connect()).thread().messages).toEqual([]);
    expect(harness.events('storage_failed')).toEqual([{ event: 'storage_failed', during: 'recall' }]);
    await harness.kill();
    expect((await harness.connect()).thread().messages).toMatchObject(PAST);
    expect(memory.asked).toHaveLength(2);
  });
});

it('a room with messages asks nothing', async () => {
  const storage = new MemoryStorage();
  const first = new RoomHarness({ storage });
  await first.converse(await first.connect(), 1);
  const { harness, memory } = setUp({ storage });
  await harness.connect();
  expect(memory.asked).toEqual([]);
});

it('a thread that was cleared stays forgotten', async () => {
  const { harness, memory } = setUp();
  const ana = await harness.connect();
  await ana.send({ type: 'clear' });
  await harness.kill();
  expect((await harness.connect()).thread().messages).toEqual([]);
  expect(memory.asked).toHaveLength(1);
});
