/** Against a relay of the original six frames: nothing in them that was added later. */
import { describe, expect, it, vi } from 'vitest';
import { connected, reopened, useFakeRelay } from '../../support/client-harness.ts';
import type { FakeWebSocket } from '../../support/fake-web-socket.ts';

useFakeRelay();

const arrive = (socket: FakeWebSocket, ...frames: readonly object[]) => {
  for (const frame of frames) socket.arrive(JSON.stringify(frame));
};
const user = (id: string, content: string) => ({
  id,
  role: 'user',
  content,
  timestamp: '2025-10-09T08:53:20.000Z',
});
const historyOf = (...messages: readonly object[]) => ({ type: 'history', messages });

async function original() {
  const watched = await connected({}, []);
  arrive(watched.socket, historyOf());
  return watched;
}

describe('an original relay', () => {
  it('holds a whole conversation, confirming a message by its text', async () => {
    const { client, socket, calls } = await original();
    client.sendMessage('Hi');
    expect(socket.sentOf('message')).toMatchObject([{ content: 'Hi' }]);
    arrive(
      socket,
      { type: 'message', ...user('msg_1', 'Hi') },
      { type: 'streaming', isStreaming: true },
      { type: 'token', content: 'Hel' },
      { type: 'token', content: 'lo.' },
      { type: 'done', messageId: 'msg_2', fullContent: 'Hello.' },
      { type: 'streaming', isStreaming: false },
    );
    expect(client.pending).toEqual([]);
    expect(client.thread.messages.map(({ id, content }) => [id, content])).toEqual([
      ['msg_1', 'Hi'],
      ['msg_2', 'Hello.'],
    ]);
    expect(calls).toEqual([
      ['connection', true],
      ['history', 0],
      ['message', 'Hi'],
      ['streaming', true],
      ['token', 'Hel'],
      ['token', 'lo.'],
      ['done', 'Hello.', 'complete'],
      ['streaming', false],
    ]);
  });

  it('is not asked for signs of life that it does not know', async () => {
    const { client, socket } = await original();
    client.sendMessage('Hi');
    await vi.advanceTimersByTimeAsync(600_000);
    expect(client.connection).toBe('open');
    expect(socket.sent.map(({ type }) => type)).toEqual(['message']);
  });

  it('[F17] is not sent a message again that its history shows as arrived', async () => {
    const { client, socket } = await original();
    client.sendMessage('Hi');
    socket.drop();
    const again = await reopened();
    arrive(again, historyOf(user('msg_1', 'Hi')));
    expect(again.sent).toEqual([]);
    expect(client.pending).toEqual([]);
  });

  it('[F17] is sent a message again that its history does not show', async () => {
    const { client, socket } = await original();
    client.sendMessage('Hi');
    socket.drop();
    const again = await reopened();
    arrive(again, historyOf(user('msg_0', 'something else')));
    expect(again.sentOf('message')).toMatchObject([{ content: 'Hi' }]);
    arrive(again, { type: 'message', ...user('msg_1', 'Hi') });
    expect(client.pending).toEqual([]);
  });

  it("does not take another's message for ours", async () => {
    const { client, socket } = await original();
    client.sendMessage('Hi');
    arrive(socket, { type: 'message', ...user('msg_1', 'Hello from another tab') });
    expect(client.pending).toHaveLength(1);
    expect(client.thread.messages).toHaveLength(1);
  });

  it('[C3] is sent one at a time, each after the answer before it', async () => {
    const { client, socket } = await original();
    client.sendMessage('one');
    client.sendMessage('two');
    arrive(socket, { type: 'message', ...user('msg_1', 'one') }, { type: 'streaming', isStreaming: true });
    expect(socket.sentOf('message')).toHaveLength(1);
    arrive(
      socket,
      { type: 'done', messageId: 'msg_2', fullContent: 'x' },
      { type: 'streaming', isStreaming: false },
    );
    expect(socket.sentOf('message').map(({ content }) => content)).toEqual(['one', 'two']);
  });

  it('may fail with an error that has no code', async () => {
    const { client, socket, calls } = await original();
    arrive(socket, { type: 'error', message: 'Failed to get a response' });
    expect(client.error).toMatchObject({
      code: undefined,
      message: 'Failed to get a response',
      retryable: true,
    });
    expect(calls.at(-1)).toEqual(['error', undefined]);
  });

  it('clears with an empty history', async () => {
    const { client, socket } = await original();
    arrive(socket, { type: 'message', ...user('msg_1', 'Hi') }, historyOf());
    expect(client.thread.messages).toEqual([]);
  });
});
