/** What of a conversation goes along to a service that keeps none: the newest that fits. Its cost does not grow with the thread. */
import type { Role, ThreadMessage } from '#protocol';

/** As many as a room that just woke has at hand, so that an answer does not depend on how long it was awake. */
const MESSAGES_MAX = 50;

/** @param chars how many characters the messages may have together */
export function newestThatFit(history: readonly ThreadMessage[], chars: number): readonly ThreadMessage[] {
  const fitting: ThreadMessage[] = [];
  let left = chars;
  for (const message of history.slice(-MESSAGES_MAX).reverse()) {
    if (message.content.trim() === '') continue;
    left -= message.content.length;
    if (left < 0) break;
    fitting.push(message);
  }
  fitting.reverse();
  // An answer whose question did not fit is an answer to nothing.
  const first = fitting.findIndex(({ role }) => role === 'user');
  return first === -1 ? [] : fitting.slice(first);
}

export interface Turn {
  readonly role: Role;
  readonly content: string;
}

/** In turn: many models take nothing else, and a question whose answer failed has another question after it. */
export function alternating(messages: readonly Turn[]): readonly Turn[] {
  const turns: Turn[] = [];
  for (const { role, content } of messages) {
    const last = turns.at(-1);
    if (last?.role === role) turns[turns.length - 1] = { role, content: `${last.content}\n\n${content}` };
    else turns.push({ role, content });
  }
  return turns;
}
