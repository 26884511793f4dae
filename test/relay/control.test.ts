/** What people do to a run: send too early, stop, try again, clear (rules C3, S3, S6, R1, R3, R5; faults F23 to F27). */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { RelayClient } from '../support/relay-client.ts';
import { freshThread, useRelay } from '../support/running-relay.ts';
import { useAgent, type AgentCall } from '../support/scripted-agent.ts';

const agent = useAgent();
const relay = useRelay(() => ({ AST_URL: agent.url }));

interface OpenRun {
  readonly call: AgentCall;
  readonly question: string;
  readonly run: string;
}

/** Asks, and reads until `text` has come. */
async function ask(client: RelayClient, content: string, text: string): Promise<OpenRun> {
  client.send({ type: 'message', content, id: randomUUID() });
  const call = await agent.next();
  const { id: question } = await client.next('message');
  const { messageId: run = '' } = await client.next('streaming');
  if (text !== '') call.token(text);
  await client.text(text);
  return { call, question, run };
}

describe('busy', () => {
  it('C3: a message during a run is refused to its sender alone, and can be sent again afterwards', async () => {
    const thread = freshThread();
    const [one, other] = [await relay.join(thread), await relay.join(thread)];
    const { call } = await ask(one, 'First', 'A part');
    const id = randomUUID();
    other.send({ type: 'message', content: 'Too early', id });

    const refusals = (await other.settled()).filter(({ type }) => type === 'error');
    expect(refusals).toMatchObject([{ code: 'busy', retryable: true, messageId: id }]);
    expect(await one.settled()).toEqual([]);

    call.answer(' and the rest');
    await Promise.all([one.end(), other.end()]);
    other.send({ type: 'message', content: 'Too early', id });
    expect(await other.next('message')).toMatchObject({ id, content: 'Too early' });
    (await agent.next()).answer('In time');
    await other.end();
  });
});

describe('stop', () => {
  it('F26, F27: from another tab ends the run for everyone, keeps the partial answer, and closes the upstream request', async () => {
    const thread = freshThread();
    const [one, other] = [await relay.join(thread), await relay.join(thread)];
    const { call, question, run } = await ask(one, 'Tell me all', 'Not all');
    other.send({ type: 'stop' });

    const [done, streaming] = await one.end();
    expect(done).toMatchObject({ type: 'done', messageId: run, fullContent: 'Not all', status: 'stopped' });
    expect(streaming).toEqual({ type: 'streaming', isStreaming: false, messageId: run, gen: 0 });
    await call.untilClosed();
    call.token(' that nobody may see');
    expect(await one.settled()).toEqual([]);

    const { messages } = await (await relay.connect(thread)).next('history');
    expect(messages).toMatchObject([
      { id: question, content: 'Tell me all' },
      { id: run, content: 'Not all', status: 'stopped' },
    ]);
  });

  it('F26: does nothing where nothing runs, also when it is repeated', async () => {
    const client = await relay.join(freshThread());
    client.send({ type: 'stop' });
    expect(await client.settled()).toEqual([]);

    const { call } = await ask(client, 'Tell me', 'A');
    client.send({ type: 'stop' });
    client.send({ type: 'stop' });
    await call.untilClosed();
    expect((await client.settled()).map(({ type }) => type)).toEqual(['done', 'streaming']);
  });

  it('F26: works before the upstream has said a word', async () => {
    const client = await relay.join(freshThread());
    const { call, run } = await ask(client, 'Think long', '');
    client.send({ type: 'stop' });

    expect(await client.next('done')).toMatchObject({ messageId: run, fullContent: '', status: 'stopped' });
    await call.untilClosed();
  });
});

