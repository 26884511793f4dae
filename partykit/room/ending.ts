/** The end of a run: what is kept of it, who is told, and what happens when storage refuses (rules S3, S4, F49). Pure. */
import { encodeFrame, leanEnd, type ServerFrame, type ServerFrameOf, type ThreadMessage } from '#protocol';
import { errorFrame } from './error-frame.ts';
import type { StartedRun } from './ports.ts';
import { flush } from './run-text.ts';
import {
  remember,
  step,
  type Effect,
  type EndIntent,
  type RoomState,
  type Run,
  type RunEnd,
  type Step,
} from './state.ts';

/** How often storage is asked to keep an end before people are told of it anyway, and the first wait between; each is twice the one before. */
const END_ATTEMPTS = 5;
const END_AGAIN_FIRST_MS = 250;

/** Waits before an ended answer that storage refused is written again; each is twice the one before. */
const STORE_AGAIN_FIRST_MS = 1_000;
const STORE_AGAIN_MAX_MS = 60_000;

/** Asks storage to keep what there is of the run; when it has, the run is closed and the clients are told. */
export function endRun(state: RoomState, run: Run, end: RunEnd, at: number): Step {
  const flushed = flush(run);
  const effects: readonly Effect[] = [
    { type: 'abortUpstream' },
    { type: 'clearTimers' },
    ...flushed.effects,
    logEnd(run, end, at),
  ];
  return keepEnd({ ...state, run: flushed.run }, effects, {
    kind: 'end',
    message: answerOf(run, end, at),
    outcome: end,
    attempt: 1,
  });
}

/** The same for a run that was found open when the room woke. */
export function interruptedRun(state: RoomState, run: Run, at: number): Step {
  const outcome = { status: 'interrupted' } as const;
  const log: Effect = { type: 'log', entry: { event: 'run_interrupted', chars: run.text.length } };
  const message = answerOf(run, outcome, at);
  return keepEnd({ ...state, run }, [log], { kind: 'end', message, outcome, attempt: 1 });
}

function keepEnd(state: RoomState, effects: readonly Effect[], intent: EndIntent): Step {
  const { unstored, upstreamThreadId } = state;
  return step(state, effects, {
    type: 'commit',
    change: { append: [...unstored, intent.message], open: undefined, upstreamThreadId },
    intent,
  });
}

function logEnd(run: Run, end: RunEnd, at: number): Effect {
  const failure = end.status === 'failed' ? end.failure : undefined;
  return {
    type: 'log',
    entry: {
      event: 'run_ended',
      status: end.status,
      code: failure?.code,
      hint: failure?.hint,
      tokens: run.tokens,
      chars: run.text.length,
      ms: at - run.startedAt,
    },
  };
}

function answerOf(run: StartedRun & { readonly text: string }, end: RunEnd, at: number): ThreadMessage {
  return {
    id: run.messageId,
    role: 'assistant',
    content: run.text,
    timestamp: at,
    status: end.status,
    ...(end.status === 'failed' ? { error: { code: end.failure.code } } : {}),
  };
}

/**
 * Rules S3 and S4: `done`, then the error of a failed run, then the end of streaming. A `done` without text is an empty
 * bubble to an original client, which has nothing to close with it: for that the end of streaming is enough.
 */
function announceEnd(state: RoomState, message: ThreadMessage, end: RunEnd): readonly Effect[] {
  const done: ServerFrameOf<'done'> = {
    type: 'done',
    messageId: message.id,
    fullContent: message.content,
    status: message.status,
    timestamp: message.timestamp,
    ...(message.error === undefined ? {} : { error: message.error }),
    gen: state.gen,
  };
  const after: ServerFrame[] = [];
  if (end.status === 'failed') {
    const { code, retryAfterMs } = end.failure;
    after.push(errorFrame(code, { messageId: message.id, retryAfterMs }));
  }
  after.push({ type: 'streaming', isStreaming: false, messageId: message.id, gen: state.gen });
  const effects = after.map((frame): Effect => ({ type: 'broadcast', frame }));
  return [
    {
      type: 'broadcast',
      frame: done,
      ...(done.fullContent === '' ? { since: 1 } : {}),
      lean: leanDone(state, done),
    },
    ...effects,
  ];
}

/** Rule S8. A run that was found open when the room woke may be shorter now than what people have seen of it. */
function leanDone(state: RoomState, done: ServerFrameOf<'done'>): string | undefined {
  const isTold = state.run?.unsent === '' && done.status !== 'interrupted';
  return isTold ? encodeFrame(leanEnd(done)) : undefined;
}

/** What is told of a run whose thread is gone. */
export function clearedRun(state: RoomState, run: Run, at: number): readonly Effect[] {
  if (run.ending !== undefined) return announceEnd(state, run.ending.message, run.ending.outcome);
  const end = { status: 'stopped' } as const;
  return [
    { type: 'abortUpstream' },
    { type: 'clearTimers' },
    logEnd(run, end, at),
    ...announceEnd(state, answerOf(run, end, at), end),
  ];
}

export function ended(state: RoomState, { message, outcome }: EndIntent): Step {
  const over: RoomState = { ...state, run: undefined };
  return step(remember(over, message), announceEnd(state, message, outcome));
}

/** Nothing is open while anything is unstored: a run begins with a commit that takes it along. */
export function storeAgain(state: RoomState, afterMs: number): Step {
  const ending = state.run?.ending;
  if (ending !== undefined) return keepEnd(state, [], { ...ending, attempt: ending.attempt + 1 });
  const { unstored, upstreamThreadId } = state;
  if (unstored.length === 0) return step(state);
  return step(state, [], {
    type: 'commit',
    change: { append: unstored, open: undefined, upstreamThreadId },
    intent: { kind: 'store', afterMs },
  });
}

/**
 * An end is told when it is stored, so that a relay that dies does not end the run another way. When storage goes on
 * refusing, people are told all the same: the answer is kept here and written later.
 */
export function endRefused(state: RoomState, intent: EndIntent, log: Effect): Step {
  const afterMs = END_AGAIN_FIRST_MS * 2 ** (intent.attempt - 1);
  if (state.run !== undefined && intent.attempt < END_ATTEMPTS) {
    return step({ ...state, run: { ...state.run, ending: intent } }, [log, { type: 'storeLater', afterMs }]);
  }
  const told = ended(state, intent);
  return step({ ...told.state, unstored: [...state.unstored, intent.message] }, [
    log,
    ...told.effects,
    { type: 'storeLater', afterMs: STORE_AGAIN_FIRST_MS },
  ]);
}

export function storeRefused(state: RoomState, waitedMs: number, log: Effect): Step {
  const afterMs = Math.min(waitedMs * 2, STORE_AGAIN_MAX_MS);
  return step(state, [log, { type: 'storeLater', afterMs }]);
}
