/** Clients that break the rules of WebSocket itself: nothing of them is left behind, and nothing of their thread is told (A5, A12). */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, it, vi } from 'vitest';
import { roomOfThread } from '#protocol';
import { freshThread, useRelay } from '../support/running-relay.ts';

const PLACES = 2;
const relay = useRelay(() => ({ CONNECTIONS_PER_THREAD: String(PLACES) }));

/** Opens a connection by hand, and sends these bytes once it has been greeted. */
async function breakRules(thread: string, bytes: readonly number[]): Promise<void> {
  const socket = connect(relay.port, '127.0.0.1');
  socket.write(
    [
      `GET /parties/main/${roomOfThread(thread)}?v=1 HTTP/1.1`,
      `Host: ${relay.host}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      `Sec-WebSocket-Key: ${Buffer.from(randomUUID().slice(0, 16)).toString('base64')}`,
      '\r\n',
    ].join('\r\n'),
  );
  let heard = '';
  while (!heard.includes('"history"')) heard += String(await once(socket, 'data'));
  // The platform may leave its end open for a while. This one does not wait for it.
  socket.end(Buffer.from(bytes));
}

it.each([
  ['a frame of a kind that is not there', [0x8f, 0x80, 0, 0, 0, 0]],
  ['a control frame in parts', [0x09, 0x80, 0, 0, 0, 0]],
  ['a close of one byte', [0x88, 0x81, 0, 0, 0, 0, 0x03]],
])('[A5, A12] %s leaves its place to others, and is told without the name of the thread', async (...row) => {
  const [, bytes] = row;
  const thread = freshThread();
  for (let place = 0; place < PLACES; place += 1) await breakRules(thread, bytes);
  await vi.waitFor(
    async () => expect(await (await relay.connect(thread)).next()).toHaveProperty('messages'),
    {
      timeout: 10_000,
    },
  );
  const own = relay.lines.filter(({ kind }) => kind !== 'chatter').map(({ text }) => text);
  expect(own.filter((text) => text.includes(thread))).toEqual([]);
});
