/** Our client and our relay, with a bad line between them (rules H4, H5, S1, C1; faults F02, F07, F17, F20, F22, F47). */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { CuttableProxy } from '../support/cuttable-proxy.ts';
import { freshThread, useRelay } from '../support/running-relay.ts';
import { useAgent } from '../support/scripted-agent.ts';
import { contents, isIdle, useClients } from './watched-client.ts';

const agent = useAgent();
const relay = useRelay(() => ({ AST_URL: agent.url }));
const start = useClients();
const proxy = new CuttableProxy(() => relay.port);

beforeAll(() => proxy.start());
afterEach(() => {
  vi.useRealTimers();
  proxy.refuses = false;
});
afterAll(() => proxy.stop());

/** Lets hours pass for the client’s timers; the sockets take the time that they take. */
function ownTime(): void {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'],
    shouldAdvanceTime: true,
  });
}

describe('on a good line', () => {
  it('holds a conversation', async () => {
    const { client, told, until } = await start(relay.host, freshThread());
    client.sendMessage('Tudo bem?');
    const call = await agent.next();
    call.token('Olá');
    await until(({ thread }) => thread.run?.text === 'Olá');
    expect(client.pending).toEqual([]);
    call.answer(', 🌍!');
    await until(isIdle);

    expect(contents(client)).toEqual(['Tudo bem?', 'Olá, 🌍!']);
    expect(told.tokens.join('')).toBe('Olá, 🌍!');
    expect(told).toMatchObject({ done: ['Olá, 🌍!'], errors: [], connected: [true] });
  });

  it('C3: three messages at once are answered in their order', async () => {
    const { client, told, until } = await start(relay.host, freshThread());
    for (const text of ['One', 'Two', 'Three']) client.sendMessage(text);
    for (const text of ['One', 'Two', 'Three']) {
      const call = await agent.next();
      expect(call.request.body.message).toBe(text);
      call.answer(`To ${text}`);
    }
    await until((now) => isIdle(now) && now.thread.messages.length === 6);

    expect(contents(client)).toEqual(['One', 'To One', 'Two', 'To Two', 'Three', 'To Three']);
    expect(told.errors).toEqual([]);
  });
});

describe('when the line breaks', () => {
  it('F02: in the middle of an answer, every character of it arrives exactly once', async () => {
    ownTime();
    const { client, told, until } = await start(proxy.host, freshThread());
    client.sendMessage('A long one');
    const call = await agent.next();
    call.token('one 🌍, ');
    await until(({ thread }) => thread.run?.text === 'one 🌍, ');

    proxy.cut();
    await until(({ isConnected }) => !isConnected);
    expect(client.thread.run?.text).toBe('one 🌍, ');
    call.token('two, ');
    // Longer than it waits after one failure, and shorter than it gives the next attempt.
    await vi.advanceTimersByTimeAsync(8_000);
    await until(({ isConnected }) => isConnected);
    call.token('three');
    call.answer();
    await until(isIdle);

    expect(told.tokens.join('')).toBe('one 🌍, two, three');
    expect(contents(client)).toEqual(['A long one', 'one 🌍, two, three']);
    expect(told).toMatchObject({ done: ['one 🌍, two, three'], errors: [], connected: [true, false, true] });
  });

  it('F17: before the echo, the message is there once, is asked once, and is confirmed', async () => {
    const { client, told, until } = await start(proxy.host, freshThread());
    const before = agent.requests;
    proxy.freeze('toClient');
    client.sendMessage('Did it arrive?');
    const call = await agent.next();
    expect(client.pending).toHaveLength(1);
    proxy.cut();
    await until(({ isConnected }) => !isConnected);
    client.wake();
    await until(({ isConnected }) => isConnected);
    call.answer('It did.');
    await until((now) => isIdle(now) && now.thread.messages.length === 2);

    expect(contents(client)).toEqual(['Did it arrive?', 'It did.']);
    expect(agent.requests - before).toBe(1);
    expect(told.errors).toEqual([]);
  });

  it('F22: what is typed while it is away is sent in its order once it is back', async () => {
    const { client, until } = await start(proxy.host, freshThread());
    proxy.refuses = true;
    proxy.cut();
    await until(({ isConnected }) => !isConnected);
    for (const text of ['First', 'Second']) client.sendMessage(text);
    expect(client.pending.map(({ content }) => content)).toEqual(['First', 'Second']);

    proxy.refuses = false;
    client.wake();
    for (const text of ['First', 'Second']) {
      const call = await agent.next();
      expect(call.request.body.message).toBe(text);
      call.answer('Yes');
    }
    await until((now) => isIdle(now) && now.thread.messages.length === 4);
  });

  it('F07, F47: with the relay itself, the answer ends as interrupted, with what was kept, and can be had again', async () => {
    const { client, told, until } = await start(relay.host, freshThread());
    client.sendMessage('Tell me');
    const call = await agent.next();
    const text = 'Olá 🌍. '.repeat(1000);
    call.token(text);
    await until(({ thread }) => thread.run?.text === text);
    await relay.kill();
    await until(({ isConnected }) => !isConnected);
    await relay.start();
    client.wake();
    await until(({ isConnected }) => isConnected);
    await until(isIdle);

    const [, answer] = client.thread.messages;
    expect(answer?.status).toBe('interrupted');
    expect(text.startsWith(answer?.content ?? 'no answer')).toBe(true);
    expect(told.errors).toEqual([]);
    client.retry();
    (await agent.next()).answer('Whole now.');
    await until((now) => isIdle(now) && now.thread.messages.length === 3);
  });
});

describe('when the line dies without a word', () => {
  it('F20: in the middle of an answer, the client finds it, and every character arrives exactly once', async () => {
    ownTime();
    const { client, told, until } = await start(proxy.host, freshThread());
    client.sendMessage('A long one');
    const call = await agent.next();
    call.token('one, ');
    await until(({ thread }) => thread.run?.text === 'one, ');
    const lines = proxy.opened;

    proxy.freeze();
    call.token('two, ');
    await vi.advanceTimersByTimeAsync(30_000);
    await until(({ isConnected }) => isConnected);
    expect(proxy.opened).toBe(lines + 1);
    call.answer('three');
    await until(isIdle);

    expect(told.tokens.join('')).toBe('one, two, three');
    expect(told).toMatchObject({ done: ['one, two, three'], errors: [] });
  });

  it('F20: a message sent into it is found not to arrive, and is sent again', async () => {
    ownTime();
    const { client, told, until } = await start(proxy.host, freshThread());
    proxy.freeze();
    client.sendMessage('Into the void?');
    expect(client.isConnected).toBe(true);
    await vi.advanceTimersByTimeAsync(8_000);
    (await agent.next()).answer('Not for long.');
    await until((now) => isIdle(now) && now.thread.messages.length === 2);

    expect(contents(client)).toEqual(['Into the void?', 'Not for long.']);
    expect(told.errors).toEqual([]);
  });

  it('a quiet line that is alive is left as it is', async () => {
    ownTime();
    const { client, told, until } = await start(proxy.host, freshThread());
    const lines = proxy.opened;
    for (const silence of [1, 2, 3]) {
      await vi.advanceTimersByTimeAsync(21_000);
      // The answer to the ping takes real time, and this one comes after it.
      client.requestHistory();
      await until(() => told.histories.length > silence);
    }
    expect(proxy.opened).toBe(lines);
    expect(told.connected).toEqual([true]);
  });
});
