/** A newer token that crosses with the end of the older one (rules H3, H7). */
import { expect, it } from 'vitest';
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

const GREETING = [history([], { access: { write: true, expiresInMs: 600_000 } })];

it('[F41] is tried once, when the relay has ended the connection before it arrived', async () => {
  const { client, socket } = await connected({ token: 'first' }, GREETING);
  client.renew('second');
  socket.drop(4401);
  expect(client.connection).toBe('reconnecting');
  const next = await reopened();
  expect(next.query['token']).toBe('second');
  next.receive(...GREETING);
  expect([client.connection, client.error]).toEqual(['open', undefined]);
});

it('[F41] is tried once, when the older one was still on its way in', async () => {
  const { client } = makeClient({ token: 'first' });
  client.connect();
  await settle();
  const attempt = FakeWebSocket.last;
  client.renew('second');
  attempt.open();
  attempt.drop(4401);
  expect((await reopened()).query['token']).toBe('second');
});

it('[F41] that is refused as well is the end: no loop', async () => {
  const { client, socket } = await connected({ token: 'first' }, GREETING);
  client.renew('second');
  socket.drop(4401);
  (await reopened()).drop(4401);
  expect([client.connection, FakeWebSocket.made.length]).toEqual(['refused', 2]);
});

it('[H3] a fixed one that is refused is the end, where no newer one came', async () => {
  const { client, socket } = await connected({ token: 'first' }, GREETING);
  socket.drop(4401);
  expect(client.connection).toBe('refused');
});
