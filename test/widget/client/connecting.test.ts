import { describe, expect, it, vi } from 'vitest';
import type { ServerFrame } from '#protocol';
import { answerMessage, userMessage } from '../../support/messages.ts';
import {
  connected,
  echo,
  history,
  makeClient,
  reopened,
  runFrames,
  settle,
  useFakeRelay,
} from '../../support/client-harness.ts';
import { FakeWebSocket } from '../../support/fake-web-socket.ts';

useFakeRelay();

describe('connecting', () => {
  it('[H1] [H2] asks for the room with the version, and without a cursor at first', async () => {
    makeClient({ token: 'abc' }).client.connect();
    await settle();
    const { origin, pathname } = new URL(FakeWebSocket.last.url);
    expect([origin, pathname]).toEqual(['ws://localhost:1999', '/parties/main/ivy_thread-1']);
    expect(FakeWebSocket.last.query).toEqual({ v: '1', lean: '1', token: 'abc' });
  });

  it('[H4] is connected when the history is there, not before', async () => {
    const { client, calls } = makeClient();
    client.connect();
    await settle();
    expect([client.connection, client.isConnected]).toEqual(['connecting', false]);
    FakeWebSocket.last.open();
    expect(client.connection).toBe('connecting');
    FakeWebSocket.last.receive(history([userMessage('u-1')]));
    expect([client.connection, client.isConnected]).toEqual(['open', true]);
    expect(calls).toEqual([
      ['connection', true],
      ['history', 1],
    ]);
  });

  it('connects once, however often it is asked', async () => {
    const { client } = await connected();
    client.connect();
    client.connect();
    await settle();
    expect(FakeWebSocket.made).toHaveLength(1);
  });

  it.each([
    ['a host', { host: 'not a host' }],
    ['a thread id', { threadId: 'a/b' }],
  ])('[H3] is refused without a socket for %s that cannot be', async (_what, options) => {
    const { client, calls } = makeClient(options);
    client.connect();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(client.connection).toBe('refused');
    expect(calls).toEqual([['error', 'forbidden']]);
    expect(FakeWebSocket.made).toEqual([]);
  });

  it('[V2] passes over frames that it cannot read', async () => {
    const { client, socket, calls } = await connected();
    calls.length = 0;
    for (const data of ['', '{', '{"type":"suggestion"}', '{"type":"token"}', new ArrayBuffer(2)])
      socket.arrive(data);
    expect(calls).toEqual([]);
    expect(client.connection).toBe('open');
  });
});

