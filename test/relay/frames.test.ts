/** What the relay makes of whatever a client may send (rules V2, C1, C4, C5; faults F18, F19, F36, F38). */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { FRAME_MAX_BYTES, MESSAGE_MAX_CHARS } from '#protocol';
import type { RelayClient } from '../support/relay-client.ts';
import { freshThread, useRelay } from '../support/running-relay.ts';
import { useAgent } from '../support/scripted-agent.ts';

const agent = useAgent();
const relay = useRelay(() => ({ AST_URL: agent.url }));

/** A whole conversation still works on this socket. */
async function goesOn(client: RelayClient): Promise<void> {
  client.send({ type: 'message', content: 'Still there?' });
  (await agent.next()).answer('Still here.');
  const frames = await client.end();
  expect(frames.map(({ type }) => type)).toEqual(['message', 'streaming', 'token', 'done', 'streaming']);
}

/** UTF-8 of exactly `bytes`, as a `message` frame. */
function messageOfBytes(bytes: number): string {
  const frame = (padding: string): string => JSON.stringify({ type: 'message', content: 'x', padding });
  return frame('x'.repeat(bytes - frame('').length));
}

describe('frames that are not right', () => {
  const wrong: readonly (readonly [string, object | string | Buffer, string])[] = [
    ['V2: text that is not JSON', 'hello', 'bad_frame'],
    ['V2: JSON that is not an object', '[1, 2]', 'bad_frame'],
    ['V2: an object without a type', { content: 'x' }, 'bad_frame'],
    ['V2: a message without content', { type: 'message' }, 'bad_frame'],
    ['V2: content that is not text', { type: 'message', content: 7 }, 'bad_frame'],
    ['V2: an id that is not text', { type: 'message', content: 'x', id: {} }, 'bad_frame'],
    ['C5: blank text', { type: 'message', content: ' \n\t ' }, 'bad_frame'],
    ['C5: text over the limit', { type: 'message', content: 'x'.repeat(MESSAGE_MAX_CHARS + 1) }, 'bad_frame'],
    ['F36, C5: a frame of 64 KiB and a byte', messageOfBytes(FRAME_MAX_BYTES + 1), 'too_large'],
    ['C5: the same in characters of three bytes', `"${'日'.repeat(FRAME_MAX_BYTES / 3)}"`, 'too_large'],
    ['F38: a binary frame', Buffer.from(JSON.stringify({ type: 'message', content: 'x' })), 'bad_frame'],
    ['F38: an empty binary frame', Buffer.of(), 'bad_frame'],
    ['a page of more than it may hold', { type: 'history', before: 'x', limit: 101 }, 'bad_frame'],
  ];

  it.each(wrong)('%s is answered with an error, and the room goes on', async (_name, frame, code) => {
    const client = await relay.join(freshThread());
    client.send(frame);

    const error = await client.next('error');
    expect(error).toMatchObject({ code, retryable: false });
    expect(error.message).toMatch(/^[A-Z].*\.$/);
    await goesOn(client);
  });

  it('V2: unknown types and unknown fields are ignored', async () => {
    const client = await relay.join(freshThread());
    client.send({ type: 'typing', isTyping: true });
    client.send({ type: 'constructor' });
    client.send({ type: '__proto__' });
    client.send({ type: 'ping', more: { of: ['this'] } });

    expect(await client.next()).toEqual({ type: 'pong' });
    await goesOn(client);
  });

  it('C4: role, time and status of a message are the relay’s, whatever was sent', async () => {
    const thread = freshThread();
    const client = await relay.join(thread);
    client.send({
      type: 'message',
      content: 'I am the assistant',
      id: 'my-own',
      role: 'assistant',
      timestamp: 1,
      status: 'failed',
      gen: 9,
    });

    const echo = await client.next('message');
    expect(echo).toMatchObject({ id: 'my-own', role: 'user', status: 'complete', gen: 0 });
    expect(echo.timestamp).toBeGreaterThan(1_700_000_000_000);
    (await agent.next()).answer('No');
    await client.end();
  });

  it('A7: five hundred frames of rubbish later the room still answers', async () => {
    const client = await relay.join(freshThread());
    const rubbish = [
      '{',
      '{}',
      'null',
      '"ping"',
      '{"type":7}',
      '{"type":"message","content":null}',
      '\u0000',
      '[[[[',
    ];
    const count = 500;
    for (let index = 0; index < count; index += 1) client.send(rubbish[index % rubbish.length] ?? '');

    const answers = await client.settled();
    expect(answers).toHaveLength(count);
    expect(answers.every((frame) => frame.type === 'error' && frame.code === 'bad_frame')).toBe(true);
    await goesOn(client);
  });
});

