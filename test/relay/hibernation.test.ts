/**
 * The platform puts a room to sleep that nobody has talked to for about ten seconds: every field of it is lost, its sockets
 * stay. The wait is the subject here, so all rooms are prepared first and wait for it together.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RelayClient } from '../support/relay-client.ts';
import { freshThread, RunningRelay } from '../support/running-relay.ts';
import { ScriptedAgent, type AgentCall } from '../support/scripted-agent.ts';

/** It falls asleep after ten. */
const IDLE_MS = 12_000;

const agent = new ScriptedAgent();
const relay = new RunningRelay(() => ({ AST_URL: agent.url }));

interface Room {
  readonly thread: string;
  readonly client: RelayClient;
}

interface BusyRoom extends Room {
  readonly call: AgentCall;
}

async function answered(thread = freshThread()): Promise<Room> {
  const client = await relay.join(thread);
  client.send({ type: 'message', content: 'Before' });
  (await agent.next()).answer('An answer');
  await client.end();
  return { thread, client };
}

/** Has three clients, an original one and one that reads lean frames, and an answer that failed before its first word. */
async function mixed(): Promise<Room & { readonly original: RelayClient; readonly lean: RelayClient }> {
  const { thread, client } = await answered();
  client.send({ type: 'message', content: 'This fails' });
  (await agent.next()).status(500);
  await client.end();
  const original = await relay.join(thread, {});
  await original.next('streaming');
  const lean = await relay.join(thread, { v: '1', lean: '1' });
  return { thread, client, original, lean };
}

async function clearedOnce(): Promise<Room & { readonly upstreamThread: string }> {
  const { thread, client } = await answered();
  client.send({ type: 'clear' });
  await client.next('history');
  client.send({ type: 'message', content: 'After the clear' });
  const call = await agent.next();
  call.answer('Fresh');
  await client.end();
  return { thread, client, upstreamThread: call.request.body.threadId };
}

async function silent(): Promise<BusyRoom> {
  const thread = freshThread();
  const client = await relay.join(thread);
  client.send({ type: 'message', content: 'Take your time' });
  const call = await agent.next();
  call.token('Working');
  await client.next('message');
  await client.next('streaming');
  await client.text('Working');
  return { thread, client, call };
}

async function abandoned(): Promise<BusyRoom> {
  const room = await silent();
  await room.client.close();
  return room;
}

async function prepare() {
  return {
    mixed: await mixed(),
    cleared: await clearedOnce(),
    leaving: await answered(),
    silent: await silent(),
    abandoned: await abandoned(),
  };
}

let rooms: Awaited<ReturnType<typeof prepare>>;

beforeAll(async () => {
  await agent.start();
  await relay.start();
  rooms = await prepare();
  await sleep(IDLE_MS);
});

afterAll(async () => {
  await relay.stop();
  await agent.stop();
});

describe('after twelve seconds of silence', () => {
  it('S8: the room works on the sockets that it had, for all of its clients', async () => {
    const { client, original, lean } = rooms.mixed;
    client.send({ type: 'message', content: 'Still there?', id: 'after-sleep' });
    const call = await agent.next();
    call.answer('Still', ' here.');

    const [own, others] = await Promise.all([client.end(), original.end()]);
    expect(own.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['message', 'streaming', 'token', 'done']),
    );
    expect(others).toEqual(own);
    const spared = (await lean.end()).map(({ type }) => type);
    expect(spared).toEqual(own.map(({ type }) => (type === 'done' ? 'end' : type)));
    expect(lean.texts).toContain('Still');
    expect(lean.thread.messages).toEqual(client.thread.messages);
  });

  it('its history is intact', async () => {
    const { thread } = rooms.mixed;
    const { messages } = await (await relay.connect(thread)).next('history');

    expect(messages.map(({ content, status }) => [content, status])).toEqual([
      ['Before', 'complete'],
      ['An answer', 'complete'],
      ['This fails', 'complete'],
      ['', 'failed'],
      ['Still there?', 'complete'],
      ['Still here.', 'complete'],
    ]);
  });

  it('V1: it still knows which of its clients is an original one', async () => {
    const { client, original } = rooms.mixed;
    for (const asking of [client, original]) asking.send({ type: 'history' });

    expect((await client.next('history')).messages.filter(({ content }) => content === '')).toHaveLength(1);
    expect((await original.next('history')).messages.filter(({ content }) => content === '')).toEqual([]);
  });

  it('R5, S6: it still knows its generation and its upstream thread', async () => {
    const { client, upstreamThread } = rooms.cleared;
    client.send({ type: 'message', content: 'And on' });
    const call = await agent.next();
    expect(call.request.body.threadId).toBe(upstreamThread);
    call.answer('Yes');

    expect((await client.end())[0]).toMatchObject({ type: 'message', gen: 1 });
  });

  it('R3: a run whose upstream was silent goes on', async () => {
    const { client, call } = rooms.silent;
    call.token(' for long.');
    await client.text(' for long.', 'Working'.length);
    call.answer();

    expect((await client.end())[0]).toMatchObject({ fullContent: 'Working for long.', status: 'complete' });
  });

  it('R3: a run whose clients had all left goes on', async () => {
    const { thread, call } = rooms.abandoned;
    call.answer(' alone.');
    const client = await relay.join(thread);
    if (client.thread.messages.length < 2) await client.end();

    expect(client.thread.messages[1]).toMatchObject({ content: 'Working alone.', status: 'complete' });
  });

  it('a client that leaves is let go at once', async () => {
    const { client } = rooms.leaving;

    expect((await client.close()).code).not.toBe(1006);
  });
});
