/** What a token allows, and how a newer one takes its place (rule H7). */
import { describe, expect, it, vi } from 'vitest';
import type { ChatError } from '../../../widget/client/chat-error.ts';
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

const MINUTE = 60_000;
const greeting = (expiresInMs: number) => [history([], { access: { write: true, expiresInMs } })];

/** Tokens of the connections and of the renewals, in the order in which they were shown to the relay. */
const shown = (): string[] =>
  FakeWebSocket.made.flatMap((socket) => [
    ...(socket.query['token'] === undefined ? [] : [socket.query['token']]),
    ...socket.sent.flatMap((frame) => (frame.type === 'auth' ? [frame.token] : [])),
  ]);

/** Time on a line that is alive. */
async function pass(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 5_000) {
    await vi.advanceTimersByTimeAsync(Math.min(left, 5_000));
    FakeWebSocket.last.receive({ type: 'pong' });
  }
}

function tokens(): (previous: string | undefined) => Promise<string> {
  let count = 0;
  return () => Promise.resolve(`token-${++count}`);
}

describe('a token that runs out', () => {
  it('[F41] is replaced a minute before, on the same connection, again and again', async () => {
    const getToken = vi.fn(tokens());
    const { client, socket, calls } = await connected({ getToken }, greeting(10 * MINUTE));
    for (let round = 0; round < 3; round += 1) {
      await pass(8.9 * MINUTE);
      expect(shown()).toHaveLength(1 + round);
      await pass(0.1 * MINUTE);
      expect(shown().at(-1)).toBe(`token-${round + 2}`);
      socket.receive({ type: 'access', write: true, expiresInMs: 10 * MINUTE });
    }
    expect(getToken.mock.calls.map(([previous]) => previous)).toEqual([
      undefined,
      'token-1',
      'token-2',
      'token-3',
    ]);
    expect(client.connection).toBe('open');
    expect(calls.filter(([callback]) => callback === 'connection')).toHaveLength(1);
  });

  it('[F41] that lasts less than two minutes is replaced at half of it', async () => {
    await connected({ getToken: tokens() }, greeting(10_000));
    await vi.advanceTimersByTimeAsync(4_990);
    expect(shown()).toEqual(['token-1']);
    await vi.advanceTimersByTimeAsync(10);
    expect(shown()).toEqual(['token-1', 'token-2']);
  });

  it('[F41] is asked for again when the page cannot give one, until the relay ends it; then once more, and no loop', async () => {
    const getToken = vi.fn(() => Promise.resolve('token'));
    const { client, socket, calls } = await connected({ getToken }, greeting(20_000));
    getToken.mockImplementation(() => Promise.reject(new Error('signed out')));
    await vi.advanceTimersByTimeAsync(20_000);
    expect(getToken).toHaveBeenCalledTimes(4);
    getToken.mockImplementation(() => Promise.resolve('stale'));
    socket.receive({ type: 'error', message: 'x', code: 'unauthorized', retryable: false });
    socket.drop(4401);
    (await reopened()).drop(4401);
    expect(client.connection).toBe('refused');
    const asked = getToken.mock.calls.length;
    await vi.advanceTimersByTimeAsync(10 * MINUTE);
    expect(getToken).toHaveBeenCalledTimes(asked);
    expect(FakeWebSocket.made).toHaveLength(2);
    expect(calls).toContainEqual(['error', 'unauthorized']);
  });

  it('[F41] of a lost line is not renewed on it: the next attempt brings its own', async () => {
    const { socket } = await connected({ getToken: tokens() }, greeting(10_000));
    await vi.advanceTimersByTimeAsync(4_000);
    socket.drop();
    const next = await reopened();
    next.receive(...greeting(10 * MINUTE));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(shown()).toEqual(['token-1', 'token-2']);
  });

  it('[F42] is timed by the relay’s words and not by the clock of this machine', async () => {
    await connected({ getToken: tokens() }, greeting(10 * MINUTE));
    vi.setSystemTime(Date.now() + 365 * 24 * 60 * MINUTE);
    await pass(8 * MINUTE);
    expect(shown()).toEqual(['token-1']);
    await pass(MINUTE);
    expect(shown()).toEqual(['token-1', 'token-2']);
  });

  it('[F41] is not asked for by a client that is gone', async () => {
    const getToken = vi.fn(tokens());
    const { client } = await connected({ getToken }, greeting(10_000));
    client.disconnect();
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(getToken).toHaveBeenCalledTimes(1);
  });
});