describe('retry', () => {
  it('R1: answers the same message again, with one more upstream request and no second message', async () => {
    const thread = freshThread();
    const client = await relay.join(thread);
    const { call, question, run } = await ask(client, 'Again?', 'A part');
    client.send({ type: 'stop' });
    await client.end();
    await call.untilClosed();

    client.send({ type: 'retry', messageId: question });
    const again = await agent.next();
    expect(again.request.body).toEqual({ message: 'Again?', threadId: thread });
    again.answer('The whole');
    const frames = await client.end();
    expect(frames.map(({ type }) => type)).toEqual(['streaming', 'token', 'done', 'streaming']);
    expect(client.thread.messages).toMatchObject([
      { id: question },
      { id: run, status: 'stopped' },
      { content: 'The whole', status: 'complete' },
    ]);
  });

  it('is refused for an answer that is complete, for a message that is not there, and during a run', async () => {
    const client = await relay.join(freshThread());
    const { call, question } = await ask(client, 'Done?', 'Yes');
    client.send({ type: 'retry', messageId: question });
    expect(await client.next('error')).toMatchObject({ code: 'busy', messageId: question });
    call.answer();
    await client.end();

    for (const messageId of [question, 'nobody-knows-it']) {
      client.send({ type: 'retry', messageId });
      expect(await client.next('error')).toMatchObject({ code: 'unknown_message', messageId });
    }
  });
});

describe('clear', () => {
  it('S6, F23: in mid-run ends the run, then the thread, for everyone, and closes the upstream request', async () => {
    const thread = freshThread();
    const [one, other] = [await relay.join(thread), await relay.join(thread)];
    const { call, run } = await ask(one, 'Forget this', 'Some text');
    other.send({ type: 'clear' });

    expect(await one.next('done')).toMatchObject({
      messageId: run,
      fullContent: 'Some text',
      status: 'stopped',
    });
    expect(await one.next()).toEqual({ type: 'streaming', isStreaming: false, messageId: run, gen: 0 });
    expect(await one.next()).toEqual({ type: 'history', messages: [], gen: 1, mode: 'full', v: 1 });
    await call.untilClosed();
    call.token('too late');
    call.end();
    expect(await one.settled()).toEqual([]);
    await other.take((frame) => frame.type === 'history');
    expect(other.thread).toEqual(one.thread);

    expect(await (await relay.connect(thread)).next()).toEqual({
      type: 'history',
      messages: [],
      gen: 1,
      mode: 'full',
      v: 1,
    });
  });

  it('R5: the upstream gets another thread afterwards, and keeps it', async () => {
    const thread = freshThread();
    const client = await relay.join(thread);
    const { call } = await ask(client, 'Before', 'x');
    call.answer();
    await client.end();
    client.send({ type: 'clear' });
    await client.next('history');

    const after = await ask(client, 'After', 'x');
    const { threadId } = after.call.request.body;
    expect(threadId).not.toBe(thread);
    expect(threadId).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
    after.call.answer();
    expect((await client.end()).at(-1)).toMatchObject({ gen: 1 });
    const next = await ask(client, 'And on', 'x');
    expect(next.call.request.body.threadId).toBe(threadId);
    next.call.answer();
    await client.end();
  });

  it('F25: who comes back from before the clear gets the snapshot of after it', async () => {
    const thread = freshThread();
    const client = await relay.join(thread);
    const { call, question, run } = await ask(client, 'Before', 'Old text');
    client.send({ type: 'clear' });
    await client.take(({ type }) => type === 'history');
    await call.untilClosed();

    const back = await relay.connect(thread, { v: '1', gen: '0', last: question, run, off: '3' });
    expect(await back.next()).toMatchObject({ type: 'history', messages: [], gen: 1, mode: 'full' });
    expect(await back.settled()).toEqual([]);
  });

  it('an id from before the clear can be used again', async () => {
    const client = await relay.join(freshThread());
    const { call, question } = await ask(client, 'Before', 'x');
    call.answer();
    await client.end();
    client.send({ type: 'clear' });
    await client.next('history');

    client.send({ type: 'message', content: 'Something else', id: question });
    expect(await client.next('message')).toMatchObject({ id: question, gen: 1 });
    (await agent.next()).answer('Yes');
    await client.end();
  });
});
