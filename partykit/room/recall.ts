/** An empty room of a thread that its agent service already knows: what was said is taken over, once. Pure. */
import { ANSWER_MAX_CHARS, type Result, type ThreadMessage } from '#protocol';
import type { PastMessage } from './ports.ts';
import { remember, step, type RoomState, type Step } from './state.ts';

/** The newest that are taken over. */
const RECALLED_MAX = 200;

/** Nobody knows when it was said: before it was asked for, and so long before that it counts for nothing any more (rule C6). */
const RECALLED_AGE_MS = 60_000;

/** A cleared thread has nothing that it should remember. */
export function isNew(state: RoomState): boolean {
  return state.gen === 0 && state.count === 0 && state.run === undefined;
}

export function recall(state: RoomState, threadId: string): Step {
  return step(state, [], { type: 'recall', threadId, intent: { kind: 'recall', messages: [] } });
}

/** In storage before anybody is told, so that ids stay what they are. */
export function recalled(
  state: RoomState,
  past: Result<readonly PastMessage[], string>,
  at: number,
  newId: (place: number) => string,
): Step {
  if (!past.ok)
    return step(state, [{ type: 'log', entry: { event: 'history_unavailable', hint: past.failure } }]);
  const messages = past.value.slice(-RECALLED_MAX).map(({ role, content }, place): ThreadMessage => ({
    id: newId(place),
    role,
    content: content.slice(0, ANSWER_MAX_CHARS),
    timestamp: at - RECALLED_AGE_MS,
    status: 'complete',
  }));
  if (messages.length === 0) return step(state);
  return step(state, [], {
    type: 'commit',
    change: { append: messages, open: undefined, upstreamThreadId: state.upstreamThreadId },
    intent: { kind: 'recall', messages },
  });
}

export function rememberAll(state: RoomState, messages: readonly ThreadMessage[]): Step {
  return step(messages.reduce(remember, state), [
    { type: 'log', entry: { event: 'history_recalled', messages: messages.length } },
  ]);
}
