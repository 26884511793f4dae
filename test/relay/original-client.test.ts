/** Clients of the original design, which know nothing of what was added since, hold whole conversations with this relay. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CuttableProxy } from '../support/cuttable-proxy.ts';
import { Changes } from '../support/inbox.ts';
import { OriginalChat } from '../support/original-client.ts';
import { freshThread, useRelay } from '../support/running-relay.ts';
import { useAgent } from '../support/scripted-agent.ts';

const agent = useAgent();
const relay = useRelay(() => ({ AST_URL: agent.url }));
const proxy = new CuttableProxy(() => relay.port);

interface Seen {
  readonly chat: OriginalChat;
  /** Awaits a state of the chat. */
  readonly until: (holds: (chat: OriginalChat) => boolean) => Promise<void>;
}

const open: OriginalChat[] = [];

beforeAll(() => proxy.start());
afterEach(() => {
  for (const chat of open.splice(0)) chat.client.disconnect();
});
afterAll(() => proxy.stop());

async function start(threadId: string, host = relay.host): Promise<Seen> {
  const changes = new Changes();
  const chat = new OriginalChat(host, threadId, () => changes.notify());
  open.push(chat);
  const until: Seen['until'] = (holds) =>
    changes.until(
      () => holds(chat),
      () =>
        JSON.stringify([chat.messages, chat.streamingContent, chat.isStreaming, chat.error, chat.histories]),
    );
  await until(({ histories }) => histories === 1);
  return { chat, until };
}

const contents = ({ messages }: OriginalChat): readonly string[] => messages.map(({ content }) => content);

describe('an original client', () => {
  it('V1: asks, sees the answer grow, and has it in its list when it is done', async () => {
    const { chat, until } = await start(freshThread());
    expect(chat).toMatchObject({ messages: [], isConnected: true, isStreaming: false });

    chat.client.sendMessage('Tudo bem?');
    const call = await agent.next();
    await until(({ isStreaming }) => isStreaming);
    expect(chat.messages).toMatchObject([{ role: 'user', content: 'Tudo bem?' }]);
    call.token('Olá');
    await until(({ streamingContent }) => streamingContent === 'Olá');
    call.token(', 🌍');
    await until(({ streamingContent }) => streamingContent === 'Olá, 🌍');
    call.answer('!');
    await until(({ isStreaming }) => !isStreaming);

    expect(contents(chat)).toEqual(['Tudo bem?', 'Olá, 🌍!']);
    expect(chat).toMatchObject({ streamingContent: '', error: null });
    expect(typeof chat.messages[1]?.timestamp).toBe('number');
  });

  it('V1: shares its room with a client of today', async () => {
    const thread = freshThread();
    const { chat, until } = await start(thread);
    const today = await relay.join(thread);
    today.send({ type: 'message', content: 'From today' });
    (await agent.next()).answer('For both');
    await Promise.all([today.end(), until(({ messages }) => messages.length === 2)]);

    chat.client.sendMessage('From long ago');
    (await agent.next()).answer('For both, again');
    await Promise.all([today.end(), until(({ messages }) => messages.length === 4)]);
    expect(today.thread.messages.map(({ content }) => content)).toEqual(contents(chat));
  });

  it('gets the whole text so far when it comes in the middle', async () => {
    const thread = freshThread();
    const first = await start(thread);
    first.chat.client.sendMessage('A long one');
    const call = await agent.next();
    for (const piece of ['one', ', two']) call.token(piece);
    await first.until(({ streamingContent }) => streamingContent === 'one, two');

    const { chat, until } = await start(thread);
    await until(({ streamingContent }) => streamingContent === 'one, two');
    expect(chat.isStreaming).toBe(true);
    call.answer(', three');
    await until(({ isStreaming }) => !isStreaming);
    expect(contents(chat)).toEqual(['A long one', 'one, two, three']);
  });

  it('has the history again after its socket broke, and when it asks for it', async () => {
    const { chat, until } = await start(freshThread(), proxy.host);
    chat.client.sendMessage('Before');
    (await agent.next()).answer('An answer');
    await until(({ messages, isStreaming }) => messages.length === 2 && !isStreaming);
    const before = chat.messages.map(({ id, content }) => ({ id, content }));

    proxy.cut();
    await until(({ isConnected }) => !isConnected);
    await until(({ histories }) => histories === 2);
    expect(chat.messages).toMatchObject(before);
    chat.client.requestHistory();
    await until(({ histories }) => histories === 3);
    expect(chat.messages).toMatchObject(before);

    chat.client.sendMessage('After');
    (await agent.next()).answer('Another');
    await until(({ messages }) => messages.length === 4);
  });

  it('clears the thread for everyone', async () => {
    const thread = freshThread();
    const [one, other] = [await start(thread), await start(thread)];
    one.chat.client.sendMessage('Forget me');
    (await agent.next()).answer('Forgotten');
    await Promise.all([one, other].map(({ until }) => until(({ messages }) => messages.length === 2)));

    other.chat.client.clearMessages();
    await Promise.all([one, other].map(({ until }) => until(({ messages }) => messages.length === 0)));
    one.chat.client.sendMessage('And on');
    (await agent.next()).answer('Yes');
    await other.until(({ messages }) => messages.length === 2);
  });

  it('is told of a failure, and is not left streaming', async () => {
    const { chat, until } = await start(freshThread());
    chat.client.sendMessage('Fail');
    const call = await agent.next();
    call.token('A part');
    await until(({ streamingContent }) => streamingContent === 'A part');
    call.cut();

    await until(({ error, isStreaming }) => error !== null && !isStreaming);
    expect(contents(chat)).toEqual(['Fail', 'A part']);
    expect(chat.streamingContent).toBe('');
  });
});

describe('an answer that failed before its first word', () => {
  it('is no empty bubble in the history', async () => {
    const thread = freshThread();
    const today = await relay.join(thread);
    today.send({ type: 'message', content: 'Fail' });
    (await agent.next()).status(500);
    await today.end();
    expect(today.thread.messages).toMatchObject([{ content: 'Fail' }, { content: '', status: 'failed' }]);

    const { chat } = await start(thread);
    expect(contents(chat)).toEqual(['Fail']);
  });

  it('is no empty bubble when it happens', async () => {
    const { chat, until } = await start(freshThread());
    chat.client.sendMessage('Fail');
    (await agent.next()).status(500);

    await until(({ error, isStreaming }) => error !== null && !isStreaming);
    expect(contents(chat)).toEqual(['Fail']);
  });
});