describe('a token that the page replaces', () => {
  it('[A4] goes on with the open connection, and with every one after it', async () => {
    const { client, socket } = await connected({ token: 'first' }, greeting(10 * MINUTE));
    client.renew('second');
    expect(shown()).toEqual(['first', 'second']);
    socket.drop();
    expect((await reopened()).query['token']).toBe('second');
  });

  it('[A4] gives a conversation that was refused another try', async () => {
    const { client, socket } = await connected({ token: 'first' }, greeting(10 * MINUTE));
    socket.drop(4401);
    expect(client.connection).toBe('refused');
    client.renew('second');
    expect(client.connection).toBe('connecting');
    await settle();
    FakeWebSocket.last.open();
    FakeWebSocket.last.receive(...greeting(10 * MINUTE));
    expect([client.connection, client.error]).toEqual(['open', undefined]);
  });

  it('[V2] is not shown to an original relay, which would not know what it is', async () => {
    const { client } = await connected({ token: 'first' }, [{ type: 'history', messages: [] }]);
    client.renew('second');
    expect(shown()).toEqual(['first']);
  });
});

describe('a spectator', () => {
  it('[A2] is known as one from the greeting on, until a newer token says otherwise', async () => {
    const { client, socket } = await connected({ token: 't' }, [history([], { access: { write: false } })]);
    expect(client.canWrite).toBe(false);
    socket.receive({ type: 'access', write: true, expiresInMs: MINUTE });
    expect(client.canWrite).toBe(true);
  });

  it('[A2] keeps the text that it tried to send', async () => {
    const { client, socket } = await connected({ token: 't' }, [history([], { access: { write: false } })]);
    client.sendMessage('mine');
    const [pending] = client.pending;
    socket.receive({
      type: 'error',
      message: 'x',
      code: 'forbidden',
      retryable: false,
      ...(pending === undefined ? {} : { messageId: pending.id }),
    });
    expect(client.pending).toMatchObject([{ content: 'mine', state: 'failed', code: 'forbidden' }]);
  });
});

describe('a rate', () => {
  const refusal = (messageId: string, retryAfterMs: number) =>
    ({
      type: 'error',
      message: 'x',
      code: 'rate_limited',
      retryable: true,
      messageId,
      retryAfterMs,
    }) as const;

  it('[A5] that is used up for a moment lets a message wait and go out again by itself', async () => {
    const { client, socket } = await connected();
    client.sendMessage('patience');
    const id = client.pending[0]?.id ?? '';
    socket.receive(refusal(id, 6000));
    expect(client.pending).toMatchObject([{ state: 'sending' }]);
    await vi.advanceTimersByTimeAsync(5900);
    expect(socket.sent.filter(({ type }) => type === 'message')).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(socket.sent.filter(({ type }) => type === 'message')).toMatchObject([{ id }, { id }]);
  });

  it('[A13] that is used up for the day gives the message back to the person', async () => {
    const { client, socket } = await connected();
    client.sendMessage('too much');
    socket.receive(refusal(client.pending[0]?.id ?? '', 3_600_000));
    expect(client.pending).toMatchObject([{ content: 'too much', state: 'failed', code: 'rate_limited' }]);
  });
});

describe('a token on its way', () => {
  it.each(['http://relay.example', 'ws://relay.example:1999', 'http://10.0.0.1:1999'])(
    '[A16] does not go over a line that others can read: %s',
    async (host) => {
      for (const options of [{ token: 'secret' }, { getToken: tokens() }]) {
        const errors: ChatError[] = [];
        const { client } = makeClient({ host, ...options, onError: (_message, error) => errors.push(error) });
        client.connect();
        await settle();
        expect(client.connection).toBe('refused');
        expect(errors).toMatchObject([{ code: 'forbidden' }]);
      }
      expect(FakeWebSocket.made).toEqual([]);
    },
  );

  it.each(['relay.example', 'https://relay.example', 'http://localhost:1999', 'ws://127.0.0.1:1999'])(
    '[A16] goes over TLS, and within this machine: %s',
    async (host) => {
      makeClient({ host, token: 'secret' }).client.connect();
      await settle();
      expect(FakeWebSocket.last.query['token']).toBe('secret');
    },
  );
});
