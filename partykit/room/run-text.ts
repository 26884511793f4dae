/** The growing text of a run: when it is sent (rules S1, S2), and when it is written down (rule R2). Pure. */
import { leanText, TOKEN_INTERVAL_MS, type ServerFrame } from '#protocol';
import { CHECKPOINT_CHARS, CHECKPOINT_INTERVAL_MS } from './run-limits.ts';
import { step, type Effect, type RoomState, type Run, type Step } from './state.ts';

export function sentLength(run: Run): number {
  return run.text.length - run.unsent.length;
}

interface Moved {
  readonly run: Run;
  readonly effects: readonly Effect[];
}

/**
 * Rule S2: how many frames with text leave a room in a second, over all of its clients. A platform takes some 20 µs for one,
 * whatever it holds: with more of them the next text would be due before the last is out, and all would fall behind.
 */
const FRAMES_A_SECOND_MAX = 15_000;

/** From one frame to the next, in ms. */
export function tokenIntervalMs(audience: number): number {
  return Math.max(TOKEN_INTERVAL_MS, Math.ceil((audience * 1000) / FRAMES_A_SECOND_MAX));
}

/** Rule S2: the first at once, later ones at most once an interval. */
export function sendOrWait(run: Run, at: number, audience: number): Moved {
  if (run.unsent === '' || run.flushScheduled) return { run, effects: [] };
  const wait = run.sentAt === undefined ? 0 : run.sentAt + tokenIntervalMs(audience) - at;
  if (wait <= 0) return flush(run, at);
  return {
    run: { ...run, flushScheduled: true },
    effects: [{ type: 'setTimer', runId: run.messageId, name: 'flush', delayMs: wait }],
  };
}

export function flush(run: Run, at: number): Moved {
  if (run.unsent === '') return { run: { ...run, flushScheduled: false }, effects: [] };
  const frame: ServerFrame = {
    type: 'token',
    content: run.unsent,
    messageId: run.messageId,
    offset: sentLength(run),
  };
  return {
    run: { ...run, unsent: '', sentAt: at, flushScheduled: false },
    effects: [{ type: 'broadcast', frame, lean: leanText(run.unsent) }],
  };
}

export function saveOrWait(run: Run): Moved {
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
