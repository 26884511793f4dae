/** What clients of one room see of a conversation (rules H4, H5, C1, C2, S1 to S4, R3, R5). */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { freshThread, useRelay } from '../support/running-relay.ts';
import { useAgent } from '../support/scripted-agent.ts';

const agent = useAgent();
const relay = useRelay(() => ({ AST_URL: agent.url, AST_API_KEY: 'the-key' }));

describe('a question and its answer', () => {
  it('H4: the first frame is the history, also in a room that was never used', async () => {
    const client = await relay.connect(freshThread());

    expect(await client.next()).toEqual({ type: 'history', messages: [], gen: 0, mode: 'full', v: 1 });
  });

  it('S4, C2: the stored message, then streaming, then tokens, then done, then the end of streaming', async () => {
    const thread = freshThread();
    const client = await relay.join(thread);
    const id = randomUUID();
    const sentAt = Date.now();
    client.send({ type: 'message', content: 'Tudo bem?', id });

    const echo = await client.next('message');
    expect(echo).toMatchObject({ id, role: 'user', content: 'Tudo bem?', status: 'complete', gen: 0 });
    expect(echo.timestamp).toBeGreaterThanOrEqual(sentAt);
    const { messageId, ...streaming } = await client.next('streaming');
    expect(streaming).toEqual({ type: 'streaming', isStreaming: true, gen: 0 });

    const call = await agent.next();
    expect(call.request).toEqual({
      url: '/workflows/wf_ivy/stream',
      authorization: 'Bearer the-key',
      body: { message: 'Tudo bem?', threadId: thread },
    });
    call.token('Olá');
    expect(await client.next()).toEqual({ type: 'token', content: 'Olá', messageId, offset: 0 });
    call.token(', 🌍');
    expect(await client.next()).toEqual({ type: 'token', content: ', 🌍', messageId, offset: 3 });
    call.complete('Olá, 🌍');
    call.done();
    call.end();

    const done = await client.next('done');
    expect(done).toMatchObject({ messageId, fullContent: 'Olá, 🌍', status: 'complete', gen: 0 });
    expect(await client.next()).toEqual({ type: 'streaming', isStreaming: false, messageId, gen: 0 });

    const { messages } = await (await relay.connect(thread)).next('history');
    expect(messages).toEqual([
      { id, role: 'user', content: 'Tudo bem?', timestamp: echo.timestamp, status: 'complete' },
      {
        id: messageId,
        role: 'assistant',
        content: 'Olá, 🌍',
        timestamp: done.timestamp,
        status: 'complete',
      },
    ]);
  });

  it('C2: without an id the relay makes one', async () => {
    const client = await relay.join(freshThread());
    client.send({ type: 'message', content: 'Hello' });

    expect((await client.next('message')).id).toMatch(/\w/);
    (await agent.next()).answer('Hi');
    expect((await client.end()).at(-2)).toMatchObject({ type: 'done', fullContent: 'Hi' });
  });

  it('S2: a burst of tokens is merged into few frames', async () => {
    const client = await relay.join(freshThread());
    client.send({ type: 'message', content: 'Count' });
    const call = await agent.next();
    const numbers = Array.from({ length: 500 }, (_, index) => `${index} `);
    call.answer(...numbers);

    const frames = await client.end();
    expect(client.thread.messages.at(-1)?.content).toBe(numbers.join(''));
    expect(frames.filter(({ type }) => type === 'token').length).toBeLessThan(25);
  });

  it('S1: tokens split anywhere, also between the bytes of a character, arrive whole', async () => {
    const client = await relay.join(freshThread());
    client.send({ type: 'message', content: 'Split' });
    const call = await agent.next();
    await client.next('message');
    await client.next('streaming');
    const bytes = Buffer.from(`data: ${JSON.stringify({ type: 'token', content: 'não 🌍 日本' })}\r\n\r\n`);
    for (const byte of bytes) call.raw(Buffer.of(byte));

    await client.text('não 🌍 日本');
    call.end();
    expect((await client.next('done')).fullContent).toBe('não 🌍 日本');
  });

  it('an answer that comes only as a whole, with no token, is sent as one', async () => {
    const client = await relay.join(freshThread());
    client.send({ type: 'message', content: 'Whole' });
    const call = await agent.next();
    call.complete('All at once.');
    call.done();
    call.end();

    const frames = await client.end();
    expect(frames.map(({ type }) => type)).toEqual(['message', 'streaming', 'token', 'done', 'streaming']);
    expect(client.thread.messages.at(-1)?.content).toBe('All at once.');
  });
});

