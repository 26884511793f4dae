/** Our client against relays of the original design, which send none of the added fields (rules V1, V2; outbox by content). */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { CuttableProxy } from '../support/cuttable-proxy.ts';
import { OriginalRelay } from '../support/original-relay.ts';
import { freshThread } from '../support/running-relay.ts';
import { useAgent } from '../support/scripted-agent.ts';
import { contents, isIdle, useClients } from './watched-client.ts';

describe.each(['error', 'ignore'] as const)('an original relay; unknown frames: %s', (unknownTypes) => {
  const agent = useAgent();
  const relay = new OriginalRelay({ agentUrl: () => agent.url, unknownTypes });
  const proxy = new CuttableProxy(() => relay.port);
  const start = useClients();

  beforeAll(() => Promise.all([relay.start(), proxy.start()]));
  afterEach(() => vi.useRealTimers());
  afterAll(() => Promise.all([relay.stop(), proxy.stop()]));

  it('V1: a whole conversation, in which every message is confirmed', async () => {
    const { client, told, until } = await start(proxy.host, freshThread());
    for (const turn of ['One', 'Two', 'Two']) {
      client.sendMessage(turn);
      const call = await agent.next();
      call.token('To ');
      await until(({ thread }) => thread.run?.text === 'To ');
      expect(client.pending).toEqual([]);
      call.answer(turn);
      await until(isIdle);
    }

    expect(contents(client)).toEqual(['One', 'To One', 'Two', 'To Two', 'Two', 'To Two']);
    expect(told).toMatchObject({ done: ['To One', 'To Two', 'To Two'], errors: [], connected: [true] });
    expect(told.tokens.join('')).toBe('To OneTo TwoTo Two');
  });

  it('two clients see each other’s messages, and a clear', async () => {
    const thread = freshThread();
    const [one, other] = [await start(proxy.host, thread), await start(proxy.host, thread)];
    one.client.sendMessage('For both');
    (await agent.next()).answer('Yes');
    await Promise.all(
      [one, other].map(({ until }) => until((now) => isIdle(now) && contents(now).length === 2)),
    );
    expect(contents(other.client)).toEqual(contents(one.client));

    other.client.clearMessages();
    await Promise.all([one, other].map(({ until }) => until((now) => contents(now).length === 0)));
    expect([...one.told.errors, ...other.told.errors]).toEqual([]);
  });

  it('has the history again after the line broke', async () => {
    const { client, told, until } = await start(proxy.host, freshThread());
    client.sendMessage('Before');
    (await agent.next()).answer('An answer');
    await until((now) => isIdle(now) && contents(now).length === 2);
    proxy.cut();
    await until(({ isConnected }) => !isConnected);
    client.wake();
    await until(({ isConnected }) => isConnected);

    expect(contents(client)).toEqual(['Before', 'An answer']);
    client.sendMessage('After');
    (await agent.next()).answer('Another');
    await until((now) => isIdle(now) && contents(now).length === 4);
    expect(told.errors).toEqual([]);
  });

  it('has the whole answer in the end when the line broke in the middle of it', async () => {
    const { client, told, until } = await start(proxy.host, freshThread());
    client.sendMessage('A long one');
    const call = await agent.next();
    call.token('one, ');
    await until(({ thread }) => thread.run?.text === 'one, ');
    proxy.cut();
    await until(({ isConnected }) => !isConnected);
    client.wake();
    await until(({ isConnected }) => isConnected);
    call.answer('two');
    await until((now) => isIdle(now) && contents(now).length === 2);

    expect(contents(client)).toEqual(['A long one', 'one, two']);
    expect(told.errors).toEqual([]);
  });

  it('F17: a message that was on its way when the line broke is confirmed by its text, and asked once', async () => {
    const { client, until } = await start(proxy.host, freshThread());
    const before = agent.requests;
    proxy.freeze('toClient');
    client.sendMessage('Did it arrive?');
    const call = await agent.next();
    proxy.cut();
    await until(({ isConnected }) => !isConnected);
    client.wake();
    await until(({ isConnected }) => isConnected);
    expect(client.pending).toEqual([]);
    call.answer('It did.');
    await until((now) => isIdle(now) && contents(now).length === 2);

    expect(agent.requests - before).toBe(1);
  });

  it('is told of a failure, and can go on', async () => {
    const { client, told, until } = await start(proxy.host, freshThread());
    client.sendMessage('Fail');
    (await agent.next()).status(500);
    await until((now) => isIdle(now) && told.errors.length === 1);
    expect(client.error).toMatchObject({ message: 'AST error: 500', code: undefined });

    client.sendMessage('And now?');
    (await agent.next()).answer('Better');
    await until((now) => isIdle(now) && contents(now).length === 3);
  });

  it('V2: it never sent a frame that such a relay does not know, also after minutes of silence', async () => {
    vi.useFakeTimers({
      toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'],
      shouldAdvanceTime: true,
    });
    const { client, told, until } = await start(proxy.host, freshThread());
    const lines = proxy.opened;
    await vi.advanceTimersByTimeAsync(5 * 60_000);
    client.wake();
    client.sendMessage('Still there?');
    (await agent.next()).answer('Still here.');
    await until((now) => isIdle(now) && contents(now).length === 2);
    await vi.advanceTimersByTimeAsync(5 * 60_000);

    expect(proxy.opened).toBe(lines);
    expect(told).toMatchObject({ errors: [], connected: [true] });
    const known = ['message', 'history', 'clear'];
    expect(relay.received.filter(({ type }) => !known.includes(type))).toEqual([]);
  });
});
