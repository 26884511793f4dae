/** A room with everything that it needs on a Workers runtime; both platform adapters are built on it. */
import { threadOfRoom } from '#protocol';
import { renewIn } from './admission/keeper.ts';
import { remoteBudget, type AskBudget } from './budget/budget-wire.ts';
import { readConfig, readMetricsToken } from './env.ts';
import { fingerprint } from './fingerprint.ts';
import { writeLogLine } from './log-line.ts';
import { remoteLedger, type AskLedger } from './metrics/ledger-wire.ts';
import { Tally } from './metrics/tally.ts';
import type { Budget, Clock, LogEntry, RoomPorts, Sockets } from './room/ports.ts';
import { DEFAULT_RATE_SETTINGS, ratesOf } from './room/rates.ts';
import { Room } from './room/room.ts';
import { DEFAULT_RUN_LIMITS } from './room/run-limits.ts';
import type { KeyValueStore } from './storage/key-value-store.ts';
import { PartyStorage } from './storage/party-storage.ts';
import { unconfiguredUpstream } from './upstream/http-upstream.ts';
import { memoryOf, upstreamOf } from './upstream/service.ts';

export interface RelayRoomParts {
  readonly roomName: string;
  readonly variables: unknown;
  readonly store: KeyValueStore;
  readonly sockets: Sockets;
  readonly askLedger: AskLedger;
  readonly askBudget: AskBudget;
  readonly setAlarm: RoomPorts['setAlarm'];
}

const CLOCK: Clock = {
  now: () => Date.now(),
  schedule: (delayMs, task) => {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};

type Log = (entry: LogEntry) => void;

/** One line an event, for the operator: no message text, no key, no address, and the thread only by its fingerprint. */
function logOf(roomName: string): Log {
  const thread = fingerprint(roomName);
  return ({ event, ...fields }) => writeLogLine({ event, thread, ...fields });
}

/** Where metrics are off, nothing is counted and the ledger is never asked. */
function counted(writeLog: Log, variables: unknown, askLedger: AskLedger): Log {
  if (readMetricsToken(variables) === undefined) return writeLog;
  const tally = new Tally({
    clock: CLOCK,
    report: (counts) => remoteLedger(askLedger).report(counts),
    onUnreported: () => writeLog({ event: 'metrics_unreported' }),
  });
  return (entry) => {
    writeLog(entry);
    tally.take(entry);
  };
}

export function relayRoom(parts: RelayRoomParts): Room {
  const { roomName, variables, store, sockets, askLedger, askBudget, setAlarm } = parts;
  const thread = threadOfRoom(roomName);
  const config = readConfig(variables);
  const log = counted(logOf(roomName), variables, askLedger);
  if (!config.ok) for (const problem of config.failure) log({ event: 'misconfigured', problem });
  const runsPerDay = config.ok ? config.value.runsPerDay : undefined;
  const budgetOf = (limit: number): Budget =>
    remoteBudget({
      ask: askBudget,
      limit,
      fallback: fingerprint(roomName),
      onUnasked: () => log({ event: 'budget_unasked' }),
    });
  return new Room(
    {
      // Admission let nobody else in.
      threadId: thread.ok ? thread.value : roomName,
      limits: config.ok ? config.value.limits : DEFAULT_RUN_LIMITS,
      rates: config.ok ? config.value.rates : ratesOf(DEFAULT_RATE_SETTINGS),
    },
    {
      storage: new PartyStorage(store, { onCorrupt: (what) => log({ event: 'storage_corrupt', what }) }),
      upstream: config.ok
        ? upstreamOf(config.value.service)
        : unconfiguredUpstream(config.failure.join('; ')),
      memory: config.ok ? memoryOf(config.value.service) : undefined,
      sockets,
      budget: runsPerDay === undefined ? undefined : budgetOf(runsPerDay),
      clock: CLOCK,
      newId: () => crypto.randomUUID(),
      log,
      renew: (token) => renewIn(variables, roomName, token),
      setAlarm,
    },
  );
}
