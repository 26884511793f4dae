import { describe, expect, it } from 'vitest';
import type { ServerFrame } from '#protocol';
import { connected, history, useFakeRelay } from '../../support/client-harness.ts';
import { userMessage } from '../../support/messages.ts';

useFakeRelay();

const start: ServerFrame = { type: 'streaming', isStreaming: true, messageId: 'a-1', gen: 0 };
const token = (content: string, offset: number): ServerFrame => ({
  type: 'token',
  content,
  messageId: 'a-1',
  offset,
});

async function streaming() {
  return connected({}, [history([userMessage('u-1')]), start, token('half', 0)]);
}

describe('text that is missing', () => {
  it('[S1] [F30] is asked for once, with the cursor, whatever else comes', async () => {
    const { client, socket } = await streaming();
    socket.receive(token('x', 9), token('y', 10), token('z', 11));
    expect(socket.sentOf('history')).toEqual([
      { type: 'history', cursor: { gen: 0, last: 'u-1', run: 'a-1', off: 4 } },
    ]);
    expect(client.thread.run?.text).toBe('half');
  });

  it('[S1] is filled by the answer, told once and in order', async () => {
    const { client, socket, calls } = await streaming();
    socket.receive(token('x', 9));
    calls.length = 0;
    socket.receive(history([], { mode: 'tail' }), start, token(' and x', 4), token('!', 10));
    expect(client.thread.run?.text).toBe('half and x!');
    expect(calls).toEqual([
      ['history', 1],
      ['token', ' and x'],
      ['token', '!'],
    ]);
  });

  it('[S1] is asked for again when there is a second gap', async () => {
    const { socket } = await streaming();
    socket.receive(token('x', 9), history([], { mode: 'tail' }), token('y', 20));
    expect(socket.sentOf('history')).toHaveLength(2);
  });

  it('[S6] is a whole generation when a clear was missed', async () => {
    const { client, socket } = await streaming();
    socket.receive({ type: 'streaming', isStreaming: true, messageId: 'a-9', gen: 1 });
    expect(socket.sentOf('history')).toHaveLength(1);
    socket.receive(history([userMessage('u-9')], { gen: 1 }));
    expect(client.thread).toMatchObject({ gen: 1, messages: [{ id: 'u-9' }], run: undefined });
  });
});

describe('older messages', () => {
  const withOlder = () => connected({}, [history([userMessage('u-51')], { before: 'u-51' })]);

  it('[R4] are asked for once until they are here', async () => {
    const { client, socket } = await withOlder();
    client.loadOlder();
    client.loadOlder();
    expect(socket.sentOf('history')).toEqual([{ type: 'history', before: 'u-51' }]);
    socket.receive(history([userMessage('u-50')], { mode: 'page', before: 'u-50' }));
    client.loadOlder();
    expect(socket.sentOf('history').at(-1)).toEqual({ type: 'history', before: 'u-50' });
    expect(client.thread.messages.map(({ id }) => id)).toEqual(['u-50', 'u-51']);
  });

  it('[R4] are not asked for when there are none', async () => {
    const { client, socket } = await connected();
    client.loadOlder();
    expect(socket.sent).toEqual([]);
  });

  it('[F49] can be asked for again when the relay could not read them', async () => {
    const { client, socket } = await withOlder();
    client.loadOlder();
    socket.receive({ type: 'error', message: 'No.', code: 'storage_failed', retryable: true });
    client.loadOlder();
    expect(socket.sentOf('history')).toHaveLength(2);
  });
});
