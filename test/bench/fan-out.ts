/**
 * An answer of 500 tokens a second to a room of 1,000 clients: how late a token is, and what it takes. Beside it what `ws` alone
 * needs for the same stream, with tokens merged for as long as the relay merges them. All of it shares the cores of this machine:
 * the agent, the relay, and the clients.
 */
import { TOKEN_INTERVAL_MS } from '#protocol';
import { connect } from '../support/relay-client.ts';
import { question } from './agent-plan.ts';
import { BenchAgent } from './bench-agent.ts';
import { BenchProgram } from './bench-program.ts';
import { BenchRelay, freshThread, RUNTIMES } from './bench-relay.ts';
import { cpuTimeOf } from './cpu-time.ts';
import { quantile, type Row } from './distribution.ts';
import { readersReportSchema, readySchema, type ReadersReport } from './readers-report.ts';

const CLIENTS = 1000;
/** The clients share as many processes. */
const PROCESSES = 2;
const PLAN = { tokens: 3000, everyMs: 2 };
const RUNS = 2;

const READY_LIMIT_MS = 60_000;
const RUN_LIMIT_MS = 60_000;

export async function fanOut(): Promise<readonly Row[]> {
  const agent = await BenchAgent.start();
  try {
    const floor = await measure(await bareServer(agent));
    const rows = [rowOf('ws alone: token to 1,000 clients', floor)];
    for (const runtime of RUNTIMES) {
      const relay = await BenchRelay.start(runtime, agent.url);
      const seen = await measure({
        room: () => relay.address(freshThread()),
        groupId: relay.groupId,
        stop: () => relay.stop(),
      });
      rows.push(rowOf(`${runtime.name}: token to 1,000 clients`, seen, floor));
    }
    return rows;
  } finally {
    await agent.stop();
  }
}

interface Server {
  /** Address of a room that nobody has been in. */
  readonly room: () => string;
  readonly groupId: number;
  readonly stop: () => Promise<void>;
}

async function bareServer(agent: BenchAgent): Promise<Server> {
  const program = new BenchProgram('./broadcaster.ts', [agent.url, String(TOKEN_INTERVAL_MS)]);
  const port = await program.port();
  return {
    room: () => `ws://127.0.0.1:${port}/`,
    groupId: program.groupId,
    stop: () => program.stop(),
  };
}

interface Seen {
  readonly lags: readonly number[];
  /** The most that one client got in a second. */
  readonly framesASecond: number;
  /** Of the server, for each second of an answer. */
  readonly cpuMs: number;
}

async function measure(server: Server): Promise<Seen> {
  try {
    const reports: ReadersReport[] = [];
    let cpuMs = 0;
    for (let run = 0; run < RUNS; run += 1) {
      await withReaders(server.room(), async (answered) => {
        const before = cpuTimeOf(server.groupId);
        reports.push(...(await answered()));
        cpuMs += cpuTimeOf(server.groupId) - before;
      });
    }
    return {
      lags: reports.flatMap(({ lags }) => lags),
      framesASecond: Math.max(...reports.map(({ framesASecond }) => framesASecond)),
      cpuMs: cpuMs / ((RUNS * PLAN.tokens * PLAN.everyMs) / 1000),
    };
  } finally {
    await server.stop();
  }
}

/** A room of all clients; `answered` gives what each process of them saw of one answer. */
async function withReaders(
  address: string,
  body: (answered: () => Promise<readonly ReadersReport[]>) => Promise<void>,
): Promise<void> {
  const readers = Array.from(
    { length: PROCESSES },
    () => new BenchProgram('./readers.ts', [address, String(CLIENTS / PROCESSES)]),
  );
  try {
    for (const program of readers) await program.said(readySchema, READY_LIMIT_MS);
    const asker = await connect(address.replace(/\?.*/, ''), { v: '1' });
    await body(async () => {
      asker.send({ type: 'message', content: question(PLAN) });
      const reports = await Promise.all(
        readers.map((program) => program.said(readersReportSchema, RUN_LIMIT_MS)),
      );
      const lost = reports.find(({ tokens }) => tokens !== PLAN.tokens);
      if (lost !== undefined) throw new Error(`${lost.tokens} tokens to each client, not ${PLAN.tokens}`);
      return reports;
    });
    asker.drop();
  } finally {
    await Promise.all(readers.map((program) => program.stop()));
  }
}

function rowOf(what: string, { lags, framesASecond, cpuMs }: Seen, floor?: Seen): Row {
  const notes = [
    '500 tokens/s',
    `at most ${framesASecond} frames/s to one`,
    `${(cpuMs / 1000).toFixed(2)} cores`,
  ];
  if (floor !== undefined) {
    const times = (quantile(lags, 0.95) / quantile(floor.lags, 0.95)).toFixed(2);
    notes.push(`p95 is ${times} x that of ws`);
  }
  return { what, times: lags, note: notes.join(', ') };
}
