/** Origins, tokens and limits over the wire, on the runtimes that relays run on (rules H3, H7, C6). */
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { roomOfThread } from '#protocol';
import { SECRET, tokenFor } from '../support/knock.ts';
import type { RelayClient } from '../support/relay-client.ts';
import { freshThread, useRelay } from '../support/running-relay.ts';

const PAGE = 'https://www.example.com';

describe('a relay that asks for tokens', () => {
  const relay = useRelay(() => ({
    ALLOWED_ORIGINS: `${PAGE} https://*.shop.example`,
    IVY_JWT_SECRET: SECRET,
    MESSAGES_PER_DAY: '2',
  }));

  const token = (thread: string, claims: Parameters<typeof tokenFor>[1] = {}) =>
    tokenFor(thread, claims, { now: Math.floor(Date.now() / 1000) * 1000 });

  async function enter(thread: string, key: string, origin: string | undefined = PAGE): Promise<RelayClient> {
    return relay.connectTo(roomOfThread(thread), { v: '1', token: key }, origin);
  }

  it('[A2] opens the thread of the token, which may be a short word, and says how long for', async () => {
    const client = await enter('desk', await token('desk'));
    const { access } = await client.next('history');
    expect(access).toMatchObject({ write: true });
    expect(access?.expiresInMs).toBeGreaterThan(300_000);
    expect(access?.expiresInMs).toBeLessThanOrEqual(330_000);
  });

  it.each([
    ['no token', 4401, 'token_missing', () => ''],
    ['a token that is none', 4401, 'token_invalid', () => 'c4n4ry'],
    ['a token that is too long', 4401, 'token_invalid', () => `c4n4ry${'x'.repeat(9000)}`],
    ['a token of yesterday', 4401, 'token_expired', (thread: string) => token(thread, { exp: 1 })],
    ['a token of another thread', 4403, 'token_other_thread', () => token('other')],
  ] as const)('[A3] refuses %s, with one error and a code', async (_what, code, reason, make) => {
    const thread = freshThread();
    const client = await enter(thread, await make(thread));
    const error = await client.next('error');
    expect(error).toMatchObject({ code: code === 4401 ? 'unauthorized' : 'forbidden', retryable: false });
    expect(await client.closed).toEqual({ code, reason });
    await relay.printed(reason);
    const own = relay.lines.filter(({ kind }) => kind !== 'chatter').map(({ text }) => text);
    expect(own.filter((text) => text.includes('c4n4ry') || text.includes(thread))).toEqual([]);
    expect(relay.lines.filter(({ text }) => text.includes('c4n4ry'))).toEqual([]);
  });

  it.each([
    ['another page', 'https://evil.example'],
    ['a sandboxed frame', 'null'],
    ['a program', undefined],
  ])('[A1] refuses %s, whatever its token', async (_what, origin) => {
    const thread = freshThread();
    const key = await token(thread);
    const client = await relay.connectTo(roomOfThread(thread), { v: '1', token: key }, origin);
    expect(await client.next('error')).toMatchObject({ code: 'forbidden' });
    expect(await client.closed).toEqual({ code: 4403, reason: 'origin' });
    await relay.printed(`"origin":"${origin ?? 'none'}"`);
  });

  it('[A1] takes the pages below a star', async () => {
    const thread = freshThread();
    const client = await enter(thread, await token(thread), 'https://www.shop.example');
    await client.next('history');
  });

  it('[A2] lets a spectator see and not write', async () => {
    const thread = freshThread();
    const [reader, writer] = [
      await enter(thread, await token(thread, { access: 'read' })),
      await enter(thread, await token(thread)),
    ];
    expect(await reader.next('history')).toMatchObject({ access: { write: false } });
    await writer.next('history');
    for (const type of ['clear', 'stop'] as const) {
      reader.send({ type });
      expect(await reader.next('error')).toMatchObject({ code: 'forbidden' });
    }
    reader.send({ type: 'message', content: 'mine', id: 'm-1' });
    expect(await reader.next('error')).toMatchObject({ code: 'forbidden', messageId: 'm-1' });
    writer.send({ type: 'message', content: 'theirs', id: 'm-2' });
    expect(await reader.next('message')).toMatchObject({ id: 'm-2' });
  });

  it('[A4] ends a connection with its token, also an idle one, and not one that got a newer token', async () => {
    const thread = freshThread();
    // Clocks may differ by half a minute, so this one is good for three more seconds.
    const ending = { exp: Math.floor(Date.now() / 1000) - 27 };
    const [idle, renewed] = [
      await enter(thread, await token(thread, ending)),
      await enter(thread, await token(thread, ending)),
    ];
    await idle.next('history');
    await renewed.next('history');
    renewed.send({ type: 'auth', token: await token(thread) });
    expect(await renewed.next('access')).toMatchObject({ write: true });
    expect(await idle.next('error')).toMatchObject({ code: 'unauthorized' });
    expect(await idle.closed).toEqual({ code: 4401, reason: 'token_expired' });
    renewed.send({ type: 'clear' });
    await renewed.next('history');
  });

  it('[A4] ends a connection whose newer token is refused', async () => {
    const thread = freshThread();
    const client = await enter(thread, await token(thread));
    await client.next('history');
    client.send({ type: 'auth', token: await token('other') });
    expect(await client.next('error')).toMatchObject({ code: 'forbidden' });
    expect(await client.closed).toEqual({ code: 4403, reason: 'token_other_thread' });
  });

  it('[A14] knows after a sleep who is a spectator, whose token has run out, and who is in which room', async () => {
    const [thread, other] = [freshThread(), freshThread()];
    const [reader, ending, stranger] = [
      await enter(thread, await token(thread, { access: 'read' })),
      await enter(thread, await token(thread, { exp: Math.floor(Date.now() / 1000) - 20 })),
      await enter(other, await token(other)),
    ];
    for (const client of [reader, ending, stranger]) await client.next('history');
    // Rooms fall asleep after ten seconds; the ending one has ten.
    expect(await ending.closed).toEqual({ code: 4401, reason: 'token_expired' });
    await sleep(2_000);
    reader.send({ type: 'clear' });
    expect(await reader.next('error')).toMatchObject({ code: 'forbidden' });
    const writer = await enter(thread, await token(thread));
    await writer.next('history');
    writer.send({ type: 'clear' });
    expect(await reader.next('history')).toMatchObject({ gen: 1 });
    stranger.send({ type: 'ping' });
    expect(await stranger.next()).toEqual({ type: 'pong' });
  });

  it('[A13] counts what a subject starts in a day, over all its threads', async () => {
    const subject = `somebody-${freshThread()}`;
    const ask = async (): Promise<RelayClient> => {
      const thread = freshThread();
      const client = await enter(thread, await token(thread, { sub: subject }));
      await client.next('history');
      client.send({ type: 'message', content: 'What does it cost?', id: 'q' });
      return client;
    };
    for (let run = 0; run < 2; run += 1) await (await ask()).next('message');
    const refused = await (await ask()).next('error');
    expect(refused).toMatchObject({ code: 'rate_limited', messageId: 'q' });
    expect(refused.retryAfterMs).toBeLessThanOrEqual(24 * 3_600_000);
  });
});

