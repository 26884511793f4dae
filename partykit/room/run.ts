/**
 * A run from its start to its end: what it sends, when it is written down, what ends it (rules S1 to S4, R1 to R3).
 * Pure; the costs of a token do not depend on how long the answer already is.
 */
import { ANSWER_MAX_CHARS, TOKEN_INTERVAL_MS, type ServerFrame, type ThreadMessage } from '#protocol';
import { errorFrame } from './error-frame.ts';
import type { StartedRun, UpstreamOutcome } from './ports.ts';
import { CHECKPOINT_CHARS, CHECKPOINT_INTERVAL_MS, type RunLimits } from './run-limits.ts';
import { step, type Effect, type RoomState, type Run, type RunEnd, type Step } from './state.ts';

/** How many messages the room keeps at hand before it drops the older half. */
const RECENT_MAX = 100;
const RECENT_KEPT = 50;

export function remember(state: RoomState, message: ThreadMessage): RoomState {
  const recent = [...state.recent, message];
  return {
    ...state,
    recent: recent.length > RECENT_MAX ? recent.slice(-RECENT_KEPT) : recent,
    count: state.count + 1,
  };
}

export function sentLength(run: Run): number {
  return run.text.length - run.unsent.length;
}

/** Opens a run whose start is in storage, and asks the upstream. */
export function beginRun(
  state: RoomState,
  started: StartedRun,
  question: ThreadMessage,
  threadId: string,
  limits: RunLimits,
): Step {
  const run: Run = {
    ...started,
    text: '',
    unsent: '',
    unsaved: '',
    sentAt: undefined,
    aliveAt: started.startedAt,
    flushScheduled: false,
    checkpointScheduled: false,
  };
  // Of a retried question, what came after it is no part of what led to it.
  const place = state.recent.findIndex(({ id }) => id === question.id);
  const history = place === -1 ? state.recent : state.recent.slice(0, place);
  return step({ ...state, run }, [
    {
      type: 'broadcast',
      frame: { type: 'streaming', isStreaming: true, messageId: run.messageId, gen: state.gen },
    },
    { type: 'setTimer', runId: run.messageId, name: 'idle', delayMs: limits.idleMs },
    { type: 'setTimer', runId: run.messageId, name: 'total', delayMs: limits.totalMs },
    { type: 'log', entry: { event: 'run_started', gen: state.gen } },
    {
      type: 'startUpstream',
      runId: run.messageId,
      request: { message: question.content, threadId: state.upstreamThreadId ?? threadId, history },
    },
  ]);
}

export function addToken(state: RoomState, run: Run, text: string, at: number): Step {
  const room = ANSWER_MAX_CHARS - run.text.length;
  const added = text.length > room ? text.slice(0, room) : text;
  const grown: Run = {
    ...run,
    text: run.text + added,
    unsent: run.unsent + added,
    unsaved: run.unsaved + added,
    aliveAt: at,
  };
  if (text.length > room) {
    const failure = {
      ok: false,
      code: 'upstream_overflow',
      hint: `answers are cut at ${ANSWER_MAX_CHARS} characters`,
    } as const;
    return endRun({ ...state, run: grown }, grown, { status: 'failed', failure }, at);
  }
  const sending = sendOrWait(grown, at);
  const saving = saveOrWait(sending.run);
  return step({ ...state, run: saving.run }, [...sending.effects, ...saving.effects]);
}

interface Moved {
  readonly run: Run;
  readonly effects: readonly Effect[];
}

/** Rule S2: the first at once, later ones at most once an interval. */
function sendOrWait(run: Run, at: number): Moved {
  if (run.unsent === '' || run.flushScheduled) return { run, effects: [] };
  const wait = run.sentAt === undefined ? 0 : run.sentAt + TOKEN_INTERVAL_MS - at;
  if (wait <= 0) return flush(run, at);
  return {
    run: { ...run, flushScheduled: true },
    effects: [{ type: 'setTimer', runId: run.messageId, name: 'flush', delayMs: wait }],
  };
}

function flush(run: Run, at: number): Moved {
  if (run.unsent === '') return { run: { ...run, flushScheduled: false }, effects: [] };
  const frame: ServerFrame = {
    type: 'token',
    content: run.unsent,
    messageId: run.messageId,
    offset: sentLength(run),
  };
  return {
    run: { ...run, unsent: '', sentAt: at, flushScheduled: false },
    effects: [{ type: 'broadcast', frame }],
  };
}

