import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ServerFrame } from '#protocol';
import type { ClientChange } from '../../../widget/client/ivy-client.ts';
import { ChatStore, type ChatStoreOptions } from '../../../widget/state/chat-store.ts';
import { echo, history, runFrames, settle, useFakeRelay } from '../../support/client-harness.ts';
import { FakeWebSocket } from '../../support/fake-web-socket.ts';
import { answerMessage, userMessage } from '../../support/messages.ts';

useFakeRelay();

const stores: ChatStore[] = [];

afterEach(() => {
  for (const store of stores.splice(0)) store.disconnect();
});

function makeStore(options: Partial<ChatStoreOptions> = {}): ChatStore {
  const store = new ChatStore({ host: 'localhost:1999', threadId: 'thread-1', ...options });
  stores.push(store);
  return store;
}

async function connected(
  options: Partial<ChatStoreOptions> = {},
  greeting: readonly ServerFrame[] = [history()],
) {
  const store = makeStore(options);
  store.connect();
  await settle();
  const socket = FakeWebSocket.last;
  socket.open();
  socket.receive(...greeting);
  return { store, socket };
}

describe('the snapshot', () => {
  it('is empty and idle before anything happens', () => {
    expect(makeStore().snapshot).toEqual({
      connection: 'idle',
      messages: [],
      pending: [],
      isStreaming: false,
      streamingContent: '',
      streamingId: undefined,
      hasOlder: false,
      error: undefined,
      canWrite: true,
    });
  });

  it('shows what is going on', async () => {
    const { store } = await connected({}, [
      history([userMessage('u-1')], { before: 'u-1' }),
      { type: 'streaming', isStreaming: true, messageId: 'a-1', gen: 0 },
      { type: 'token', content: 'half', messageId: 'a-1', offset: 0 },
    ]);
    expect(store.snapshot).toMatchObject({
      connection: 'open',
      messages: [{ id: 'u-1' }],
      isStreaming: true,
      streamingContent: 'half',
      streamingId: 'a-1',
      hasOlder: true,
    });
  });

  it('is frozen, and replaced by each change', async () => {
    const { store, socket } = await connected();
    const before = store.snapshot;
    expect(Object.isFrozen(before)).toBe(true);
    expect(store.snapshot).toBe(before);
    socket.receive(echo('u-1', 'x'));
    expect(store.snapshot).not.toBe(before);
    expect(Object.isFrozen(store.snapshot)).toBe(true);
    expect(before.messages).toEqual([]);
  });

  it('keeps what did not change the same, so that views can tell', async () => {
    const { store, socket } = await connected({}, [
      history([userMessage('u-1'), answerMessage('a-0')]),
      { type: 'streaming', isStreaming: true, messageId: 'a-1', gen: 0 },
    ]);
    const before = store.snapshot;
    socket.receive({ type: 'token', content: 'x', messageId: 'a-1', offset: 0 });
    expect(store.snapshot.messages).toBe(before.messages);
    expect(store.snapshot.pending).toBe(before.pending);
  });

  it('tells apart whether only the text is longer', async () => {
    const { store, socket } = await connected();
    const told: boolean[] = [];
    store.subscribe((onlyText) => told.push(onlyText));
    socket.receive({ type: 'streaming', isStreaming: true, messageId: 'a-1', gen: 0 });
    socket.receive({ type: 'token', content: 'x', messageId: 'a-1', offset: 0 });
    store.send('Olá');
    socket.receive({ type: 'token', content: 'y', messageId: 'a-1', offset: 1 });
    socket.receive({ type: 'streaming', isStreaming: false, messageId: 'a-1', gen: 0 });
    // As an original relay begins.
    socket.receive({ type: 'token', content: 'z' });
    expect(told.slice(0, 4)).toEqual([false, true, false, true]);
    expect(told.slice(4)).not.toContain(true);
  });

  it('shows a message as pending until the relay has it', async () => {
    const { store, socket } = await connected();
    store.send('Olá');
    expect(store.snapshot).toMatchObject({ messages: [], pending: [{ content: 'Olá', state: 'sending' }] });
    socket.receive(echo(store.snapshot.pending[0]?.id ?? '', 'Olá'));
    expect(store.snapshot).toMatchObject({ messages: [{ content: 'Olá' }], pending: [] });
  });

  it('shows what was refused, until it is sent again or given up', async () => {
    const { store, socket } = await connected();
    store.send('Olá');
    const id = store.snapshot.pending[0]?.id ?? '';
    const refusal: ServerFrame = { type: 'error', message: 'No.', code: 'storage_failed', messageId: id };
    socket.receive(refusal);
    expect(store.snapshot.pending).toMatchObject([{ state: 'failed', code: 'storage_failed' }]);
    store.resend(id);
    expect(store.snapshot.pending).toMatchObject([{ state: 'sending' }]);
    socket.receive(refusal);
    store.discard(id);
    expect(store.snapshot.pending).toEqual([]);
  });
});

