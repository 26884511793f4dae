/** What a relay counts, and how the entries of its log are counted. Numbers only: nothing of what people wrote. */
import * as z from 'zod/mini';
import type { LogEntry } from '../room/ports.ts';

const whole = z.int().check(z.nonnegative());

/** Another version of the relay may not know a count, or know one more. */
const count = z._default(whole, 0);

/** By a status or a code. The names become labels, so no other characters are let in. */
const counts = z._default(z.record(z.string().check(z.regex(/^[a-z][a-z_]{0,63}$/)), whole), {});

/** What crosses from a room to the ledger, and what the ledger stores. */
export const countsSchema = z.object({
  connections: count,
  /** Connections of clients that came with a cursor: they were here before. */
  reconnects: count,
  /** Clients that were sent away because they read too slowly. */
  slowClients: count,
  runsStarted: count,
  /** By status: `complete`, `stopped`, `interrupted` or `failed`. */
  runsEnded: counts,
  /** As the upstream sent them, of runs that ended while the relay lived. */
  tokens: count,
  /** UTF-16 code units. */
  answerChars: count,
  /** Errors that clients were told, by code. */
  errors: counts,
  threadsCleared: count,
  storageFailures: count,
  /** Stored values that could not be read. */
  storageCorrupt: count,
  roomBugs: count,
});

export type Counts = Readonly<z.infer<typeof countsSchema>>;

type ByName = Readonly<Record<string, number>>;

export const NO_COUNTS: Counts = countsSchema.parse({});

/** What one log entry adds; undefined where it is not counted. */
export function countOf(entry: LogEntry): Partial<Counts> | undefined {
  switch (entry.event) {
    case 'connected':
      return { connections: 1, reconnects: entry['resumed'] === true ? 1 : 0 };
    case 'client_slow':
      return { slowClients: 1 };
    case 'run_started':
      return { runsStarted: 1 };
    case 'run_ended':
      return {
        runsEnded: once(entry['status']),
        tokens: numberOf(entry['tokens']),
        answerChars: numberOf(entry['chars']),
        errors: once(entry['code']),
      };
    case 'run_interrupted':
      return { runsEnded: { interrupted: 1 }, answerChars: numberOf(entry['chars']) };
    case 'refused':
      return { errors: once(entry['code']) };
    case 'thread_cleared':
      return { threadsCleared: 1 };
    case 'storage_failed':
      return { storageFailures: 1 };
    case 'storage_corrupt':
      return { storageCorrupt: 1 };
    case 'room_bug':
      return { roomBugs: 1 };
    default:
      return undefined;
  }
}

export function add(counts: Counts, more: Partial<Counts>): Counts {
  return {
    connections: counts.connections + (more.connections ?? 0),
    reconnects: counts.reconnects + (more.reconnects ?? 0),
    slowClients: counts.slowClients + (more.slowClients ?? 0),
    runsStarted: counts.runsStarted + (more.runsStarted ?? 0),
    runsEnded: addByName(counts.runsEnded, more.runsEnded),
    tokens: counts.tokens + (more.tokens ?? 0),
    answerChars: counts.answerChars + (more.answerChars ?? 0),
    errors: addByName(counts.errors, more.errors),
    threadsCleared: counts.threadsCleared + (more.threadsCleared ?? 0),
    storageFailures: counts.storageFailures + (more.storageFailures ?? 0),
    storageCorrupt: counts.storageCorrupt + (more.storageCorrupt ?? 0),
    roomBugs: counts.roomBugs + (more.roomBugs ?? 0),
  };
}

function addByName(counts: ByName, more: ByName = {}): Record<string, number> {
  const sums = { ...counts };
  for (const [name, number] of Object.entries(more)) sums[name] = (sums[name] ?? 0) + number;
  return sums;
}

function once(name: LogEntry[string]): Record<string, number> {
  return typeof name === 'string' ? { [name]: 1 } : {};
}

function numberOf(value: LogEntry[string]): number {
  return typeof value === 'number' ? value : 0;
}
