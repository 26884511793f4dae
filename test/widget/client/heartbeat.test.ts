import { describe, expect, it, vi } from 'vitest';
import { RECEIPT_CHARS } from '#protocol';
import {
  connected,
  history,
  makeClient,
  reopened,
  settle,
  useFakeRelay,
} from '../../support/client-harness.ts';
import { FakeWebSocket } from '../../support/fake-web-socket.ts';

useFakeRelay();

describe('the heartbeat', () => {
  it('asks after twenty seconds of silence, and is content with an answer', async () => {
    const { client, socket } = await connected();
    await vi.advanceTimersByTimeAsync(19_999);
    expect(socket.sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(socket.sentOf('ping')).toHaveLength(1);
    for (let round = 0; round < 5; round += 1) {
      await vi.advanceTimersByTimeAsync(7_999);
      socket.receive({ type: 'pong' });
      await vi.advanceTimersByTimeAsync(20_000);
    }
    expect(socket.sentOf('ping')).toHaveLength(6);
    expect(client.connection).toBe('open');
    expect(FakeWebSocket.made).toHaveLength(1);
  });

  it('[F20] finds a line that died without a word within 30 s, and makes it again', async () => {
    const { client, socket, calls } = await connected();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(client.connection).toBe('reconnecting');
    expect(calls.at(-1)).toEqual(['connection', false]);
    expect(socket.readyState).toBe(FakeWebSocket.CLOSED);
    expect(FakeWebSocket.made.length).toBeGreaterThan(1);
  });

  it('[F20] finds a dead line in 8 s when a message is not acknowledged, and sends it again', async () => {
    const { client } = await connected();
    client.sendMessage('into the void');
    const id = client.pending[0]?.id;
    await vi.advanceTimersByTimeAsync(8_000);
    await settle();
    FakeWebSocket.last.open();
    FakeWebSocket.last.receive(history());
    expect(FakeWebSocket.made).toHaveLength(2);
    expect(FakeWebSocket.last.sentOf('message').map((frame) => frame.id)).toEqual([id]);
  });

  it('does not ask while frames arrive', async () => {
    const { socket } = await connected();
    for (let second = 0; second < 60; second += 1) {
      await vi.advanceTimersByTimeAsync(1_000);
      socket.receive({ type: 'streaming', isStreaming: true, messageId: 'a', gen: 0 });
    }
    expect(socket.sent).toEqual([]);
  });

  it('[H4] finds a relay that accepts and then says nothing', async () => {
    makeClient().client.connect();
    await settle();
    FakeWebSocket.last.open();
    await vi.advanceTimersByTimeAsync(8_000);
    await settle();
    expect(FakeWebSocket.made).toHaveLength(2);
  });

  it('goes on after a reconnect', async () => {
    const { socket } = await connected();
    socket.drop();
    const again = await reopened();
    again.receive(history());
    await vi.advanceTimersByTimeAsync(20_100);
    expect(again.sentOf('ping')).toHaveLength(1);
  });
});

describe('the receipt', () => {
  const text = 'x'.repeat(RECEIPT_CHARS);
  const token = (offset: number) => ({ type: 'token', content: text, messageId: 'a', offset }) as const;

  it('[S7] says how much has arrived each time that it is a quarter of the limit more', async () => {
    const { socket } = await connected();
    socket.receive({ type: 'streaming', isStreaming: true, messageId: 'a', gen: 0 });
    socket.receive({ type: 'token', content: 'few', messageId: 'a', offset: 0 });
    expect(socket.sent).toEqual([]);
    socket.receive(token(3));
    socket.receive(token(3 + RECEIPT_CHARS));
    const [first, second, ...more] = socket.sentOf('ping').map(({ received }) => received ?? 0);
    expect(more).toEqual([]);
    expect(first).toBeGreaterThan(RECEIPT_CHARS);
    expect(second).toBeGreaterThan(2 * RECEIPT_CHARS);
  });

  it('[S7] counts anew on each connection', async () => {
    const { socket } = await connected();
    socket.receive({ type: 'streaming', isStreaming: true, messageId: 'a', gen: 0 });
    socket.receive(token(0));
    socket.drop();
    const next = await reopened();
    next.receive(history());
    next.receive({ type: 'streaming', isStreaming: true, messageId: 'b', gen: 0 });
    next.receive({ ...token(0), messageId: 'b' });
    expect(next.sentOf('ping')[0]?.received).toBeLessThan(RECEIPT_CHARS + 1000);
  });
});