function saveOrWait(run: Run): Moved {
  if (run.unsaved.length >= CHECKPOINT_CHARS) return save(run);
  if (run.unsaved === '' || run.checkpointScheduled) return { run, effects: [] };
  const effects: readonly Effect[] = [
    { type: 'setTimer', runId: run.messageId, name: 'checkpoint', delayMs: CHECKPOINT_INTERVAL_MS },
  ];
  return { run: { ...run, checkpointScheduled: true }, effects };
}

/** One write holds at most `CHECKPOINT_CHARS`: a service may send its whole answer as one token. */
function save(run: Run): Moved {
  const effects: Effect[] = [];
  for (let from = 0; from < run.unsaved.length; from += CHECKPOINT_CHARS) {
    effects.push({ type: 'checkpoint', text: run.unsaved.slice(from, from + CHECKPOINT_CHARS) });
  }
  return { run: { ...run, unsaved: '', checkpointScheduled: false }, effects };
}

export function flushTimer(state: RoomState, run: Run, at: number): Step {
  const flushed = flush(run, at);
  return step({ ...state, run: flushed.run }, flushed.effects);
}

export function checkpointTimer(state: RoomState, run: Run): Step {
  const saved = save(run);
  return step({ ...state, run: saved.run }, saved.effects);
}

/** The idle timer is not reset by each byte: when it fires it waits for what is left. */
export function idleTimer(state: RoomState, run: Run, at: number, limits: RunLimits): Step {
  const left = run.aliveAt + limits.idleMs - at;
  if (left > 0) return step(state, [{ type: 'setTimer', runId: run.messageId, name: 'idle', delayMs: left }]);
  const hint = `not a byte from the upstream for ${Math.round(limits.idleMs / 1000)} s; RUN_IDLE_LIMIT_MS allows more`;
  return endRun(state, run, { status: 'failed', failure: { ok: false, code: 'upstream_timeout', hint } }, at);
}

/** May fire early too: no timer is longer than `TIMER_MAX_MS`. */
export function totalTimer(state: RoomState, run: Run, at: number, limits: RunLimits): Step {
  const left = run.startedAt + limits.totalMs - at;
  if (left > 0)
    return step(state, [{ type: 'setTimer', runId: run.messageId, name: 'total', delayMs: left }]);
  const hint = `the run took longer than ${Math.round(limits.totalMs / 1000)} s; RUN_TOTAL_LIMIT_MS allows more`;
  return endRun(state, run, { status: 'failed', failure: { ok: false, code: 'upstream_timeout', hint } }, at);
}

export function upstreamEnded(state: RoomState, run: Run, outcome: UpstreamOutcome, at: number): Step {
  return endRun(state, run, outcome.ok ? { status: 'complete' } : { status: 'failed', failure: outcome }, at);
}

/** Closes the run and asks storage to keep what there is of it; `runStored` tells the clients. */
export function endRun(state: RoomState, run: Run, end: RunEnd, at: number): Step {
  const flushed = flush(run, at);
  const message = answerOf(run, end, at);
  const entry = {
    event: 'run_ended',
    status: end.status,
    code: end.status === 'failed' ? end.failure.code : undefined,
    hint: end.status === 'failed' ? end.failure.hint : undefined,
    chars: run.text.length,
    ms: at - run.startedAt,
  };
  return step(
    { ...state, run: undefined },
    [{ type: 'abortUpstream' }, { type: 'clearTimers' }, ...flushed.effects, { type: 'log', entry }],
    {
      type: 'commit',
      change: {
        append: [...state.unstored, message],
        open: undefined,
        upstreamThreadId: state.upstreamThreadId,
      },
      intent: { kind: 'end', message, outcome: end },
    },
  );
}

export function answerOf(
  run: StartedRun & { readonly text: string },
  end: RunEnd,
  at: number,
): ThreadMessage {
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
export function announceEnd(state: RoomState, message: ThreadMessage, end: RunEnd): readonly Effect[] {
  const frames: ServerFrame[] = [
    {
      type: 'done',
      messageId: message.id,
      fullContent: message.content,
      status: message.status,
      timestamp: message.timestamp,
      ...(message.error === undefined ? {} : { error: message.error }),
      gen: state.gen,
    },
  ];
  if (end.status === 'failed') {
    const { code, retryAfterMs } = end.failure;
    frames.push(errorFrame(code, { messageId: message.id, retryAfterMs }));
  }
  frames.push({ type: 'streaming', isStreaming: false, messageId: message.id, gen: state.gen });
  return frames.map((frame): Effect =>
    frame.type === 'done' && frame.fullContent === ''
      ? { type: 'broadcast', frame, since: 1 }
      : { type: 'broadcast', frame },
  );
}
