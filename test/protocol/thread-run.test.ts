import { describe, expect, it } from 'vitest';
import { applyFrame, EMPTY_THREAD, type ServerFrame, type Thread } from '#protocol';
import { answerMessage, userMessage } from '../support/messages.ts';

const [u1, a1, u2] = [userMessage('u1'), answerMessage('a1'), userMessage('u2')];
const threadOf = (parts: Partial<Thread>): Thread => ({ ...EMPTY_THREAD, messages: [u1], ...parts });
const running = (text: string): Thread => threadOf({ run: { messageId: 'a1', text } });
const token = (content: string, offset: number, messageId = 'a1'): ServerFrame => ({
  type: 'token',
  content,
  messageId,
  offset,
});
const streaming = (isStreaming: boolean, messageId = 'a1', gen = 0): ServerFrame => ({
  type: 'streaming',
  isStreaming,
  messageId,
  gen,
});
const done = (parts: Partial<Extract<ServerFrame, { type: 'done' }>> = {}): ServerFrame => ({
  type: 'done',
  messageId: 'a1',
  fullContent: a1.content,
  status: 'complete',
  timestamp: 2,
  gen: 0,
  ...parts,
});

describe('a message frame', () => {
  it('is added once, however often it comes', () => {
    const once = applyFrame(EMPTY_THREAD, { type: 'message', ...u1, gen: 0 });
    expect(once.thread.messages).toEqual([u1]);
    expect(once.changes).toEqual([{ kind: 'message', message: u1 }]);
    expect(applyFrame(once.thread, { type: 'message', ...u1, gen: 0 })).toEqual({
      thread: once.thread,
      changes: [],
    });
  });
});

describe('a streaming frame', () => {
  it('begins an empty run', () => {
    const { thread, changes } = applyFrame(threadOf({}), streaming(true));
    expect(thread.run).toEqual({ messageId: 'a1', text: '' });
    expect(changes).toEqual([{ kind: 'streaming', isStreaming: true }]);
  });

  it('[H5] keeps the text when it repeats that the run is open', () => {
    const thread = running('half');
    expect(applyFrame(thread, streaming(true))).toEqual({ thread, changes: [] });
  });

  it('begins again for another run', () => {
    expect(applyFrame(running('half'), streaming(true, 'a2')).thread.run).toEqual({
      messageId: 'a2',
      text: '',
    });
  });

  it('tells the end of a run once', () => {
    const ended = applyFrame(running('half'), streaming(false));
    expect(ended.thread.run).toBeUndefined();
    expect(ended.changes).toEqual([{ kind: 'streaming', isStreaming: false }]);
    expect(applyFrame(ended.thread, streaming(false)).changes).toEqual([]);
  });
});

describe('a token frame', () => {
  it('[S1] appends where the offset is what there is', () => {
    const { thread, changes } = applyFrame(running('half'), token(' full', 4));
    expect(thread.run?.text).toBe('half full');
    expect(changes).toEqual([{ kind: 'token', content: ' full' }]);
  });

  it('[S1] appends only what is new of an overlap', () => {
    const { thread, changes } = applyFrame(running('half'), token('lf full', 2));
    expect(thread.run?.text).toBe('half full');
    expect(changes).toEqual([{ kind: 'token', content: ' full' }]);
  });

  it.each([
    ['from the beginning', 'half', 0],
    ['in the middle', 'al', 1],
    ['that is empty', '', 4],
  ])('[S1] [F29] drops a duplicate %s', (_where, content, offset) => {
    const thread = running('half');
    expect(applyFrame(thread, token(content, offset))).toEqual({ thread, changes: [] });
  });

  it('[S1] [F30] is a gap where text is missing, and adds nothing', () => {
    const thread = running('half');
    expect(applyFrame(thread, token('x', 5))).toEqual({ thread, changes: [{ kind: 'gap' }] });
  });

  it('[S1] is a gap when its run was never announced', () => {
    expect(applyFrame(threadOf({}), token('x', 0))).toEqual({
      thread: threadOf({}),
      changes: [{ kind: 'gap' }],
    });
    expect(applyFrame(running('half'), token('x', 0, 'a2')).changes).toEqual([{ kind: 'gap' }]);
  });

  it('[F29] is dropped when its run has ended', () => {
    const thread = threadOf({ messages: [u1, a1] });
    expect(applyFrame(thread, token('x', 0))).toEqual({ thread, changes: [] });
  });
});