describe('a line that was lost', () => {
  const messages = [userMessage('u-1'), answerMessage('a-1'), userMessage('u-2')];

  it('[H2] is made again with the cursor of what is here', async () => {
    const { client, socket, calls } = await connected({}, [
      history(messages, { gen: 3 }),
      { type: 'streaming', isStreaming: true, messageId: 'a-2', gen: 3 },
      { type: 'token', content: 'é👩', messageId: 'a-2', offset: 0 },
    ]);
    socket.drop();
    expect(client.connection).toBe('reconnecting');
    expect(calls.at(-1)).toEqual(['connection', false]);
    const again = await reopened();
    expect(again.query).toEqual({ v: '1', lean: '1', gen: '3', last: 'u-2', run: 'a-2', off: '3' });
  });

  it('[F02] goes on where it broke, telling no text twice', async () => {
    const { client, socket, calls } = await connected({}, [
      history(messages),
      { type: 'streaming', isStreaming: true, messageId: 'a-2', gen: 0 },
      { type: 'token', content: 'half', messageId: 'a-2', offset: 0 },
    ]);
    socket.drop();
    calls.length = 0;
    const again = await reopened();
    again.receive(
      history([], { mode: 'tail' }),
      { type: 'streaming', isStreaming: true, messageId: 'a-2', gen: 0 },
      { type: 'token', content: ' and half', messageId: 'a-2', offset: 4 },
    );
    expect(client.thread.run?.text).toBe('half and half');
    expect(calls).toEqual([
      ['connection', true],
      ['history', 3],
      ['token', ' and half'],
    ]);
  });

  it('is made again for as long as it takes, not faster than people bear and not slower than they wait', async () => {
    const { client } = await connected();
    const times: number[] = [];
    for (let attempt = 0; attempt < 30; attempt += 1) {
      FakeWebSocket.last.drop();
      const lost = Date.now();
      await reopened();
      times.push(Date.now() - lost);
    }
    expect(Math.max(...times)).toBeLessThanOrEqual(15_100);
    expect(times[0]).toBeGreaterThan(0);
    expect(client.connection).toBe('reconnecting');
  });

  it.each([1000, 1001, 1006, 1011, 1012, 1013, 4429])('[H3] is made again after %i', async (code) => {
    const { socket } = await connected();
    socket.drop(code);
    await reopened();
    expect(FakeWebSocket.made).toHaveLength(2);
  });

  it.each([4400, 4403])('[H3] is given up after %i', async (code) => {
    const { client, socket, calls } = await connected();
    socket.drop(code);
    expect(client.connection).toBe('refused');
    expect(calls.at(-1)).toEqual(['connection', false]);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(FakeWebSocket.made).toHaveLength(1);
    client.reconnect();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(FakeWebSocket.made).toHaveLength(1);
  });

  it('[H3] that was never accepted is given up too, and says why', async () => {
    const { client, calls } = makeClient();
    client.connect();
    await settle();
    FakeWebSocket.last.open();
    FakeWebSocket.last.receive({ type: 'error', message: 'No.', code: 'forbidden', retryable: false });
    FakeWebSocket.last.drop(4403);
    expect(client.connection).toBe('refused');
    expect(client.error).toMatchObject({ code: 'forbidden' });
    expect(calls).toEqual([['error', 'forbidden']]);
  });

  it('[F46] is made again at once when the page asks for it', async () => {
    const { client, socket } = await connected();
    socket.drop();
    client.reconnect();
    await settle();
    expect(FakeWebSocket.made).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(20_000);
    const open = FakeWebSocket.made.filter(({ readyState }) => readyState !== FakeWebSocket.CLOSED);
    expect(open.length).toBeLessThanOrEqual(1);
  });

  it('[F46] that died while the device slept is found at once when the page is looked at again', async () => {
    const { client, socket } = await connected();
    // Time passes on the wall, and no timer runs.
    vi.setSystemTime(Date.now() + 5 * 60_000);
    client.wake();
    expect(socket.sentOf('ping')).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(8_000);
    await settle();
    expect(FakeWebSocket.made).toHaveLength(2);
    FakeWebSocket.last.open();
    FakeWebSocket.last.receive(history([userMessage('u-1')]));
    expect(client).toMatchObject({ connection: 'open', thread: { messages: [{ id: 'u-1' }] } });
  });

  it('[F46] that waits for its next attempt does not wait any longer when the page is looked at again', async () => {
    const { client, socket } = await connected();
    socket.drop();
    for (let attempt = 0; attempt < 6; attempt += 1) {
      await reopened();
      FakeWebSocket.last.drop();
    }
    const made = FakeWebSocket.made.length;
    await settle();
    expect(FakeWebSocket.made).toHaveLength(made);
    client.wake();
    await settle();
    expect(FakeWebSocket.made).toHaveLength(made + 1);
  });

  it('[F33] is one line after ten reconnects', async () => {
    const { client, calls } = await connected();
    for (let index = 0; index < 10; index += 1) client.reconnect();
    await settle();
    const open = () => FakeWebSocket.made.filter(({ readyState }) => readyState !== FakeWebSocket.CLOSED);
    expect(open()).toHaveLength(1);
    FakeWebSocket.last.open();
    FakeWebSocket.last.receive(history());
    expect(client.connection).toBe('open');
    calls.length = 0;
    const answer: readonly ServerFrame[] = [echo('u-1', 'question'), ...runFrames('a-1', 'answer')];
    for (const socket of FakeWebSocket.made) socket.receive(...answer);
    expect(calls).toEqual([
      ['message', 'question'],
      ['streaming', true],
      ['token', 'answer'],
      ['done', 'answer', 'complete'],
      ['streaming', false],
    ]);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(open()).toHaveLength(1);
  });

  it.each([
    ['fails', (socket: FakeWebSocket) => queueMicrotask(() => socket.drop())],
    [
      'throws',
      () => {
        throw new DOMException('blocked', 'SecurityError');
      },
    ],
    [
      'is let in and cut off',
      (socket: FakeWebSocket) =>
        queueMicrotask(() => {
          socket.open();
          socket.drop();
        }),
    ],
  ])('[F50] that %s each time is tried for ever, fifteen seconds apart at the most', async (_how, block) => {
    const times: number[] = [];
    vi.stubGlobal(
      'WebSocket',
      class extends FakeWebSocket {
        constructor(url: string) {
          super(url);
          times.push(Date.now());
          block(this);
        }
      },
    );
    const { client, calls } = makeClient();
    client.connect();
    await vi.advanceTimersByTimeAsync(60 * 60_000);
    const waits = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(Math.max(...waits)).toBeLessThanOrEqual(15_100);
    expect(Math.min(...waits.slice(1))).toBeGreaterThanOrEqual(1_000);
    expect(times.length).toBeGreaterThan(240);
    expect(client.connection).toBe('connecting');
    expect(calls).toEqual([]);
    expect(vi.getTimerCount()).toBeLessThanOrEqual(2);
  });

  it('[F50] that hangs while it is made is given up after ten seconds and tried again', async () => {
    makeClient().client.connect();
    await settle();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(FakeWebSocket.made.length).toBeGreaterThan(1);
    expect(FakeWebSocket.made[0]?.readyState).toBe(FakeWebSocket.CLOSED);
  });
});
