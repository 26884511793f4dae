import { describe, expect, it, vi } from 'vitest';
import type { ServerFrame } from '#protocol';
import {
  connected,
  echo,
  history,
  makeClient,
  reopened,
  runFrames,
  settle,
  useFakeRelay,
} from '../../support/client-harness.ts';
import { FakeWebSocket } from '../../support/fake-web-socket.ts';
import { userMessage } from '../../support/messages.ts';
import { present } from '../../support/present.ts';

useFakeRelay();

const contents = (socket: FakeWebSocket) => socket.sentOf('message').map(({ content }) => content);
const refusal = (
  messageId: string,
  parts: Partial<Extract<ServerFrame, { type: 'error' }>>,
): ServerFrame => ({
  type: 'error',
  message: 'No.',
  retryable: true,
  messageId,
  ...parts,
});

/** A client whose question is on its way; `id` is the one that it chose. */
async function asked() {
  const { client, socket, calls } = await connected();
  client.sendMessage('Olá');
  const id = present(client.pending[0], 'a pending message').id;
  return { client, socket, calls, id };
}

describe('sending', () => {
  it('[C1] [C2] sends with an id of its own, and waits for the echo', async () => {
    const { client, socket, id } = await asked();
    expect(socket.sentOf('message')).toEqual([{ type: 'message', content: 'Olá', id, gen: 0 }]);
    expect(client.pending).toMatchObject([{ state: 'sending', content: 'Olá' }]);
    expect(client.thread.messages).toEqual([]);
    socket.receive(echo(id, 'Olá'));
    expect(client.pending).toEqual([]);
    expect(client.thread.messages).toMatchObject([{ id, role: 'user' }]);
  });

  it('[F22] sends nothing before the history, then one at a time and in order', async () => {
    const { client } = makeClient();
    client.sendMessage('one');
    client.connect();
    client.sendMessage('two');
    client.sendMessage('three');
    await settle();
    const socket = FakeWebSocket.last;
    socket.open();
    expect(socket.sent).toEqual([]);
    socket.receive(history());
    for (const [index, content] of ['one', 'two', 'three'].entries()) {
      expect(contents(socket)).toHaveLength(index + 1);
      const id = present(socket.sentOf('message')[index]?.id);
      socket.receive(echo(id, content), ...runFrames(`a-${index}`, 'answer'));
    }
    expect(contents(socket)).toEqual(['one', 'two', 'three']);
    expect(client.pending).toEqual([]);
  });

  it('[F22] sends twenty messages that were typed offline in order, also when they are too many at a time', async () => {
    const { client, socket } = await connected();
    socket.drop();
    const texts = Array.from({ length: 20 }, (_, index) => `message ${index}`);
    for (const text of texts) client.sendMessage(text);
    const again = await reopened();
    expect(again.sent).toEqual([]);
    again.receive(history());
    const taken: string[] = [];
    for (let sent = 1; taken.length < texts.length; sent += 1) {
      expect(again.sentOf('message')).toHaveLength(sent);
      const { id = '', content } = present(again.sentOf('message').at(-1));
      if (sent % 6 === 0) {
        again.receive(refusal(id, { code: 'rate_limited', retryAfterMs: 3_000 }));
        expect(client.pending).toHaveLength(texts.length - taken.length);
        await vi.advanceTimersByTimeAsync(3_000);
      } else {
        again.receive(echo(id, content), ...runFrames(`a-${sent}`, 'answer'));
        taken.push(content);
      }
    }
    expect(taken).toEqual(texts);
    expect(client.pending).toEqual([]);
  });

  it('[C3] waits for the end of a run that somebody else began', async () => {
    const { client, socket } = await connected({}, [
      history([userMessage('u-1')]),
      { type: 'streaming', isStreaming: true, messageId: 'a-1', gen: 0 },
    ]);
    client.sendMessage('Olá');
    expect(contents(socket)).toEqual([]);
    socket.receive({ type: 'streaming', isStreaming: false, messageId: 'a-1', gen: 0 });
    expect(contents(socket)).toEqual(['Olá']);
  });

  it('[C3] sends the next after the answer, not after the echo, so that the room is free for it', async () => {
    const { client, socket, calls, id } = await asked();
    client.sendMessage('second');
    socket.receive(echo(id, 'Olá'));
    expect(contents(socket)).toEqual(['Olá']);
    await vi.advanceTimersByTimeAsync(500);
    socket.receive({ type: 'streaming', isStreaming: true, messageId: 'a-1', gen: 0 });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(contents(socket)).toEqual(['Olá']);
    socket.receive({ type: 'streaming', isStreaming: false, messageId: 'a-1', gen: 0 });
    expect(contents(socket)).toEqual(['Olá', 'second']);
    expect(calls.filter(([callback]) => callback === 'error')).toEqual([]);
  });

  it('[C1] sends the next a second after an echo that no run follows', async () => {
    const { client, socket, id } = await asked();
    client.sendMessage('second');
    socket.receive(echo(id, 'Olá'));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(contents(socket)).toEqual(['Olá', 'second']);
  });

  it('[C5] [F36] ignores blank text, and fails a text that is too long without sending it', async () => {
    const { client, socket, calls } = await connected();
    client.sendMessage(' \n');
    expect(client.pending).toEqual([]);
    client.sendMessage('x'.repeat(16_001));
    expect(client.pending).toMatchObject([{ state: 'failed', code: 'too_large' }]);
    expect(socket.sent).toEqual([]);
    expect(calls.at(-1)).toEqual(['error', 'too_large']);
    client.sendMessage('x'.repeat(16_000));
    expect(socket.sent).toHaveLength(1);
  });

  it('[F17] sends again under the same id after the line broke, only after the history', async () => {
    const { client, socket, id } = await asked();
    socket.drop();
    const again = await reopened();
    expect(again.sent).toEqual([]);
    again.receive(history());
    expect(again.sentOf('message')).toEqual([{ type: 'message', content: 'Olá', id, gen: 0 }]);
    expect(client.pending).toHaveLength(1);
  });

  it('[F17] does not send again what the history shows as arrived', async () => {
    const { client, socket, id } = await asked();
    socket.drop();
    const again = await reopened();
    again.receive(history([userMessage(id, 'Olá')]));
    expect(again.sent).toEqual([]);
    expect(client.pending).toEqual([]);
  });
});

