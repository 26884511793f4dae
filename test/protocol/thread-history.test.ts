import { describe, expect, it } from 'vitest';
import { applyFrame, cursorOf, EMPTY_THREAD, type ServerFrame, type Thread } from '#protocol';
import { answerMessage, userMessage } from '../support/messages.ts';

const [u1, a1, u2, a2] = [userMessage('u1'), answerMessage('a1'), userMessage('u2'), answerMessage('a2')];
const threadOf = (parts: Partial<Thread>): Thread => ({ ...EMPTY_THREAD, ...parts });
const run = { messageId: 'a2', text: 'half' };
const history = (parts: Partial<Extract<ServerFrame, { type: 'history' }>>): ServerFrame => ({
  type: 'history',
  messages: [],
  gen: 0,
  v: 1,
  ...parts,
});
const kinds = (thread: Thread, frame: ServerFrame) =>
  applyFrame(thread, frame).changes.map(({ kind }) => kind);

describe('a history frame', () => {
  it('[H4] replaces everything when it is a snapshot', () => {
    const before = threadOf({ messages: [u1, a1], before: 'u1' });
    const { thread, changes } = applyFrame(before, history({ mode: 'full', messages: [u2], before: 'u2' }));
    expect(thread).toEqual(threadOf({ messages: [u2], before: 'u2' }));
    expect(changes).toEqual([{ kind: 'history' }]);
  });

  it('[H4] ends the run that it does not mention when it is a snapshot', () => {
    const { thread, changes } = applyFrame(
      threadOf({ messages: [u1], run }),
      history({ mode: 'full', messages: [u1] }),
    );
    expect(thread.run).toBeUndefined();
    expect(changes).toEqual([{ kind: 'history' }, { kind: 'streaming', isStreaming: false }]);
  });

  it('[H4] adds what was lacking when it is a tail, and keeps the pages above', () => {
    const { thread } = applyFrame(
      threadOf({ messages: [u1, a1], before: 'u1' }),
      history({ mode: 'tail', messages: [u2, a2] }),
    );
    expect(thread).toEqual(threadOf({ messages: [u1, a1, u2, a2], before: 'u1' }));
  });

  it('[H4] keeps the open run when a tail does not hold its answer', () => {
    const { thread, changes } = applyFrame(
      threadOf({ messages: [u1, a1, u2], run }),
      history({ mode: 'tail' }),
    );
    expect(thread.run).toEqual(run);
    expect(changes).toEqual([{ kind: 'history' }]);
  });

  it('[F03] ends the open run when a tail holds its answer', () => {
    const frame = history({ mode: 'tail', messages: [answerMessage('a2', { content: 'half and half' })] });
    const { thread, changes } = applyFrame(threadOf({ messages: [u2], run }), frame);
    expect(thread.run).toBeUndefined();
    expect(thread.messages.at(-1)).toMatchObject({ id: 'a2', content: 'half and half' });
    expect(changes).toEqual([{ kind: 'history' }, { kind: 'streaming', isStreaming: false }]);
  });

  it('dedupes a tail by id, keeping the place and taking the newer words', () => {
    const replaced = answerMessage('a1', { content: 'as the room has it', status: 'interrupted' });
    const { thread } = applyFrame(
      threadOf({ messages: [u1, a1, u2] }),
      history({ mode: 'tail', messages: [replaced, u2, a2] }),
    );
    expect(thread.messages).toEqual([u1, replaced, u2, a2]);
  });

  it('dedupes a snapshot that repeats itself', () => {
    expect(applyFrame(EMPTY_THREAD, history({ mode: 'full', messages: [u1, u1] })).thread.messages).toEqual([
      u1,
    ]);
  });

  it('[R4] puts a page above, and takes over the cursor of the next page', () => {
    const { thread, changes } = applyFrame(
      threadOf({ messages: [u2, a2], before: 'u2', run: { messageId: 'a3', text: 'x' } }),
      history({ mode: 'page', messages: [u1, a1], before: 'u1' }),
    );
    expect(thread).toEqual(
      threadOf({ messages: [u1, a1, u2, a2], before: 'u1', run: { messageId: 'a3', text: 'x' } }),
    );
    expect(changes).toEqual([{ kind: 'history' }]);
  });

  it('[R4] shows a page that comes twice once', () => {
    const page = history({ mode: 'page', messages: [u1, a1] });
    const once = applyFrame(threadOf({ messages: [u2], before: 'u2' }), page).thread;
    expect(applyFrame(once, page).thread.messages).toEqual([u1, a1, u2]);
    expect(once.before).toBeUndefined();
  });

  it('[R4] ignores a page of another generation', () => {
    const thread = threadOf({ gen: 2, messages: [u2], before: 'u2' });
    expect(applyFrame(thread, history({ mode: 'page', gen: 1, messages: [u1] }))).toEqual({
      thread,
      changes: [],
    });
    expect(kinds(thread, history({ mode: 'page', gen: 3, messages: [u1] }))).toEqual([]);
  });

  it('[S6] empties the thread after a clear, also in the middle of a run', () => {
    const { thread, changes } = applyFrame(
      threadOf({ messages: [u1, a1], before: 'u1', run }),
      history({ mode: 'full', gen: 1 }),
    );
    expect(thread).toEqual(threadOf({ gen: 1 }));
    expect(changes.map(({ kind }) => kind)).toEqual(['history', 'streaming']);
  });

  it('[H6] takes a tail of another generation for a snapshot', () => {
    const { thread } = applyFrame(
      threadOf({ messages: [u1, a1] }),
      history({ mode: 'tail', gen: 5, messages: [u2] }),
    );
    expect(thread).toEqual(threadOf({ gen: 5, messages: [u2] }));
  });

  it('[H6] follows a room that went back to an older generation', () => {
    const { thread } = applyFrame(
      threadOf({ gen: 5, messages: [u1] }),
      history({ mode: 'full', gen: 0, messages: [u2] }),
    );
    expect(thread).toEqual(threadOf({ gen: 0, messages: [u2] }));
  });

  it('leaves the thread that it was given as it was', () => {
    const messages = Object.freeze([u1]);
    const thread = Object.freeze(threadOf({ messages }));
    applyFrame(thread, history({ mode: 'tail', messages: [a1] }));
    applyFrame(thread, { type: 'message', ...u2 });
    expect(thread).toEqual(threadOf({ messages: [u1] }));
  });
});

describe('a cursor', () => {
  it('[H2] is nothing before anything is known', () => {
    expect(cursorOf(EMPTY_THREAD)).toBeUndefined();
  });

  it('[H2] says the generation, the newest message, and how much of the open run is here', () => {
    expect(cursorOf(threadOf({ gen: 2, messages: [u1, a1] }))).toEqual({ gen: 2, last: 'a1' });
    expect(cursorOf(threadOf({ gen: 2, messages: [u2], run: { messageId: 'a2', text: 'é👩' } }))).toEqual({
      gen: 2,
      last: 'u2',
      run: 'a2',
      off: 3,
    });
  });

  it('[H2] does not name the run of an original relay, which has no id', () => {
    expect(cursorOf(threadOf({ messages: [u1], run: { messageId: undefined, text: 'x' } }))).toEqual({
      gen: 0,
      last: 'u1',
    });
  });
});
