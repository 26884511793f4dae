/** Who gets into a room, and a relay that has no agent service (rules H1, H3; A4, A15). */
import { get } from 'node:http';
import { describe, expect, it } from 'vitest';
import { freshThread, useRelay } from '../support/running-relay.ts';

const relay = useRelay(() => ({}));

describe('a room’s address', () => {
  const bad: readonly (readonly [string, string])[] = [
    ['without the prefix', 'lobby'],
    ['with nothing after the prefix', 'ivy_'],
    ['with a dot', 'ivy_a.b'],
    ['with a character of another script', 'ivy_ol%C3%A1'],
    ['with a path in it', 'ivy_a%2Fb'],
    ['of 129 characters', `ivy_${'x'.repeat(129)}`],
  ];

  it.each(bad)('H3: %s is refused with one error and the close code 4400', async (_name, room) => {
    const client = await relay.connectTo(room);

    expect(await client.next()).toMatchObject({ type: 'error', code: 'bad_frame', retryable: false });
    expect(await client.closed).toEqual({ code: 4400, reason: 'bad_thread' });
    expect(client.frames).toHaveLength(1);
  });

  it('H1: of 128 characters is a room', async () => {
    const thread = freshThread().padEnd(128, '_-A9');
    const client = await relay.connect(thread);

    expect(await client.next()).toMatchObject({ type: 'history', messages: [] });
  });

  it('answers HTTP with 404', async () => {
    const url = relay.roomUrl(`ivy_${freshThread()}`).replace('ws:', 'http:');
    const status = await new Promise((resolve, reject) => {
      get(url, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).on('error', reject);
    });

    expect(status).toBe(404);
  });
});

describe('a connection', () => {
  it('A15: two sockets that claim the same id both work', async () => {
    const thread = freshThread();
    const query = { v: '1', _pk: 'the-same' };
    const clients = [await relay.join(thread, query), await relay.join(thread, query)] as const;

    for (const client of clients) expect(await client.settled()).toEqual([]);
    clients[0].send({ type: 'clear' });
    for (const client of clients) expect(await client.next('history')).toMatchObject({ gen: 1 });
    await clients[0].close();
    clients[1].send({ type: 'clear' });
    expect(await clients[1].next('history')).toMatchObject({ gen: 2 });
  });

  it('A4: a token too long for the platform’s attachment is no hindrance, and is in no line', async () => {
    const token = `canary-token-${'x'.repeat(6000)}`;
    const client = await relay.join(freshThread(), { v: '1', token });

    expect(await client.settled()).toEqual([]);
    await client.close();
    expect(relay.lines.filter(({ text }) => text.includes('canary-token'))).toEqual([]);
  });
});

describe('a relay without AST_URL', () => {
  it('keeps conversations, says what is missing, and keeps the question', async () => {
    const thread = freshThread();
    const client = await relay.join(thread);
    client.send({ type: 'message', content: 'Anybody there?', id: 'q' });

    const frames = await client.end();
    expect(frames.map(({ type }) => type)).toEqual(['message', 'streaming', 'done', 'error', 'streaming']);
    expect(frames[3]).toMatchObject({ code: 'upstream_unconfigured', retryable: true });
    await relay.printed('AST_URL is not set');
    const { messages } = await (await relay.connect(thread)).next('history');
    expect(messages).toMatchObject([
      { id: 'q' },
      { status: 'failed', error: { code: 'upstream_unconfigured' } },
    ]);
  });
});
