/**
 * Time and chance of a simulation: vitest's fake timers, moved one timer at a time, with everything that a timer causes
 * done before the next. A turn of the real event loop between two timers lets all promises run and costs microseconds.
 */
import { vi } from 'vitest';
import type { SeededRandom } from './seeded-random.ts';

const realImmediate = setImmediate;

export const START_MS = Date.UTC(2026, 0, 1);

/** From here on timers, dates, `Math.random` and UUIDs are the simulation's. */
export function takeOverTime(random: SeededRandom, nextId: () => string): void {
  vi.useFakeTimers({
    now: START_MS,
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
  });
  vi.spyOn(Math, 'random').mockImplementation(() => random.next());
  vi.stubGlobal('crypto', { randomUUID: nextId });
}

export function giveTimeBack(): void {
  vi.clearAllTimers();
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
}

function promisesRun(): Promise<void> {
  return new Promise((resolve) => {
    realImmediate(resolve);
  });
}

/** `pump` moves what can move without time passing, and says whether anything did. */
export async function settle(pump: () => boolean): Promise<void> {
  do await promisesRun();
  while (pump());
}

export async function passTime(ms: number, pump: () => boolean): Promise<void> {
  const end = { reached: false };
  setTimeout(() => {
    end.reached = true;
  }, ms);
  while (!end.reached) {
    vi.advanceTimersToNextTimer();
    await settle(pump);
  }
}

/** Timers that wait, of clients and relay alike. */
export function timersLeft(): number {
  return vi.getTimerCount();
}
