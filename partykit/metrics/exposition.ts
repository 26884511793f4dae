/** Counts as Prometheus reads them (text format 0.0.4). Same counts, same text: the order is fixed. */
import { ERROR_CODES, type MessageStatus } from '#protocol';
import type { Counts } from './counts.ts';

export const EXPOSITION_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

interface Counter {
  readonly name: string;
  readonly help: string;
}

interface Plain extends Counter {
  readonly valueOf: (counts: Counts) => number;
}

interface Labelled extends Counter {
  readonly label: string;
  /** Told from the start, with 0: a series that begins with its first event hides that event from `rate()`. */
  readonly known: readonly string[];
  readonly valuesOf: (counts: Counts) => Readonly<Record<string, number>>;
}

const STATUSES: readonly MessageStatus[] = ['complete', 'failed', 'interrupted', 'stopped'];

const COUNTERS: readonly (Plain | Labelled)[] = [
  {
    name: 'ivy_connections_total',
    help: 'Clients that were greeted.',
    valueOf: ({ connections }) => connections,
  },
  {
    name: 'ivy_reconnects_total',
    help: 'Clients among them that had been here before.',
    valueOf: ({ reconnects }) => reconnects,
  },
  {
    name: 'ivy_slow_clients_total',
    help: 'Clients that were sent away because they read too slowly.',
    valueOf: ({ slowClients }) => slowClients,
  },
  {
    name: 'ivy_runs_started_total',
    help: 'Answers that were asked for.',
    valueOf: ({ runsStarted }) => runsStarted,
  },
  {
    name: 'ivy_runs_ended_total',
    help: 'Answers that ended, by status.',
    label: 'status',
    known: STATUSES,
    valuesOf: ({ runsEnded }) => runsEnded,
  },
  { name: 'ivy_tokens_total', help: 'Tokens that the agent service sent.', valueOf: ({ tokens }) => tokens },
  {
    name: 'ivy_answer_chars_total',
    help: 'Characters in all answers, in UTF-16 code units.',
    valueOf: ({ answerChars }) => answerChars,
  },
  {
    name: 'ivy_errors_total',
    help: 'Errors that clients were told, by code.',
    label: 'code',
    known: Object.keys(ERROR_CODES),
    valuesOf: ({ errors }) => errors,
  },
  {
    name: 'ivy_threads_cleared_total',
    help: 'Threads that were cleared.',
    valueOf: ({ threadsCleared }) => threadsCleared,
  },
  {
    name: 'ivy_storage_failures_total',
    help: 'Reads and writes that storage refused.',
    valueOf: ({ storageFailures }) => storageFailures,
  },
  {
    name: 'ivy_storage_corrupt_total',
    help: 'Stored values that could not be read.',
    valueOf: ({ storageCorrupt }) => storageCorrupt,
  },
  {
    name: 'ivy_room_bugs_total',
    help: 'Inputs on which a room failed by its own fault.',
    valueOf: ({ roomBugs }) => roomBugs,
  },
];

export function expositionOf(counts: Counts): string {
  return COUNTERS.flatMap((counter) => [
    `# HELP ${counter.name} ${counter.help}\n`,
    `# TYPE ${counter.name} counter\n`,
    ...samplesOf(counter, counts),
  ]).join('');
}

function samplesOf(counter: Plain | Labelled, counts: Counts): readonly string[] {
  if (!('label' in counter)) return [`${counter.name} ${counter.valueOf(counts)}\n`];
  const none = Object.fromEntries(counter.known.map((value) => [value, 0]));
  return Object.entries({ ...none, ...counter.valuesOf(counts) })
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([value, number]) => `${counter.name}{${counter.label}="${value}"} ${number}\n`);
}