describe('a message that is refused', () => {
  it('[C3] as busy waits for the end of the run', async () => {
    const { client, socket, id } = await asked();
    socket.receive(
      { type: 'streaming', isStreaming: true, messageId: 'a-1', gen: 0 },
      refusal(id, { code: 'busy' }),
    );
    await vi.advanceTimersByTimeAsync(6_000);
    expect(contents(socket)).toEqual(['Olá']);
    expect(client.pending).toMatchObject([{ state: 'sending' }]);
    expect(client.error).toBeUndefined();
    socket.receive({ type: 'streaming', isStreaming: false, messageId: 'a-1', gen: 0 });
    expect(socket.sentOf('message').map((frame) => frame.id)).toEqual([id, id]);
  });

  it('[C3] as busy by a run that is not known here yet is tried again in a second', async () => {
    const { socket, id } = await asked();
    socket.receive(refusal(id, { code: 'busy' }));
    await vi.advanceTimersByTimeAsync(999);
    expect(contents(socket)).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(contents(socket)).toHaveLength(2);
  });

  it('for the rate waits as long as it is told', async () => {
    const { client, socket, id } = await asked();
    client.sendMessage('second');
    socket.receive(refusal(id, { code: 'rate_limited', retryAfterMs: 12_000 }));
    for (let second = 1; second < 12; second += 1) {
      await vi.advanceTimersByTimeAsync(1_000);
      socket.receive({ type: 'pong' });
    }
    expect(contents(socket)).toEqual(['Olá']);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(contents(socket)).toEqual(['Olá', 'Olá']);
    expect(socket.sentOf('message').map((frame) => frame.id)).toEqual([id, id]);
  });

  it.each(['storage_failed', 'id_conflict', 'too_large', 'unauthorized'] as const)(
    '[F49] with %s has failed, and is not sent again by itself',
    async (code) => {
      const { client, socket, calls, id } = await asked();
      socket.receive(refusal(id, { code }));
      expect(client.pending).toMatchObject([{ id, state: 'failed', code }]);
      expect(calls.at(-1)).toEqual(['error', code]);
      await vi.advanceTimersByTimeAsync(15_000);
      expect(contents(socket)).toHaveLength(1);
    },
  );

  it('[C5] [F36] as too large for a frame has failed, though nobody has read which it is', async () => {
    const { client, socket, id } = await asked();
    client.sendMessage('second');
    socket.receive({ type: 'error', message: 'x', code: 'too_large', retryable: false });
    expect(client.pending).toMatchObject([
      { id, content: 'Olá', state: 'failed', code: 'too_large' },
      { content: 'second', state: 'sending' },
    ]);
    expect(contents(socket)).toEqual(['Olá', 'second']);
  });

  it('does not hold back the next', async () => {
    const { client, socket, id } = await asked();
    client.sendMessage('second');
    socket.receive(refusal(id, { code: 'storage_failed' }));
    expect(contents(socket)).toEqual(['Olá', 'second']);
  });

  it('is sent again under its id when the person says so', async () => {
    const { client, socket, id } = await asked();
    socket.receive(refusal(id, { code: 'storage_failed' }));
    client.resend(id);
    expect(client.pending).toMatchObject([{ id, state: 'sending', code: undefined }]);
    expect(socket.sentOf('message').map((frame) => frame.id)).toEqual([id, id]);
  });

  it('is gone when the person gives it up', async () => {
    const { client, socket, id } = await asked();
    socket.receive(refusal(id, { code: 'storage_failed' }));
    client.discard(id);
    expect(client.pending).toEqual([]);
    client.resend(id);
    client.discard('somebody-else');
    expect(contents(socket)).toHaveLength(1);
  });
});

describe('a thread that is cleared', () => {
  it('[F24] holds what was waiting for its turn in it', async () => {
    const { client, socket } = await connected({}, [
      history([userMessage('u-1')]),
      { type: 'streaming', isStreaming: true, messageId: 'a-1', gen: 0 },
    ]);
    client.sendMessage('about the old thread');
    socket.receive(history([], { gen: 1 }));
    expect(client.pending).toMatchObject([{ state: 'failed', code: 'interrupted' }]);
    expect(contents(socket)).toEqual([]);
  });
});
