import { describe, expect, it, vi } from 'vitest';
import type { IvyClientOptions } from '../../../widget/client/ivy-client.ts';
import {
  connected,
  echo,
  history,
  makeClient,
  runFrames,
  settle,
  useFakeRelay,
} from '../../support/client-harness.ts';
import { FakeWebSocket } from '../../support/fake-web-socket.ts';
import { userMessage } from '../../support/messages.ts';

useFakeRelay();

describe('the seven callbacks', () => {
  it('tell a conversation in its order', async () => {
    const { client, socket, calls } = await connected({}, [history([userMessage('u-0')])]);
    client.sendMessage('question');
    socket.receive(echo(client.pending[0]?.id ?? '', 'question'), ...runFrames('a-1', 'answer'));
    socket.receive(
      { type: 'streaming', isStreaming: true, messageId: 'a-2', gen: 0 },
      { type: 'done', messageId: 'a-2', fullContent: '', status: 'failed', timestamp: 3, gen: 0 },
      { type: 'error', message: 'Late.', code: 'upstream_timeout', retryable: true, messageId: 'a-2' },
      { type: 'streaming', isStreaming: false, messageId: 'a-2', gen: 0 },
    );
    socket.drop();
    expect(calls).toEqual([
      ['connection', true],
      ['history', 1],
      ['message', 'question'],
      ['streaming', true],
      ['token', 'answer'],
      ['done', 'answer', 'complete'],
      ['streaming', false],
      ['streaming', true],
      ['done', '', 'failed'],
      ['streaming', false],
      ['error', 'upstream_timeout'],
      ['connection', false],
    ]);
  });

  it('may throw, and the update is told all the same', async () => {
    const told: boolean[] = [];
    const { socket } = await connected({
      onMessage: () => {
        throw new Error('of the page');
      },
      onUpdate: (onlyText) => told.push(onlyText),
    });
    socket.receive({ type: 'streaming', isStreaming: true, messageId: 'a-1', gen: 0 });
    const before = told.length;
    // Where Node reports what a listener threw.
    const reported = vi.spyOn(process, 'nextTick').mockImplementation(() => undefined);
    socket.receive(echo('u-1', 'of another tab'));
    expect(reported).toHaveBeenCalledOnce();
    reported.mockRestore();
    for (const offset of [0, 1]) socket.receive({ type: 'token', content: 'x', messageId: 'a-1', offset });
    expect(told.slice(before)).toEqual([false, true, true]);
  });

  it('find everything up to date', async () => {
    const seen: unknown[] = [];
    const { client, socket } = await connected({
      onDone: () => seen.push([client.thread.messages.at(-1)?.content, client.thread.run]),
      onConnectionChange: () => undefined,
    });
    socket.receive(...runFrames('a-1', 'answer'));
    expect(seen).toEqual([['answer', undefined]]);
  });

  it('keep the last error until it is no longer the case', async () => {
    const { client, socket } = await connected();
    socket.receive({
      type: 'error',
      message: 'No.',
      code: 'unknown_message',
      retryable: false,
      messageId: 'u-9',
    });
    expect(client.error).toMatchObject({ code: 'unknown_message', messageId: 'u-9' });
    socket.receive(...runFrames('a-1', 'answer'));
    expect(client.error).toBeUndefined();
  });
});

describe('requests', () => {
  it('are the frames of the protocol', async () => {
    const { client, socket } = await connected({}, [history([userMessage('u-1'), userMessage('u-2')])]);
    client.stop();
    client.clearMessages();
    client.retry();
    client.retry('u-1');
    client.requestHistory();
    expect(socket.sent).toEqual([
      { type: 'stop' },
      { type: 'clear' },
      { type: 'retry', messageId: 'u-2' },
      { type: 'retry', messageId: 'u-1' },
      { type: 'history' },
    ]);
  });

  it('are nothing without a line or something to ask', async () => {
    const { client } = makeClient();
    client.stop();
    client.clearMessages();
    client.retry();
    client.requestHistory();
    client.loadOlder();
    client.connect();
    await settle();
    FakeWebSocket.last.open();
    client.stop();
    expect(FakeWebSocket.last.sent).toEqual([]);
  });
});

describe('disconnecting', () => {
  const moments: readonly (readonly [string, Partial<IvyClientOptions>, () => void | Promise<void>])[] = [
    ['before the socket is made', {}, () => undefined],
    ['while the socket is made', {}, settle],
    ['while a token is asked for', { getToken: () => new Promise(() => undefined) }, settle],
    ['while the history is awaited', {}, () => settle().then(() => FakeWebSocket.last.open())],
    [
      'while a lost line waits',
      {},
      () =>
        settle().then(() => {
          FakeWebSocket.last.open();
          FakeWebSocket.last.receive(history());
          FakeWebSocket.last.drop();
        }),
    ],
  ];

  it.each(moments)('leaves no timer and no callback %s', async (_when, options, reach) => {
    const { client, calls } = makeClient(options);
    client.connect();
    await reach();
    client.disconnect();
    calls.length = 0;
    // partysocket begins each attempt with a timer of no length that cannot be taken back.
    await settle();
    expect(vi.getTimerCount()).toBe(0);
    const made = FakeWebSocket.made.length;
    await vi.advanceTimersByTimeAsync(120_000);
    expect(FakeWebSocket.made).toHaveLength(made);
    expect(calls).toEqual([]);
    expect(FakeWebSocket.made.every(({ readyState }) => readyState === FakeWebSocket.CLOSED)).toBe(true);
  });

  it('leaves no timer and no callback in the middle of everything', async () => {
    const { client, socket, calls } = await connected();
    client.sendMessage('one');
    socket.receive({
      type: 'error',
      message: 'Wait.',
      code: 'rate_limited',
      retryAfterMs: 30_000,
      messageId: client.pending[0]?.id,
    });
    client.disconnect();
    expect(calls.at(-1)).toEqual(['connection', false]);
    expect(vi.getTimerCount()).toBe(0);
    calls.length = 0;
    socket.receive(...runFrames('a-1', 'late'));
    socket.drop();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(calls).toEqual([]);
    expect(client.thread.messages).toEqual([]);
  });

  it('in a callback is the last that is called', async () => {
    const { client, calls } = makeClient({ onConnectionChange: () => client.disconnect() });
    client.connect();
    await settle();
    FakeWebSocket.last.open();
    FakeWebSocket.last.receive(history([userMessage('u-1')]));
    expect(client.connection).toBe('idle');
    expect(calls).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('can be undone, and sends what was waiting', async () => {
    const { client, socket } = await connected();
    client.sendMessage('one');
    const id = client.pending[0]?.id ?? '';
    socket.receive({
      type: 'error',
      message: 'Wait.',
      code: 'rate_limited',
      retryAfterMs: 30_000,
      messageId: id,
    });
    client.disconnect();
    client.connect();
    await settle();
    FakeWebSocket.last.open();
    FakeWebSocket.last.receive(history());
    expect(FakeWebSocket.last.sentOf('message').map((frame) => frame.id)).toEqual([id]);
  });
});
