/** A run from its start on: what it is made of, what its upstream says, what ends it (rules S3, R1, R3). Pure. */
import { ANSWER_MAX_CHARS, TOKEN_INTERVAL_MS, type ThreadMessage } from '#protocol';
import { endRun } from './ending.ts';
import type { StartedRun, UpstreamOutcome } from './ports.ts';
import type { RunLimits } from './run-limits.ts';
import { saveOrWait, sendOrWait, tokenIntervalMs } from './run-text.ts';
import { step, type Input, type RoomState, type Run, type Step } from './state.ts';

/** `text`: what clients and storage have of it. */
export function runOf(started: StartedRun, text: string): Run {
  return {
    ...started,
    text,
    unsent: '',
    unsaved: '',
    tokens: 0,
    intervalMs: TOKEN_INTERVAL_MS,
    aliveAt: started.startedAt,
    flow: 'open',
    checkpointScheduled: false,
    ending: undefined,
  };
}

/** Opens a run whose start is in storage, and asks the upstream. */
export function beginRun(
  state: RoomState,
  started: StartedRun,
  question: ThreadMessage,
  threadId: string,
  limits: RunLimits,
): Step {
  const run = runOf(started, '');
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
      request: {
        runId: run.messageId,
        message: question.content,
        messageId: question.id,
        threadId: state.upstreamThreadId ?? threadId,
        history,
      },
    },
  ]);
}

export function addToken(
  state: RoomState,
  run: Run,
  { text, audience, at }: Extract<Input, { type: 'token' }>,
): Step {
  const room = ANSWER_MAX_CHARS - run.text.length;
  const added = text.length > room ? text.slice(0, room) : text;
  const grown: Run = {
    ...run,
    text: run.text + added,
    unsent: run.unsent + added,
    unsaved: run.unsaved + added,
    tokens: run.tokens + 1,
    intervalMs: tokenIntervalMs(audience),
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
  const sending = sendOrWait(grown);
  const saving = saveOrWait(sending.run);
  return step({ ...state, run: saving.run }, [...sending.effects, ...saving.effects]);
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
