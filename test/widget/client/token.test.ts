import { describe, expect, it, vi } from 'vitest';
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

describe('a token that is asked for', () => {
  it('[H2] is asked for before each attempt, and is told the last one', async () => {
    const asked: (string | undefined)[] = [];
    const getToken = (previous: string | undefined) => {
      asked.push(previous);
      return Promise.resolve(`token-${asked.length}`);
    };
    const { socket } = await connected({ getToken });
    expect(socket.query['token']).toBe('token-1');
    socket.drop();
    expect((await reopened()).query['token']).toBe('token-2');
    expect(asked).toEqual([undefined, 'token-1']);
  });

  it('[H3] is asked for once more after 4401, then the client gives up', async () => {
    const getToken = vi.fn(() => Promise.resolve('expired'));
    const { client } = makeClient({ getToken });
    client.connect();
    await settle();
    FakeWebSocket.last.open();
    FakeWebSocket.last.drop(4401);
    expect(client.connection).toBe('connecting');
    const again = await reopened();
    again.drop(4401);
    expect(client.connection).toBe('refused');
    await vi.advanceTimersByTimeAsync(120_000);
    expect(getToken).toHaveBeenCalledTimes(2);
    expect(FakeWebSocket.made).toHaveLength(2);
  });

  it('[F41] is asked for again after each time that it was good', async () => {
    const { socket, client } = await connected({ getToken: () => Promise.resolve('t') });
    let line = socket;
    for (let index = 0; index < 3; index += 1) {
      line.drop(4401);
      line = await reopened();
      line.receive(history());
      expect(client.connection).toBe('open');
    }
  });

  it('[H3] that is fixed cannot be replaced: 4401 is final', async () => {
    const { client, socket } = await connected({ token: 'fixed' });
    socket.drop(4401);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(client.connection).toBe('refused');
    expect(FakeWebSocket.made).toHaveLength(1);
  });

  it('does not freeze the client when it never comes', async () => {
    let asked = 0;
    const never = new Promise<string>(() => undefined);
    const { client } = makeClient({ getToken: () => (++asked === 1 ? never : Promise.resolve('late')) });
    client.connect();
    await vi.advanceTimersByTimeAsync(9_000);
    expect(FakeWebSocket.made).toEqual([]);
    const socket = await reopened();
    expect(socket.query['token']).toBe('late');
    socket.receive(history());
    expect(client.connection).toBe('open');
  });

  it.each<[string, () => Promise<string>]>([
    ['rejects', () => Promise.reject(new Error('no'))],
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- pages do this
    ['rejects with nothing', () => Promise.reject()],
    [
      'throws',
      () => {
        throw new Error('no');
      },
    ],
  ])('is asked for again when asking %s', async (_how, fails) => {
    let asked = 0;
    const { client } = makeClient({ getToken: () => (++asked < 3 ? fails() : Promise.resolve('third')) });
    client.connect();
    await settle();
    const socket = await reopened();
    expect(socket.query['token']).toBe('third');
    expect(asked).toBe(3);
  });

  it('is not asked for by a client that was disconnected meanwhile', async () => {
    const getToken = vi.fn(() => Promise.resolve('t'));
    const { client, socket } = await connected({ getToken });
    socket.drop();
    client.disconnect();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(getToken).toHaveBeenCalledTimes(1);
  });

  it('is asked for once by a client that reconnects at once', async () => {
    const getToken = vi.fn(() => Promise.resolve('t'));
    const { client, socket } = await connected({ getToken });
    socket.drop();
    client.reconnect();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(getToken).toHaveBeenCalledTimes(2);
  });
});