describe('a done frame', () => {
  it('[S3] makes the run a message and ends it', () => {
    const { thread, changes } = applyFrame(running('text of'), done());
    expect(thread).toEqual(threadOf({ messages: [u1, a1] }));
    expect(changes).toEqual([
      { kind: 'done', message: a1 },
      { kind: 'streaming', isStreaming: false },
    ]);
  });

  it('[F31] takes the text of the room, also when that is shorter', () => {
    const { thread } = applyFrame(
      running('what was not stored'),
      done({ fullContent: 'what', status: 'interrupted' }),
    );
    expect(thread.messages.at(-1)).toMatchObject({ content: 'what', status: 'interrupted' });
  });

  it('tells a message once that it has already', () => {
    const thread = threadOf({ messages: [u1, a1] });
    expect(applyFrame(thread, done())).toEqual({ thread, changes: [] });
  });

  it('[S4] leaves nothing for the streaming frame behind it to tell', () => {
    const { thread } = applyFrame(running('x'), done());
    expect(applyFrame(thread, streaming(false)).changes).toEqual([]);
  });
});

describe('an error frame', () => {
  const error: ServerFrame = {
    type: 'error',
    message: 'Too slow.',
    code: 'upstream_timeout',
    messageId: 'a1',
  };

  it('[S3] is not needed for the reason of a failure that its done names', () => {
    const { thread } = applyFrame(
      running('x'),
      done({ status: 'failed', error: { code: 'upstream_failed' } }),
    );
    expect(thread.messages.at(-1)?.error).toEqual({ code: 'upstream_failed' });
  });

  it('[S3] gives the failed message before it the code', () => {
    const { thread, changes } = applyFrame(
      applyFrame(running('x'), done({ status: 'failed' })).thread,
      error,
    );
    expect(thread.messages.at(-1)).toMatchObject({ status: 'failed', error: { code: 'upstream_timeout' } });
    expect(changes).toEqual([{ kind: 'error', frame: error }]);
  });

  it.each([
    ['another message', threadOf({ messages: [u1, answerMessage('a9', { status: 'failed' })] })],
    ['a message that did not fail', threadOf({ messages: [u1, a1] })],
    ['a user message', threadOf({ messages: [userMessage('a1')] })],
    ['an empty thread', EMPTY_THREAD],
  ])('is only told where it is about %s', (_what, thread) => {
    expect(applyFrame(thread, error)).toEqual({ thread, changes: [{ kind: 'error', frame: error }] });
  });
});

describe('frames of another generation', () => {
  const thread = { ...running('half'), gen: 2 };

  it.each<[string, ServerFrame]>([
    ['message', { type: 'message', ...u2, gen: 1 }],
    ['streaming', streaming(false, 'a1', 1)],
    ['done', done({ gen: 1 })],
  ])('[S6] [F23] are ignored when it is older: %s', (_type, frame) => {
    expect(applyFrame(thread, frame)).toEqual({ thread, changes: [] });
  });

  it.each<[string, ServerFrame]>([
    ['message', { type: 'message', ...u2, gen: 3 }],
    ['streaming', streaming(true, 'a9', 3)],
    ['done', done({ gen: 3 })],
  ])('[S6] are a gap when it is newer, because the clear was missed: %s', (_type, frame) => {
    expect(applyFrame(thread, frame)).toEqual({ thread, changes: [{ kind: 'gap' }] });
  });
});

describe('a pong', () => {
  it('changes nothing', () => {
    expect(applyFrame(running('x'), { type: 'pong' })).toEqual({ thread: running('x'), changes: [] });
  });
});