describe('whoever listens', () => {
  it('is told once for each input that changed something, when the snapshot has it', async () => {
    const { store, socket } = await connected();
    const seen: unknown[] = [];
    store.subscribe(() => seen.push(store.snapshot.messages.map(({ content }) => content)));
    socket.receive(echo('u-1', 'question'), ...runFrames('a-1', 'answer'));
    expect(seen.at(-1)).toEqual(['question', 'answer']);
    expect(seen).toHaveLength(5);
  });

  it('is not told any more after it left, and does not disturb the others', async () => {
    const { store, socket } = await connected();
    const first = vi.fn();
    const second = vi.fn();
    const leave = store.subscribe(first);
    store.subscribe(second);
    leave();
    leave();
    socket.receive(echo('u-1', 'x'));
    expect(first).not.toHaveBeenCalled();
    expect(second).toHaveBeenCalledTimes(1);
  });

  it('is told of each change in its order, when the snapshot has it', async () => {
    const seen: [ClientChange['kind'], number][] = [];
    const store = makeStore({ onChange: ({ kind }) => seen.push([kind, store.snapshot.messages.length]) });
    store.connect();
    await settle();
    FakeWebSocket.last.open();
    FakeWebSocket.last.receive(history([userMessage('u-1')]), ...runFrames('a-1', 'answer'));
    expect(seen).toEqual([
      ['connection', 0],
      ['history', 1],
      ['streaming', 1],
      ['token', 1],
      ['done', 2],
      ['streaming', 2],
    ]);
  });

  it('is not told anything after the store has disconnected', async () => {
    const { store, socket } = await connected();
    const listener = vi.fn();
    store.subscribe(listener);
    store.disconnect();
    socket.receive(echo('u-1', 'x'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(listener).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('requests', () => {
  it('go to the relay, and change nothing before it has answered', async () => {
    const { store, socket } = await connected({}, [history([userMessage('u-1')], { before: 'u-1' })]);
    const before = store.snapshot.messages;
    store.clear();
    store.stop();
    store.retry();
    store.loadOlder();
    expect(socket.sent).toEqual([
      { type: 'clear' },
      { type: 'stop' },
      { type: 'retry', messageId: 'u-1' },
      { type: 'history', before: 'u-1' },
    ]);
    expect(store.snapshot.messages).toBe(before);
  });

  it('[F46] to wake make a lost line again at once, and ask a good one for a sign of life', async () => {
    const { store, socket } = await connected();
    store.wake();
    expect(socket.sentOf('ping')).toHaveLength(1);
    socket.drop();
    store.wake();
    await settle();
    expect(FakeWebSocket.made).toHaveLength(2);
    expect(store.snapshot.connection).toBe('reconnecting');
  });

  it('[F45] to suspend close the line, and to wake make it again where it was', async () => {
    const { store, socket } = await connected({}, [history([userMessage('u-1')])]);
    store.suspend();
    expect(socket.readyState).toBe(FakeWebSocket.CLOSED);
    expect(store.snapshot).toMatchObject({ connection: 'reconnecting', messages: [{ id: 'u-1' }] });
    await vi.advanceTimersByTimeAsync(600_000);
    expect(FakeWebSocket.made).toHaveLength(1);
    store.wake();
    await settle();
    expect(FakeWebSocket.last.query).toMatchObject({ last: 'u-1' });
  });
});
