/** A client that was cut off at any place of an answer has it whole after it is back. */
import { describe, expect, it } from 'vitest';
import {
  applyFrame,
  cursorOf,
  EMPTY_THREAD,
  parseConnectionQuery,
  connectionQuery,
  type Thread,
} from '#protocol';
import { greet } from '../../../partykit/room/greeting.ts';
import { ASLEEP } from '../../../partykit/room/machine.ts';
import type { RoomState, Run } from '../../../partykit/room/state.ts';
import { HARD_TEXT, userMessage } from '../../support/messages.ts';

const ANSWER = HARD_TEXT.repeat(80).slice(0, 4096);
const QUESTION = userMessage('q-1');
const RUN: Run = {
  messageId: 'a-1',
  userMessageId: 'q-1',
  startedAt: 0,
  text: ANSWER,
  unsent: '',
  unsaved: '',
  tokens: 0,
  intervalMs: 33,
  aliveAt: 0,
  flow: 'open',
  checkpointScheduled: false,
  ending: undefined,
};

const SENDER = { id: 's', version: 1, subject: undefined, write: true };
const CONNECT = { kind: 'connect', access: undefined, lean: false } as const;

/** What the client makes of the greeting that its cursor, travelling as a query, is answered with. */
function resumed(
  state: RoomState,
  thread: Thread,
): { readonly thread: Thread; readonly told: string; readonly frames: number } {
  const query = new URLSearchParams(connectionQuery(1, cursorOf(thread)));
  const { cursor } = parseConnectionQuery(query);
  let after = thread;
  let told = '';
  let frames = 0;
  for (const effect of greet(state, SENDER, CONNECT, cursor).effects) {
    if (effect.type !== 'send') continue;
    frames += 1;
    const folded = applyFrame(after, effect.frame);
    after = folded.thread;
    for (const change of folded.changes) if (change.kind === 'token') told += change.content;
  }
  return { thread: after, told, frames };
}

const knownTo = (offset: number): Thread => ({
  ...EMPTY_THREAD,
  messages: [QUESTION],
  run: { messageId: 'a-1', text: ANSWER.slice(0, offset) },
});

describe('an answer of 4 KiB with emoji, combining marks and CJK', () => {
  const open: RoomState = { ...ASLEEP, count: 1, recent: [QUESTION], run: RUN };

  it('[H5] is resumed at every offset, and each unit of it is told once', () => {
    for (let offset = 0; offset <= ANSWER.length; offset += 1) {
      const { thread, told, frames } = resumed(open, knownTo(offset));
      if (thread.run?.text !== ANSWER || told !== ANSWER.slice(offset) || frames > 3) {
        expect({ offset, told, frames }).toBe('resumed');
      }
    }
    expect(ANSWER).toHaveLength(4096);
  });

  it('[F03] is whole at every offset when it ended meanwhile', () => {
    const answer = {
      id: 'a-1',
      role: 'assistant',
      content: ANSWER,
      timestamp: 9,
      status: 'complete',
    } as const;
    const ended: RoomState = { ...ASLEEP, count: 2, recent: [QUESTION, answer] };
    for (let offset = 0; offset <= ANSWER.length; offset += 1) {
      const { thread } = resumed(ended, knownTo(offset));
      if (thread.run !== undefined || thread.messages.at(-1)?.content !== ANSWER) {
        expect(offset).toBe('whole');
      }
      expect(thread.messages).toHaveLength(2);
    }
  });

  it('[H6] is put right at every offset that is ahead of the room', () => {
    for (let offset = 1; offset <= 200; offset += 1) {
      const behind: RoomState = { ...open, run: { ...RUN, text: ANSWER.slice(0, offset - 1) } };
      const { thread } = resumed(behind, knownTo(offset));
      expect(thread.run?.text).toBe(ANSWER.slice(0, offset - 1));
    }
  });
});