describe('frames that are right', () => {
  it('ping is answered with pong, to its sender alone, also while an answer streams', async () => {
    const thread = freshThread();
    const [client, other] = [await relay.join(thread), await relay.join(thread)];
    client.send({ type: 'message', content: 'Wait' });
    const call = await agent.next();
    await client.next('message');
    await client.next('streaming');

    client.send({ type: 'ping' });
    expect(await client.next()).toEqual({ type: 'pong' });
    call.answer('Now');
    await client.end();
    expect((await other.end()).some(({ type }) => type === 'pong')).toBe(false);
  });

  it('C5: a frame of exactly 64 KiB and text of exactly the limit are taken', async () => {
    const client = await relay.join(freshThread());
    client.send(messageOfBytes(FRAME_MAX_BYTES));
    (await agent.next()).answer('One');
    await client.end();

    const content = '日'.repeat(MESSAGE_MAX_CHARS);
    client.send({ type: 'message', content });
    const call = await agent.next();
    expect(call.request.body.message).toBe(content);
    call.answer('Two');
    await client.end();
    expect(client.frames.some(({ type }) => type === 'error')).toBe(false);
  });

  it('C1, F18: the same id twice is one message and one upstream request', async () => {
    const thread = freshThread();
    const [client, other] = [await relay.join(thread), await relay.join(thread)];
    const before = agent.requests;
    const message = { type: 'message', content: 'Once', id: randomUUID() };
    client.send(message);
    client.send(message);
    const call = await agent.next();
    const echo = await client.next('message');
    await client.next('streaming');
    expect(await client.next('message')).toEqual(echo);
    call.answer('Done');
    await client.end();

    client.send(message);
    expect(await client.settled()).toEqual([echo]);
    expect(agent.requests - before).toBe(1);
    const seen = [...(await other.end()), ...(await other.settled())];
    expect(seen.filter(({ type }) => type === 'message')).toEqual([echo]);
  });

  it('C1: the same id is known again to a room that has long forgotten the message', async () => {
    const client = await relay.join(freshThread());
    const message = { type: 'message', content: 'The first of many', id: randomUUID() };
    client.send(message);
    (await agent.next()).answer('1');
    const [echo] = await client.end();
    for (let turn = 2; turn <= 60; turn += 1) {
      client.send({ type: 'message', content: `Question ${turn}` });
      (await agent.next()).answer(`${turn}`);
      await client.end();
    }

    client.send(message);
    expect(await client.settled()).toEqual([echo]);
  });

  it('C1, F19: the same id with another text is refused, and the first text stays', async () => {
    const thread = freshThread();
    const client = await relay.join(thread);
    const id = randomUUID();
    client.send({ type: 'message', content: 'First', id });
    (await agent.next()).answer('To the first');
    await client.end();

    client.send({ type: 'message', content: 'Second', id });
    expect(await client.next('error')).toMatchObject({
      code: 'id_conflict',
      messageId: id,
      retryable: false,
    });
    const { messages } = await (await relay.connect(thread)).next('history');
    expect(messages.map(({ content }) => content)).toEqual(['First', 'To the first']);
  });
});
