import { describe, expect, it } from 'vitest';
import { applyFrame, EMPTY_THREAD, type ServerFrame, type Thread, type ThreadChange } from '#protocol';
import { answerMessage, userMessage } from '../support/messages.ts';

/** Frames of an original relay: no generation, no offset, no status, no ids on the way. */
function play(frames: readonly ServerFrame[], from: Thread = EMPTY_THREAD) {
  const changes: ThreadChange[] = [];
  let thread = from;
  for (const frame of frames) {
    const folded = applyFrame(thread, frame);
    thread = folded.thread;
    changes.push(...folded.changes);
  }
  return { thread, changes };
}

const u1 = userMessage('msg_1', 'Hi', 1000);
const history: ServerFrame = { type: 'history', messages: [] };
const echo: ServerFrame = { type: 'message', ...u1 };
const start: ServerFrame = { type: 'streaming', isStreaming: true };
const stop: ServerFrame = { type: 'streaming', isStreaming: false };
const token = (content: string): ServerFrame => ({ type: 'token', content });
const done: ServerFrame = { type: 'done', messageId: 'msg_2', fullContent: 'Hello.', status: 'complete' };

describe('an original relay', () => {
  it('is folded from question to answer', () => {
    const { thread, changes } = play([history, echo, start, token('Hel'), token('lo.'), done, stop]);
    expect(thread).toEqual({
      ...EMPTY_THREAD,
      messages: [u1, answerMessage('msg_2', { content: 'Hello.', timestamp: 1001 })],
    });
    expect(changes.map(({ kind }) => kind)).toEqual([
      'history',
      'message',
      'streaming',
      'token',
      'token',
      'done',
      'streaming',
    ]);
  });

  it('appends its tokens, because they say no offset', () => {
    expect(play([start, token('ab'), token('ab')]).thread.run).toEqual({
      messageId: undefined,
      text: 'abab',
    });
  });

  it('may send tokens without announcing a run', () => {
    const { thread, changes } = play([history, token('Hel')]);
    expect(thread.run).toEqual({ messageId: undefined, text: 'Hel' });
    expect(changes.map(({ kind }) => kind)).toEqual(['history', 'streaming', 'token']);
  });

  it('may end a run without an answer', () => {
    const { thread } = play([echo, start, token('Hel'), { type: 'error', message: 'Agent failed' }, stop]);
    expect(thread).toEqual({ ...EMPTY_THREAD, messages: [u1] });
  });

  it('has cleared the thread when its history is empty', () => {
    const { thread } = play([echo, start, token('Hel'), history]);
    expect(thread).toEqual(EMPTY_THREAD);
  });

  it('gives a time to an answer that has none, after what came before', () => {
    expect(play([echo, done]).thread.messages.at(-1)?.timestamp).toBe(1001);
    expect(play([done]).thread.messages.at(-1)?.timestamp).toBe(1);
  });

  it('begins a new run with each start, because its runs have no names', () => {
    expect(play([start, token('old'), start, token('new')]).thread.run?.text).toBe('new');
  });
});
