import { describe, expect, it } from 'vitest';
import {
  applyFrame,
  EMPTY_THREAD,
  leanEnd,
  leanText,
  readLeanText,
  type ServerFrameOf,
  type Thread,
} from '#protocol';
import { answerMessage, HARD_TEXT, userMessage } from '../support/messages.ts';

const [u1, a1] = [userMessage('u1'), answerMessage('a1')];
const running: Thread = { ...EMPTY_THREAD, messages: [u1], run: { messageId: 'a1', text: a1.content } };
const done: ServerFrameOf<'done'> = {
  type: 'done',
  messageId: 'a1',
  fullContent: a1.content,
  status: 'complete',
  timestamp: a1.timestamp,
  gen: 0,
};

describe('text as a frame of its own', () => {
  it.each(['a', ' {"type":"done"}', '"', HARD_TEXT, '\u0000', '\n'])('[S8] is the text: %j', (text) => {
    expect(leanText(text)).toBe(text);
    expect(readLeanText(running, text)).toEqual({
      type: 'token',
      content: text,
      messageId: 'a1',
      offset: a1.content.length,
    });
  });

  it.each(['', '{', '{"type":"done"}', 'half \ud83d', '\ude00 half', 'a\udc00b'])(
    '[S8] is not for what would be read as a frame, or cannot travel as UTF-8: %j',
    (text) => {
      expect(leanText(text)).toBeUndefined();
    },
  );

  it.each(['', '{}', undefined, new ArrayBuffer(2)])('[S8] is nothing else that comes: %j', (data) => {
    expect(readLeanText(running, data)).toBeUndefined();
  });

  it('[S8] where no run is open shows that something is missing', () => {
    const token = readLeanText({ ...EMPTY_THREAD, messages: [u1, a1] }, 'on');
    expect(token && applyFrame(EMPTY_THREAD, token).changes).toEqual([{ kind: 'gap' }]);
  });
});

describe('the end of an answer without its text', () => {
  const end = leanEnd(done);

  it('[S8] says how long it is, and all else that the end says', () => {
    const failed = leanEnd({ ...done, status: 'failed', error: { code: 'upstream_failed' } });
    expect(failed).toEqual({
      type: 'end',
      messageId: 'a1',
      chars: a1.content.length,
      status: 'failed',
      timestamp: a1.timestamp,
      error: { code: 'upstream_failed' },
      gen: 0,
    });
  });

  it('[S8] [S3] is the same to who has the text as the end with it', () => {
    expect(applyFrame(running, end)).toEqual(applyFrame(running, done));
    expect(applyFrame(running, end).thread).toMatchObject({ messages: [u1, a1], run: undefined });
  });

  it.each<[string, Partial<Thread>]>([
    ['has less of it', { run: { messageId: 'a1', text: 'text' } }],
    ['has more of it', { run: { messageId: 'a1', text: `${a1.content}!` } }],
    ['has another one', { run: { messageId: 'a2', text: a1.content } }],
    ['has none', { run: undefined }],
  ])('[S8] [S1] makes a client ask that %s', (_what, parts) => {
    const thread = { ...running, ...parts };
    expect(applyFrame(thread, end)).toEqual({ thread, changes: [{ kind: 'gap' }] });
  });

  it('[S8] is nothing new where the answer is known, or the thread is another by now', () => {
    for (const thread of [
      { ...running, run: undefined, messages: [u1, a1] },
      { ...running, gen: 1 },
    ]) {
      expect(applyFrame(thread, end)).toEqual({ thread, changes: [] });
    }
  });
});
