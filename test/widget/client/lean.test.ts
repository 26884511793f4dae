import { describe, expect, it } from 'vitest';
import { answerMessage, userMessage } from '../../support/messages.ts';
import { connected, history, useFakeRelay } from '../../support/client-harness.ts';

useFakeRelay();

const question = userMessage('u-1');
const started = { type: 'streaming', isStreaming: true, messageId: 'a-1', gen: 0 } as const;
const ended = { type: 'streaming', isStreaming: false, messageId: 'a-1', gen: 0 } as const;
const end = { type: 'end', messageId: 'a-1', status: 'complete', timestamp: 2, gen: 0 } as const;

describe('a relay that sends lean frames', () => {
  it('[S8] [S3] is understood', async () => {
    const { client, socket, calls } = await connected({}, [history([question], { lean: true }), started]);
    calls.length = 0;
    for (const text of ['One', ', two']) socket.arrive(text);
    socket.receive({ ...end, chars: 8 }, ended);
    expect(calls).toEqual([
      ['token', 'One'],
      ['token', ', two'],
      ['done', 'One, two', 'complete'],
      ['streaming', false],
    ]);
    expect(client.thread.messages.at(-1)).toEqual(answerMessage('a-1', { content: 'One, two' }));
  });

  it('[S8] [S1] is asked for what is missing when the answer is longer than what came', async () => {
    const { client, socket } = await connected({}, [history([question], { lean: true }), started]);
    socket.arrive('One');
    socket.receive({ ...end, chars: 8 }, ended);
    expect(socket.sent.at(-1)).toEqual({
      type: 'history',
      cursor: { gen: 0, last: 'u-1', run: 'a-1', off: 3 },
    });
    const answer = answerMessage('a-1', { content: 'One, two' });
    socket.receive(history([answer], { mode: 'tail' }));
    expect(client.thread.messages).toEqual([question, answer]);
  });
});

describe('a relay that does not', () => {
  it('[S8] [V2] is not believed to have said what is no frame', async () => {
    const { client, socket, calls } = await connected({}, [history([question]), started]);
    calls.length = 0;
    socket.arrive('Bad gateway');
    expect(calls).toEqual([]);
    expect(client.thread.run?.text).toBe('');
  });
});
