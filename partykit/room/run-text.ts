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
export function sendOrWait(run: Run): Moved {
  return run.unsent === '' || run.flow !== 'open' ? { run, effects: [] } : flushAndWait(run);
}

function flushAndWait(run: Run): Moved {
  const flushed = flush(run);
  return {
    run: { ...flushed.run, flow: 'waiting' },
    effects: [...flushed.effects, flushTimerIn(run, run.intervalMs)],
  };
}

function flushTimerIn(run: Run, delayMs: number): Effect {
  return { type: 'setTimer', runId: run.messageId, name: 'flush', delayMs };
}

export function flush(run: Run): Moved {
  if (run.unsent === '') return { run, effects: [] };
  const frame: ServerFrame = {
    type: 'token',
    content: run.unsent,
    messageId: run.messageId,
    offset: sentLength(run),
  };
  return {
    run: { ...run, unsent: '' },
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

/**
 * The interval is over by a timer, not by the clock, and text waits for one more timer that is due at once: where a busy machine
 * takes longer to send a frame to all than the interval lasts, text has piled up meanwhile, and is read by then. By the clock
 * each token would be due as soon as it is read: a frame for every one, and the room falls behind for as long as text comes.
 */
export function flushTimer(state: RoomState, run: Run): Step {
  if (run.flow === 'waiting') {
    return step({ ...state, run: { ...run, flow: 'settling' } }, [flushTimerIn(run, 0)]);
  }
  const flushed = sendOrWait({ ...run, flow: 'open' });
  return step({ ...state, run: flushed.run }, flushed.effects);
}

export function checkpointTimer(state: RoomState, run: Run): Step {
  const saved = save(run);
  return step({ ...state, run: saved.run }, saved.effects);
}
