/**
 * The room's decisions: `transition(state, input)` gives the next state and what is to be done about it. Pure. What a
 * run does is in run.ts, how it ends in ending.ts, what a client is told on arrival in greeting.ts; this file says which
 * input leads where.
 */
import type { FrameFailure, ThreadMessage } from '#protocol';
import { clearedRun, ended, endRefused, endRun, interruptedRun, storeAgain, storeRefused } from './ending.ts';
import { greet, greetOriginal, historyFrame, pageFor } from './greeting.ts';
import { messageOf } from './error-frame.ts';
import type { StoredThread } from './ports.ts';
import { isNew, recall, recalled, rememberAll } from './recall.ts';
import { refuse } from './refusal.ts';
import type { RunLimits } from './run-limits.ts';
import { addToken, beginRun, idleTimer, runOf, totalTimer, upstreamEnded } from './run.ts';
import { checkpointTimer, flushTimer } from './run-text.ts';
import { denied, found, retry, sendsOf, start, type StartLimits } from './starting.ts';
import {
  remember,
  step,
  type Effect,
  type Input,
  type Intent,
  type Occasion,
  type RequestFrame,
  type RoomState,
  type Run,
  type Sender,
  type Step,
} from './state.ts';
import { take } from './token-bucket.ts';

/** How many messages a page holds when the client does not say. */
const PAGE_MESSAGES = 50;

export interface MachineConfig extends StartLimits {
  /** The widget's `thread-id`: the upstream's name for the thread until it is cleared (rule R5). */
  readonly threadId: string;
  readonly limits: RunLimits;
  /** Whether the agent service is asked what it knows of a new thread (`UpstreamMemory`). */
  readonly hasMemory: boolean;
}

export const ASLEEP: RoomState = {
  gen: 0,
  upstreamThreadId: undefined,
  count: 0,
  recent: [],
  run: undefined,
  unstored: [],
  sends: undefined,
  requests: { writers: undefined, readers: undefined },
};

export function transition(config: MachineConfig, state: RoomState, input: Input): Step {
  switch (input.type) {
    case 'woken':
      return wake(config, input.stored, input.at);
    case 'connected':
      return greet(state, input.sender, occasionOf(input), input.cursor);
    case 'unreadable':
      return unreadable(state, input.sender, input.failure);
    case 'toldEnough':
      return refuse(state, input.sender, 'rate_limited', { retryAfterMs: input.retryAfterMs });
    case 'frame':
      return receive(config, state, input.sender, input.frame, input.at, input.freshId);
    case 'found':
      return found(config, state, input.intent, input.message, input.at);
    case 'paged':
      return paged(state, input.intent, input.page);
    case 'allowed':
      return start(state, input.intent.start);
    case 'denied':
      return denied(state, input.intent.start, input.retryAfterMs);
    case 'recalled':
      return recalled(state, input.past, input.at, (place) => `${input.freshId}-${place}`);
    case 'stored':
      return stored(config, state, input.intent, input.at);
    case 'refused':
      return refused(state, input.intent);
    case 'storeAgain':
      return storeAgain(state, input.afterMs);
    case 'token':
    case 'alive':
    case 'threadNamed':
    case 'ended':
    case 'timer':
      return isProducing(state.run, input.runId) ? running(config, state, state.run, input) : step(state);
  }
}

function occasionOf({ access, lean }: Extract<Input, { type: 'connected' }>): Occasion {
  return { kind: 'connect', access, lean };
}

function isProducing(run: Run | undefined, runId: string): run is Run {
  return run?.messageId === runId && run.ending === undefined;
}

/** Rule R1: a run without a living producer has ended, with the text that reached storage. */
function wake({ rates, hasMemory, threadId }: MachineConfig, thread: StoredThread, at: number): Step {
  const { gen, upstreamThreadId, count, recent, open } = thread;
  const state: RoomState = { ...ASLEEP, gen, upstreamThreadId, count, recent, sends: sendsOf(rates, recent) };
  if (open !== undefined) return interruptedRun(state, runOf(open.run, open.text), at);
  return hasMemory && isNew(state) ? recall(state, upstreamThreadId ?? threadId) : step(state);
}

/** Rule V2: what is not known is ignored, what is known and wrong is answered. */
function unreadable(state: RoomState, sender: Sender, failure: FrameFailure): Step {
  switch (failure.kind) {
    case 'unknown':
      return step(state);
    case 'too_large':
      return refuse(state, sender, 'too_large');
    case 'malformed':
      return refuse(state, sender, 'bad_frame');
  }
}

function receive(
  config: MachineConfig,
  state: RoomState,
  sender: Sender,
  frame: RequestFrame,
  at: number,
  freshId: string,
): Step {
  // Heartbeats are not counted: a thread has as many of them as it has pages.
  if (frame.type === 'ping') return step(state, [{ type: 'send', to: sender.id, frame: { type: 'pong' } }]);
  // Apart, so that spectators cannot use up what writers need.
  const side = sender.write ? 'writers' : 'readers';
  const { bucket, waitMs } = take(config.rates.threadRequests, state.requests[side], at);
  const counted: RoomState = { ...state, requests: { ...state.requests, [side]: bucket } };
  if (waitMs === 0) return request(config, counted, sender, frame, at, freshId);
  return refuse(counted, sender, 'rate_limited', { messageId: messageOf(frame), retryAfterMs: waitMs });
}

