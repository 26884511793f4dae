import { describe, expect, it } from 'vitest';
import type { PaneState } from '../../../demo/lab/pane-news.ts';
import { verdictOn } from '../../../demo/lab/verdict.ts';

const state = (change: Partial<PaneState> = {}): PaneState => ({
  connected: true,
  isStreaming: false,
  messages: [{ id: 'a', status: 'complete', content: 'four' }],
  ...change,
});

describe('the verdict on two windows', () => {
  it('is that they show the same only when every message is', () => {
    expect(verdictOn(state(), state())).toEqual({
      kind: 'same',
      sentence: 'Both windows show the same: 1 message, 4 characters, each once.',
    });
    const [message] = state().messages;
    const twice = state({ messages: message ? [message, message] : [] });
    expect(verdictOn(state(), twice).kind).toBe('different');
    expect(verdictOn(state(), state({ messages: [] })).kind).toBe('different');
  });

  it('waits for what is not at its end', () => {
    expect(verdictOn(undefined, state()).kind).toBe('waiting');
    expect(verdictOn(state({ connected: false }), state()).sentence).toBe('One window is away.');
    expect(verdictOn(state(), state({ isStreaming: true })).kind).toBe('waiting');
    expect(verdictOn(state({ messages: [] }), state({ messages: [] })).kind).toBe('waiting');
  });
});