describe('a relay as it comes', () => {
  const relay = useRelay(() => ({
    ALLOWED_ORIGINS: '',
    MESSAGES_PER_MINUTE: '',
    FRAMES_PER_MINUTE: '',
    CONNECTIONS_PER_THREAD: '',
  }));
  const LOCAL = 'http://localhost:8080';

  it('[A1] takes pages of this machine and no others', async () => {
    const room = roomOfThread(freshThread());
    await (await relay.connectTo(room, { v: '1' }, LOCAL)).next('history');
    for (const origin of [PAGE, 'null', undefined, 'http://localhost.example']) {
      const client = await relay.connectTo(room, { v: '1' }, origin);
      expect(await client.closed).toEqual({ code: 4403, reason: 'origin' });
    }
  });

  it('[A2] wants ids that nobody can guess', async () => {
    const client = await relay.connectTo(roomOfThread('desk'), { v: '1' }, LOCAL);
    expect(await client.next('error')).toMatchObject({ code: 'forbidden' });
    expect(await client.closed).toEqual({ code: 4403, reason: 'guessable_thread' });
  });

  it('[A5] closes the connection of a flood, and the others do not notice', async () => {
    const room = roomOfThread(freshThread());
    const [flooder, other] = [
      await relay.connectTo(room, { v: '1' }, LOCAL),
      await relay.connectTo(room, { v: '1' }, LOCAL),
    ];
    await other.next('history');
    for (let index = 0; index < 1000; index += 1) flooder.send(`{"type":"history","limit":${index % 100}}`);
    expect(await flooder.closed).toEqual({ code: 4429, reason: 'rate_limited' });
    other.send({ type: 'clear' });
    expect(await other.next('history')).toMatchObject({ gen: 1 });
  });

  it('[A5] takes 32 connections of one thread', async () => {
    const room = roomOfThread(freshThread());
    for (let index = 0; index < 32; index += 1) {
      await (await relay.connectTo(room, { v: '1' }, LOCAL)).next('history');
    }
    const late = await relay.connectTo(room, { v: '1' }, LOCAL);
    expect(await late.closed).toEqual({ code: 4429, reason: 'too_many_connections' });
  });
});
