/**
 * An answer of 500 tokens a second to a room of 1,000 clients: how late a token is. Beside it what `ws` alone needs for the same
 * stream, with tokens merged for as long as the relay merges them. All of it shares the cores of this machine: the agent, the
 * relay, and the clients.
 */
import { TOKEN_INTERVAL_MS } from '#protocol';
import { connect } from '../support/relay-client.ts';
import { question } from './agent-plan.ts';
import { BenchAgent } from './bench-agent.ts';
import { BenchProgram } from './bench-program.ts';
import { BenchRelay, freshThread, RUNTIMES } from './bench-relay.ts';
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
      const seen = await measure({ room: () => relay.address(freshThread()), stop: () => relay.stop() });
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
  readonly stop: () => Promise<void>;
}

async function bareServer(agent: BenchAgent): Promise<Server> {
  const program = new BenchProgram('./broadcaster.ts', [agent.url, String(TOKEN_INTERVAL_MS)]);
  const port = await program.port();
  return { room: () => `ws://127.0.0.1:${port}/?v=1`, stop: () => program.stop() };
}

export async function measure(server: Server): Promise<readonly ReadersReport[]> {
  try {
    const reports: ReadersReport[] = [];
    for (let run = 0; run < RUNS; run += 1) reports.push(...(await answered(server.room())));
    return reports;
  } finally {
    await server.stop();
  }
}

/** One answer to a room of all clients, as each process of them saw it. */
async function answered(address: string): Promise<readonly ReadersReport[]> {
  const readers = Array.from(
    { length: PROCESSES },
    () => new BenchProgram('./readers.ts', [address, String(CLIENTS / PROCESSES)]),
  );
  try {
    for (const program of readers) await program.said(readySchema, READY_LIMIT_MS);
    const [url = '', query = ''] = address.split('?');
    const asker = await connect(url, Object.fromEntries(new URLSearchParams(query)));
    asker.send({ type: 'message', content: question(PLAN) });
    const reports = await Promise.all(
      readers.map((program) => program.said(readersReportSchema, RUN_LIMIT_MS)),
    );
    asker.drop();
    const lost = reports.find(({ tokens }) => tokens !== PLAN.tokens);
    if (lost !== undefined) throw new Error(`${lost.tokens} tokens to each client, not ${PLAN.tokens}`);
    return reports;
  } finally {
    await Promise.all(readers.map((program) => program.stop()));
  }
}

function rowOf(what: string, reports: readonly ReadersReport[], floor?: readonly ReadersReport[]): Row {
  const times = lagsOf(reports);
  const frames = Math.max(...reports.map(({ framesASecond }) => framesASecond));
  const ratio =
    floor === undefined
      ? []
      : [`${(quantile(times, 0.95) / quantile(lagsOf(floor), 0.95)).toFixed(2)} x ws at p95`];
  return { what, times, note: [`500 tokens/s, at most ${frames} frames/s`, ...ratio].join('; ') };
}

function lagsOf(reports: readonly ReadersReport[]): readonly number[] {
  return reports.flatMap(({ lags }) => lags);
}
