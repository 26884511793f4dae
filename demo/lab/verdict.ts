/** Whether two windows show the same, in a sentence. */
import { counted } from '../wire/wire-row.ts';
import type { PaneState } from './pane-news.ts';

export interface Verdict {
  readonly kind: 'same' | 'waiting' | 'different';
  readonly sentence: string;
}

/** Undefined stands for a window that has not said anything yet. */
export function verdictOn(one: PaneState | undefined, other: PaneState | undefined): Verdict {
  if (one === undefined || other === undefined) return waiting('Waiting for both windows.');
  if (!one.connected && !other.connected) return waiting('Both windows are away.');
  if (!one.connected || !other.connected) return waiting('One window is away.');
  if (one.isStreaming || other.isStreaming) return waiting('An answer is being written.');
  if (JSON.stringify(one.messages) !== JSON.stringify(other.messages))
    return { kind: 'different', sentence: 'The windows differ.' };
  if (one.messages.length === 0) return waiting('Both windows are here, and empty.');
  const characters = one.messages.reduce((sum, { content }) => sum + content.length, 0);
  return {
    kind: 'same',
    sentence: `Both windows show the same: ${counted(one.messages.length, 'message')}, ${counted(characters, 'character')}, each once.`,
  };
}

function waiting(sentence: string): Verdict {
  return { kind: 'waiting', sentence };
}
