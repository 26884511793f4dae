/** A device whose clock is wrong. Order is the relay's, and whatever waits here waits for a time, not until one. */
import { describe, expect, it, vi } from 'vitest';
import type { ServerFrame, ThreadMessage } from '#protocol';
import { connected, history, runFrames, settle, useFakeRelay } from '../../support/client-harness.ts';
import { FakeWebSocket } from '../../support/fake-web-socket.ts';
import { MemoryKeyedStorage } from '../../support/keyed-storage.ts';
import { answerMessage, userMessage } from '../../support/messages.ts';
import { present } from '../../support/present.ts';

useFakeRelay();

const MINUTE = 60_000;
const RELAY_TIME = 1_750_000_000_000;

/** Moves the clock on the wall alone: no timer runs for it. */
function setClockBy(ms: number): void {
  vi.setSystemTime(Date.now() + ms);
}

describe.each([
  ['slow', -5 * MINUTE],
  ['fast', 5 * MINUTE],
])('a clock that is five minutes %s', (_how, skew) => {
  it('[F42] changes no order and no time of what the relay has', async () => {
    setClockBy(skew);
    const before = [
      userMessage('u-1', 'one', RELAY_TIME),
      answerMessage('a-1', { timestamp: RELAY_TIME + 1 }),
    ];
    const { client, socket } = await connected({}, [history(before)]);
    client.sendMessage('two');
    const { id } = present(client.pending[0], 'a pending message');
    const taken = (message: ThreadMessage): ServerFrame => ({ type: 'message', ...message, gen: 0 });
    socket.receive(taken(userMessage(id, 'two', RELAY_TIME + 2)), ...runFrames('a-2', 'x'));
    socket.receive(taken(userMessage('u-3', 'of another', RELAY_TIME - 10 * MINUTE)));
    expect(client.thread.messages.map((message) => message.id)).toEqual(['u-1', 'a-1', id, 'a-2', 'u-3']);
    expect(client.thread.messages[2]?.timestamp).toBe(RELAY_TIME + 2);
  });

  it('[F42] sends what an earlier page left, once and in its order', async () => {
    setClockBy(skew);
    const storage = new MemoryKeyedStorage();
    const first = await connected({ storage });
    first.socket.drop();
    for (const text of ['one', 'two']) {
      first.client.sendMessage(text);
      await vi.advanceTimersByTimeAsync(1);
    }
    first.client.disconnect();
    const { client, socket } = await connected({ storage });
    expect(client.pending.map(({ content, state }) => [content, state])).toEqual([
      ['one', 'sending'],
      ['two', 'sending'],
    ]);
    expect(socket.sentOf('message').map(({ content }) => content)).toEqual(['one']);
  });

  it('[F42] finds a line that died as fast when it is put right while the line is open', async () => {
    const { client } = await connected();
    setClockBy(skew);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(client.connection).toBe('reconnecting');
  });

  it('[F42] finds a dead line as fast as ever, and leaves a good one', async () => {
    setClockBy(skew);
    const { client, socket } = await connected();
    await vi.advanceTimersByTimeAsync(20_000);
    socket.receive({ type: 'pong' });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(client.connection).toBe('open');
    await vi.advanceTimersByTimeAsync(20_000);
    expect(client.connection).toBe('reconnecting');
  });

  it('[F42] that is put right while the line is away does not keep it away', async () => {
    const { client, socket } = await connected();
    socket.drop();
    setClockBy(-skew);
    await vi.advanceTimersByTimeAsync(1_100);
    FakeWebSocket.last.open();
    FakeWebSocket.last.receive(history());
    await settle();
    expect(client.connection).toBe('open');
  });
});

describe('a clock that jumps ahead', () => {
  it('[F42] while the line is open breaks no good line, and hides no dead one', async () => {
    const { client } = await connected();
    setClockBy(5 * MINUTE);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(client.connection).toBe('open');
    await vi.advanceTimersByTimeAsync(30_000);
    expect(client.connection).toBe('reconnecting');
    expect(FakeWebSocket.made.length).toBeGreaterThan(1);
  });
});