describe('several clients', () => {
  it('F04: two clients see the same frames, whoever sent', async () => {
    const thread = freshThread();
    const [one, other] = [await relay.join(thread), await relay.join(thread)];
    one.send({ type: 'message', content: 'Both?', id: randomUUID() });
    (await agent.next()).answer('Yes', ', both.');

    await Promise.all([one.end(), other.end()]);
    expect(other.texts).toEqual(one.texts);
  });

  it('F06: of two messages in the same moment one is answered and one is refused', async () => {
    const thread = freshThread();
    const clients = [await relay.join(thread), await relay.join(thread)] as const;
    const ids = [randomUUID(), randomUUID()] as const;
    clients[0].send({ type: 'message', content: 'First', id: ids[0] });
    clients[1].send({ type: 'message', content: 'Second', id: ids[1] });

    const call = await agent.next();
    const [winner, loser] =
      call.request.body.message === 'First'
        ? ([clients[0], clients[1]] as const)
        : ([clients[1], clients[0]] as const);
    const refused = await loser.take(({ type }) => type === 'error');
    expect(refused.at(-1)).toMatchObject({ code: 'busy', retryable: true });
    expect(ids).toContain((refused.at(-1) as { messageId?: string }).messageId);
    call.answer('Only once');
    await Promise.all([winner.end(), loser.end()]);
    expect(winner.thread).toEqual(loser.thread);
    expect(winner.frames.some(({ type }) => type === 'error')).toBe(false);
  });

  it('F05, H5: who joins in the middle gets one token frame with all of the text so far, then the rest', async () => {
    const thread = freshThread();
    const early = await relay.join(thread);
    const id = randomUUID();
    early.send({ type: 'message', content: 'A long one', id });
    const call = await agent.next();
    await early.next('message');
    const { messageId } = await early.next('streaming');
    for (const piece of ['one ', 'two ', 'three ']) {
      call.token(piece);
      await early.next('token');
    }

    const late = await relay.connect(thread);
    expect((await late.next('history')).messages.map((message) => message.id)).toEqual([id]);
    expect(await late.next()).toEqual({ type: 'streaming', isStreaming: true, messageId, gen: 0 });
    expect(await late.next()).toEqual({ type: 'token', content: 'one two three ', messageId, offset: 0 });
    call.answer('four');
    expect((await late.end()).map(({ type }) => type)).toEqual(['token', 'done', 'streaming']);
    await early.end();
    expect(late.thread).toEqual(early.thread);
    expect(late.thread.messages.at(-1)?.content).toBe('one two three four');
  });

  it('F28, R3: the answer is finished and kept when every client has left', async () => {
    const thread = freshThread();
    const asking = await relay.join(thread);
    asking.send({ type: 'message', content: 'Go on without me' });
    const call = await agent.next();
    await asking.next('message');
    await asking.next('streaming');
    call.token('It began, ');
    await asking.next('token');
    expect((await asking.close()).code, 'the closing handshake').not.toBe(1006);
    call.answer('and it ended.');

    const returning = await relay.join(thread);
    // Who is faster, the end of the run or the new socket, is not ours to say.
    if (returning.thread.messages.length < 2) await returning.end();
    expect(returning.thread.messages.at(-1)).toMatchObject({
      content: 'It began, and it ended.',
      status: 'complete',
    });
  });
});

describe('the upstream thread', () => {
  it('R5: is the widget’s thread, until the service names another one', async () => {
    const thread = freshThread();
    const client = await relay.join(thread);
    client.send({ type: 'message', content: 'One' });
    const first = await agent.next();
    expect(first.request.body.threadId).toBe(thread);
    first.token('1');
    first.done('named-by-the-service');
    first.end();
    await client.end();

    client.send({ type: 'message', content: 'Two' });
    const second = await agent.next();
    expect(second.request.body.threadId).toBe('named-by-the-service');
    second.answer('2');
    await client.end();
  });
});
