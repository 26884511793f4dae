/**
 * What a power failure leaves (rules C1, C2, R1, R2, R5, S6; faults F07, F08): several threads are brought to different points,
 * the relay is killed outright and started on the same state, and each test looks at one of them.
 */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ThreadMessage } from '#protocol';
import { CHECKPOINT_CHARS } from '../../partykit/room/run-limits.ts';
import type { RelayClient } from '../support/relay-client.ts';
import { freshThread, useRelay } from '../support/running-relay.ts';
import { useAgent, type AgentCall } from '../support/scripted-agent.ts';

const agent = useAgent();
const relay = useRelay(() => ({ AST_URL: agent.url }));

/** Longer than the room keeps in memory only. */
const WRITTEN_DOWN = 'Olá 🌍. '.repeat(CHECKPOINT_CHARS / 4);

const finished = { thread: freshThread(), messages: [] as readonly ThreadMessage[] };
const streaming = { thread: freshThread(), question: randomUUID(), run: '', asked: 0 };
const echoed = { thread: freshThread(), question: randomUUID(), asked: 0 };
const cleared = { thread: freshThread() };
let clients: readonly RelayClient[] = [];
let calls: readonly AgentCall[] = [];

async function history(thread: string): Promise<readonly ThreadMessage[]> {
  return (await (await relay.connect(thread)).next('history')).messages;
}

/** A turn whose answer is in several storage values, and the next one. */
async function finish(): Promise<RelayClient> {
  const client = await relay.join(finished.thread);
  client.send({ type: 'message', content: 'A long one' });
  (await agent.next()).answer('x'.repeat(200_000));
  await client.end();
  client.send({ type: 'message', content: 'And a short one?' });
  (await agent.next()).answer('Short.');
  await client.end();
  finished.messages = client.thread.messages;
  return client;
}

async function stream(): Promise<[RelayClient, AgentCall]> {
  const client = await relay.join(streaming.thread);
  client.send({ type: 'message', content: 'Tell me', id: streaming.question });
  const call = await agent.next();
  await client.next('message');
  streaming.run = (await client.next('streaming')).messageId ?? '';
  call.token(WRITTEN_DOWN);
  await client.text(WRITTEN_DOWN);
  // The platform holds every frame back until the writes before it are safe, so this answer says that they are.
  expect(await client.settled()).toEqual([]);
  return [client, call];
}

async function clear(): Promise<RelayClient> {
  const client = await relay.join(cleared.thread);
  client.send({ type: 'message', content: 'Forget me' });
  (await agent.next()).answer('Forgotten.');
  await client.end();
  client.send({ type: 'clear' });
  await client.next('history');
  return client;
}

async function echo(): Promise<[RelayClient, AgentCall]> {
  const client = await relay.join(echoed.thread);
  client.send({ type: 'message', content: 'Did it arrive?', id: echoed.question });
  const call = await agent.next();
  await client.next('message');
  return [client, call];
}

beforeAll(async () => {
  const done = [await finish(), await clear()];
  const [[streamer, streamed], [asker, asked]] = [await stream(), await echo()];
  clients = [...done, streamer, asker];
  calls = [streamed, asked];
  streaming.asked = echoed.asked = agent.requests;
  await relay.kill();
  await relay.start();
});

describe('after a power failure', () => {
  it('clients have seen their sockets break, and the agent its requests', async () => {
    for (const client of clients) expect((await client.closed).code).toBe(1006);
    for (const call of calls) await call.untilClosed();
  });

  it('F47: a finished conversation is as it was, to the last character', async () => {
    expect(finished.messages).toHaveLength(4);
    expect(await history(finished.thread)).toEqual(finished.messages);
  });

  it('F07, R2: an open run has become interrupted, with its text, and without another upstream request', async () => {
    const client = await relay.connect(streaming.thread);

    expect((await client.next('history')).messages).toMatchObject([
      { id: streaming.question, content: 'Tell me', status: 'complete' },
      { id: streaming.run, content: WRITTEN_DOWN, status: 'interrupted' },
    ]);
    expect(await client.settled()).toEqual([]);
    expect(agent.requests).toBe(streaming.asked);
  });

  it('F07: who comes back with a cursor into the lost run gets what was kept of it', async () => {
    const { thread, question, run } = streaming;
    const client = await relay.connect(thread, { v: '1', gen: '0', last: question, run, off: '99999' });

    expect(await client.next('history')).toMatchObject({
      mode: 'tail',
      messages: [{ id: run, status: 'interrupted' }],
    });
    expect(await client.settled()).toEqual([]);
  });

  it('C2, F08: a message that was echoed is there, and is not asked again by itself', async () => {
    const messages = await history(echoed.thread);

    expect(messages).toMatchObject([
      { id: echoed.question, content: 'Did it arrive?' },
      { role: 'assistant', content: '', status: 'interrupted' },
    ]);
    expect(agent.requests).toBe(echoed.asked);
  });

  it('C1: the same message sent again is known, and asks nobody', async () => {
    const client = await relay.join(echoed.thread);
    client.send({ type: 'message', content: 'Did it arrive?', id: echoed.question });

    expect(await client.settled()).toMatchObject([{ type: 'message', id: echoed.question }]);
    expect(agent.requests).toBe(echoed.asked);
  });

  it('R1: retry answers an interrupted question', async () => {
    const client = await relay.join(streaming.thread);
    client.send({ type: 'retry', messageId: streaming.question });
    const call = await agent.next();
    expect(call.request.body).toEqual({ message: 'Tell me', threadId: streaming.thread });
    call.answer('Now whole.');

    expect((await client.end()).at(-2)).toMatchObject({ fullContent: 'Now whole.', status: 'complete' });
  });

  it('S6, R5: a cleared thread is still empty, in its generation, and has its new upstream thread', async () => {
    const client = await relay.connect(cleared.thread);
    expect(await client.next('history')).toMatchObject({ messages: [], gen: 1 });

    client.send({ type: 'message', content: 'Fresh' });
    const call = await agent.next();
    expect(call.request.body.threadId).not.toBe(cleared.thread);
    call.answer('Yes');
    await client.end();
  });
});
