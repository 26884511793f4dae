/** From a question to the start of its run: known ids start nothing, a busy room starts nothing, and what costs is counted. */
import type { ThreadMessage } from '#protocol';
import type { StartedRun, ThreadCommit } from './ports.ts';
import type { Rates } from './rates.ts';
import { refuse } from './refusal.ts';
import { step, type Intent, type RoomState, type Sender, type StartIntent, type Step } from './state.ts';
import { take, type Bucket } from './token-bucket.ts';

export interface StartLimits {
  readonly rates: Pick<Rates, 'threadSends' | 'threadRequests'>;
  /** Whether a run is to be asked for before it starts (`Budget`). */
  readonly isBudgeted: boolean;
}

/** Rules C1 to C3. `known`: what is stored under the message's id. */
export function found(
  limits: StartLimits,
  state: RoomState,
  intent: Intent,
  known: ThreadMessage | undefined,
  at: number,
): Step {
  if (intent.kind !== 'send') return step(state);
  const { sender, message, runId } = intent;
  if (known !== undefined) {
    const same = known.role === 'user' && known.content === message.content;
    if (!same) return refuse(state, sender, 'id_conflict', { messageId: message.id });
    return step(state, [
      { type: 'send', to: sender.id, frame: { type: 'message', ...known, gen: state.gen } },
    ]);
  }
  if (state.run !== undefined) return refuse(state, sender, 'busy', { messageId: message.id });
  const run: StartedRun = { messageId: runId, userMessageId: message.id, startedAt: message.timestamp };
  return count(limits, state, { kind: 'accept', sender, message, run }, at);
}

/** Only the newest question can be answered again, and only when it has no complete answer. */
export function retry(
  limits: StartLimits,
  state: RoomState,
  sender: Sender,
  messageId: string,
  at: number,
  freshId: string,
): Step {
  if (state.run !== undefined) return refuse(state, sender, 'busy', { messageId });
  const index = state.recent.findLastIndex(({ role }) => role === 'user');
  const message = state.recent[index];
  const answered = state.recent.slice(index + 1).some(({ status }) => status === 'complete');
  if (message?.id !== messageId || answered) return refuse(state, sender, 'unknown_message', { messageId });
  const run: StartedRun = { messageId: freshId, userMessageId: messageId, startedAt: at };
  return count(limits, state, { kind: 'retry', sender, message, run }, at);
}

/** Rule C6: of the thread first, since that costs nothing to know. */
function count({ rates, isBudgeted }: StartLimits, state: RoomState, intent: StartIntent, at: number): Step {
  const { bucket, waitMs } = take(rates.threadSends, state.sends, at);
  if (waitMs > 0) return denied(state, intent, waitMs);
  const counted: RoomState = { ...state, sends: bucket };
  if (!isBudgeted) return start(counted, intent);
  return step(counted, [], {
    type: 'spend',
    sender: intent.sender,
    intent: { kind: 'spend', start: intent },
  });
}

/** The message and the start of its run are one write (rule R1). */
export function start(state: RoomState, intent: StartIntent): Step {
  const { message, run } = intent;
  const change: ThreadCommit = {
    append: intent.kind === 'accept' ? [...state.unstored, message] : state.unstored,
    open: run,
    upstreamThreadId: state.upstreamThreadId,
  };
  return step(state, [], { type: 'commit', change, intent });
}

/** It stays with its sender. */
export function denied(state: RoomState, { sender, message }: StartIntent, retryAfterMs: number): Step {
  return refuse(state, sender, 'rate_limited', { messageId: message.id, retryAfterMs });
}

/** A room that slept has forgotten what it counted; what it stored says when it was sent. */
export function sendsOf(rates: StartLimits['rates'], messages: readonly ThreadMessage[]): Bucket | undefined {
  let bucket: Bucket | undefined;
  for (const { role, timestamp } of messages) {
    if (role === 'user') bucket = take(rates.threadSends, bucket, timestamp).bucket;
  }
  return bucket;
}
