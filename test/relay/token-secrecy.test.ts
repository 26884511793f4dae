/**
 * A relay that asks for tokens (A4, A11, A12): of the secret, of tokens good and bad, and of what they say of a person,
 * nothing is in any frame, any line, or any answer; and what a stranger's handshake says makes no line of its own.
 */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import * as z from 'zod/mini';
import { parseJson, roomOfThread } from '#protocol';
import { within } from '../support/inbox.ts';
import { tokenFor } from '../support/knock.ts';
import { toldAtTheDoor } from '../support/refused-handshake.ts';
import { RelayClient } from '../support/relay-client.ts';
import { freshThread, useRelay } from '../support/running-relay.ts';
import { useAgent } from '../support/scripted-agent.ts';

const entrySchema = z.looseObject({ event: z.string() });

const SECRET = 'canary-secret-6a1f0c9b7d3e58f2 of 32 bytes and more';
const PERSON = 'canary-person-40de';
const CANARIES = ['canary-secret', 'canary-person', 'canary-token', 'eyJ'];

const agent = useAgent();
const relay = useRelay(() => ({ AST_URL: agent.url, IVY_JWT_SECRET: SECRET }));

/** Claims that a page may add. */
const CLAIMS = { sub: PERSON, name: PERSON, email: `${PERSON}@example.com`, jti: 'canary-token-id' };
/** Every token that was used. */
const tokens: string[] = [];

async function token(thread: string, claims: object = {}, secret = SECRET): Promise<string> {
  const made = await tokenFor(thread, { ...CLAIMS, ...claims }, { secret, now: Date.now() });
  tokens.push(made);
  return made;
}

const seconds = (): number => Math.floor(Date.now() / 1000);

describe('a token', () => {
  const bad: readonly (readonly [string, (thread: string) => Promise<string> | string, number])[] = [
    ['that is none', () => 'canary-token-garbage', 4401],
    ['of another secret', (thread) => token(thread, {}, 'canary-token-another-secret-of-32-bytes'), 4401],
    ['that has expired', (thread) => token(thread, { exp: seconds() - 3600 }), 4401],
    ['for another thread', () => token(freshThread()), 4403],
    ['without an end', (thread) => token(thread, { exp: undefined }), 4401],
    ['with line breaks', () => 'canary-token\r\n{"event":"forged"}\u2028\u001b[2J', 4401],
    ['of 100 KB', () => 'canary-token-'.repeat(800), 4401],
  ];

  it.each(bad)('[A4, A11] %s is refused without a word of it', async (_what, make, code) => {
    const thread = freshThread();
    const client = await relay.connect(thread, { v: '1', token: await make(thread) });
    expect(await client.next()).toMatchObject({ type: 'error' });
    expect(await client.closed).toMatchObject({ code });
  });

  it('[A4, A11] that is good opens its thread, and is told to nobody there', async () => {
    const thread = freshThread();
    const clients = [
      await relay.join(thread, { v: '1', token: await token(thread) }),
      await relay.join(thread, { v: '1', token: await token(thread, { access: 'read' }) }),
    ] as const;
    clients[0].send({ type: 'message', content: 'Question' });
    const call = await agent.next();
    expect(JSON.stringify(call.request)).not.toMatch(new RegExp(CANARIES.join('|')));
    call.answer('Answer');
    for (const client of clients) await client.end();
  });

  it('[A4, A11] that comes later is told to nobody, whether it is good or not', async () => {
    const thread = freshThread();
    const client = await relay.join(thread, { v: '1', token: await token(thread) });
    client.send({ type: 'auth', token: await token(thread) });
    await client.next('access');
    client.send({ type: 'auth', token: 'canary-token-garbage' });
    await client.take(({ type }) => type === 'error');
    expect(await client.closed).toMatchObject({ code: 4401 });
  });
});

describe('a handshake with text that would be a line of its own', () => {
  const TEXT =
    'http://a\u2028{"event":"forged"}\u2029{"event":"forged"}\u0085\u009b2J\t\u009d0;title\u009c\u202e"}';
  // Headers are bytes, and this is how these are written.
  const FORGED = Buffer.from(TEXT).toString('latin1');

  it.each(['origin', 'user-agent', 'referer', 'x-forwarded-for', 'cf-connecting-ip', 'cookie'])(
    '[A12] makes none: %s',
    async (header) => {
      const url = `${relay.roomUrl(roomOfThread(randomUUID()))}?v=1&token=canary-token-garbage`;
      const socket = new WebSocket(url, { headers: { [header]: FORGED } });
      const client = new RelayClient(socket);
      relay.clients.push(client);
      await within(client.closed, () => 'the socket stays open');
      expect(JSON.stringify(client.frames)).not.toContain('forged');
    },
  );
});

describe('another way to a room', () => {
  const ways = [
    '/parties/main/ROOM',
    '//parties//main//ROOM',
    '/parties/main/ROOM/',
    '/parties/main/ROOM/more',
    '/parties/Main/ROOM',
    '/parties/MAIN/ROOM',
    '/parties/main/%69vy_ID',
    '/parties/%6dain/ROOM',
    '/parties/./main/../main/ROOM',
    '/party/ROOM',
    '//party//ROOM',
    '/party/ROOM/more',
    '/parties/metrics/ROOM',
    '/parties/budget/ROOM',
    '/parties/main/ROOM?_pk=a&write=1&until=9999999999999&subject=a',
    '/parties/main/ROOM#?token=x',
  ];

  it.each(ways)('[A2, A3] does not lead in without a token: %s', async (way) => {
    const thread = freshThread();
    const told = await toldAtTheDoor(
      relay.host,
      way.replace('ROOM', roomOfThread(thread)).replace('ID', thread),
    );
    expect(told).not.toContain('"history"');
    expect(told).toMatch(/44\d\d|404/);
  });
});

describe('after all of these', () => {
  it('[A4, A11, A12] nothing of a token is in a frame or a line', async () => {
    await relay.printed('token_invalid');
    await relay.printed('token_expired');
    const frames = relay.clients.flatMap(({ texts }) => texts);
    const lines = relay.lines.map(({ text }) => text);
    expect(frames.length).toBeGreaterThan(15);
    expect(lines.filter((line) => line.includes('"refused"')).length).toBeGreaterThanOrEqual(10);
    for (const canary of [...CANARIES, ...tokens.map((made) => made.split('.').at(-1) ?? made)]) {
      expect(
        [...frames, ...lines].filter((text) => text.includes(canary)),
        canary,
      ).toEqual([]);
    }
  });

  it('[A12] every line of the relay is JSON of its own', () => {
    const lines = relay.lines.filter(({ kind }) => kind === 'log').map(({ text }) => text);
    expect(lines.length).toBeGreaterThan(10);
    for (const line of lines) {
      expect(line).toMatch(/^[\x20-\x7e]+$/);
      expect(entrySchema.parse(parseJson(line)).event).not.toBe('forged');
    }
  });
});