function request(
  config: MachineConfig,
  state: RoomState,
  sender: Sender,
  frame: Exclude<RequestFrame, { type: 'ping' }>,
  at: number,
  freshId: string,
): Step {
  switch (frame.type) {
    case 'message': {
      const message: ThreadMessage = {
        id: frame.id ?? `${freshId}-u`,
        role: 'user',
        content: frame.content,
        timestamp: at,
        status: 'complete',
      };
      if (frame.gen !== undefined && frame.gen < state.gen) {
        return refuse(state, sender, 'interrupted', { messageId: message.id });
      }
      const intent: Intent = { kind: 'send', sender, message, runId: freshId };
      const known = state.recent.find(({ id }) => id === message.id);
      if (known !== undefined || frame.id === undefined || state.count <= state.recent.length) {
        return found(config, state, intent, known, at);
      }
      return step(state, [], { type: 'find', messageId: message.id, intent });
    }
    case 'history':
      // Asking again is being greeted again: an original client's snapshot may need storage (rule R4).
      if (frame.before === undefined) return greet(state, sender, { kind: 'request' }, frame.cursor);
      return step(state, [], {
        type: 'page',
        before: frame.before,
        limit: frame.limit ?? PAGE_MESSAGES,
        intent: { kind: 'page', sender },
      });
    case 'clear':
      return clear(state, sender, freshId);
    case 'stop':
      return state.run === undefined || state.run.ending !== undefined
        ? step(state)
        : endRun(state, state.run, { status: 'stopped' }, at);
    case 'retry':
      return retry(config, state, sender, frame.messageId, at, freshId);
  }
}

/** Nothing ends, and nobody is told, before the thread is forgotten in storage: a relay that dies here still has all of it. */
function clear(state: RoomState, sender: Sender, freshId: string): Step {
  const gen = state.gen + 1;
  return step(state, [], {
    type: 'reset',
    gen,
    upstreamThreadId: freshId,
    intent: { kind: 'clear', sender, gen, upstreamThreadId: freshId },
  });
}

/** Rules S3 and S6: an open run ends for everyone before the thread does. */
function cleared(state: RoomState, gen: number, upstreamThreadId: string, at: number): Step {
  const ended = state.run === undefined ? [] : clearedRun(state, state.run, at);
  const { sends, requests } = state;
  const empty: RoomState = { ...ASLEEP, gen, upstreamThreadId, sends, requests };
  return step(empty, [
    ...ended,
    { type: 'broadcast', frame: historyFrame(empty, { mode: 'full', messages: [] }) },
    { type: 'log', entry: { event: 'thread_cleared', gen } },
  ]);
}

function paged(state: RoomState, intent: Intent, page: Extract<Input, { type: 'paged' }>['page']): Step {
  if (intent.kind === 'greet') return greetOriginal(state, intent.sender, intent.occasion, page.messages);
  if (intent.kind === 'page') return pageFor(state, intent.sender, page);
  return step(state);
}

function stored(config: MachineConfig, state: RoomState, intent: Intent, at: number): Step {
  const kept: RoomState = { ...state, unstored: [] };
  switch (intent.kind) {
    case 'accept': {
      const accepted = remember(kept, intent.message);
      const begun = beginRun(accepted, intent.run, intent.message, config.threadId, config.limits);
      const echo: Effect = {
        type: 'broadcast',
        frame: { type: 'message', ...intent.message, gen: state.gen },
      };
      return { ...begun, effects: [echo, ...begun.effects] };
    }
    case 'retry':
      return beginRun(kept, intent.run, intent.message, config.threadId, config.limits);
    case 'end':
      return ended(kept, intent);
    case 'clear':
      return cleared(state, intent.gen, intent.upstreamThreadId, at);
    case 'recall':
      return rememberAll(kept, intent.messages);
    case 'store':
    case 'send':
    case 'spend':
    case 'greet':
    case 'page':
      return step(kept);
  }
}

/** Storage failed. Nothing was promised for what was asked. */
function refused(state: RoomState, intent: Intent): Step {
  const log: Effect = { type: 'log', entry: { event: 'storage_failed', during: intent.kind } };
  const tell = (sender: Sender, messageId?: string): Step => {
    const told = refuse(state, sender, 'storage_failed', { messageId });
    return { ...told, effects: [log, ...told.effects] };
  };
  switch (intent.kind) {
    case 'send':
    case 'accept':
    case 'retry':
      return tell(intent.sender, intent.message.id);
    case 'spend':
      return tell(intent.start.sender, intent.start.message.id);
    case 'end':
      return endRefused(state, intent, log);
    case 'recall':
      return step(state, [log]);
    case 'store':
      return storeRefused(state, intent.afterMs, log);
    case 'greet': {
      const greeted = greetOriginal(state, intent.sender, intent.occasion, []);
      return { ...greeted, effects: [log, ...greeted.effects] };
    }
    case 'clear':
    case 'page':
      return tell(intent.sender);
  }
}

/** What concerns the open run; whatever is left of an earlier one was dropped before. */
function running(config: MachineConfig, state: RoomState, run: Run, input: RunInput): Step {
  switch (input.type) {
    case 'token':
      return addToken(state, run, input);
    case 'alive':
      return step({ ...state, run: { ...run, aliveAt: input.at } });
    case 'threadNamed':
      return step({ ...state, upstreamThreadId: input.threadId });
    case 'ended':
      return upstreamEnded(state, run, input.outcome, input.at);
    case 'timer':
      return timer(config, state, run, input);
  }
}

type RunInput = Extract<Input, { readonly runId: string }>;

function timer(
  config: MachineConfig,
  state: RoomState,
  run: Run,
  input: Extract<Input, { type: 'timer' }>,
): Step {
  switch (input.name) {
    case 'flush':
      return flushTimer(state, run);
    case 'checkpoint':
      return checkpointTimer(state, run);
    case 'idle':
      return idleTimer(state, run, input.at, config.limits);
    case 'total':
      return totalTimer(state, run, input.at, config.limits);
  }
}
