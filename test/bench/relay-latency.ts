/**
 * What the relay adds to a token on its way: the same agent writes the same stream to a page that reads its events directly and
 * to a relay with one client, each token at the same time to both, and every token says when it was written.
 */
import { fileURLToPath } from 'node:url';
import type { Runtime } from '../../partykit/local/runtime.ts';
import { workerRuntime } from '../../partykit/local/worker-runtime.ts';
import type { RelayClient } from '../support/relay-client.ts';
import { question, stampsIn, type AgentPlan } from './agent-plan.ts';
import type { Arrivals, BenchAgent } from './bench-agent.ts';
import { BenchRelay, freshThread } from './bench-relay.ts';
import type { Row } from './distribution.ts';
import { onEachRuntime } from './each-runtime.ts';
import { sharedNow, sharedTime } from './shared-clock.ts';

interface Pace {
  readonly name: string;
  readonly note: string;
  readonly plan: Pick<AgentPlan, 'tokens' | 'everyMs'>;
  readonly runs: number;
}

const PACES: readonly Pace[] = [
  {
    name: 'token, 20 a second',
    note: 'wider apart than frames are merged: the pipe',
    plan: { tokens: 100, everyMs: 50 },
    runs: 3,
  },
  {
    name: 'token, 200 a second',
    note: 'merged into a frame every 33 ms (rule S2)',
    plan: { tokens: 400, everyMs: 5 },
    runs: 3,
  },
];

const FIRST_TOKENS = 100;

const BARE_ROOM = fileURLToPath(new URL('./bare-room.js', import.meta.url));

export function relayLatency(): Promise<readonly Row[]> {
  return onEachRuntime(measure);
}

async function measure(runtime: Runtime, agent: BenchAgent): Promise<readonly Row[]> {
  const relay = await BenchRelay.start(runtime, agent.url);
  try {
    const rows = [...(await firstTokens(relay, agent))];
    for (const pace of PACES) rows.push(...(await paced(relay, agent, pace)));
    if (runtime === workerRuntime) rows.push(...(await floor(runtime, agent)));
    return rows.map((row) => ({ ...row, what: `${runtime.name}: ${row.what}` }));
  } finally {
    await relay.stop();
  }
}

/** The same of a room that does next to nothing: what the development server and PartyServer take. */
async function floor(runtime: Runtime, agent: BenchAgent): Promise<readonly Row[]> {
  const room = await BenchRelay.start(runtime, agent.url, BARE_ROOM);
  try {
    return (await firstTokens(room, agent))
      .slice(-1)
      .map(({ what, times }) => ({ what, times, note: 'by a room of PartyServer that does nothing else' }));
  } finally {
    await room.stop();
  }
}

/** From the question to the first word of an answer that the agent writes at once; the two take turns. */
async function firstTokens(relay: BenchRelay, agent: BenchAgent): Promise<readonly Row[]> {
  const thread = freshThread();
  const client = await joined(relay, thread);
  const times = { direct: [] as number[], relay: [] as number[], added: [] as number[] };
  // The first turn finds everything cold, and is not counted.
  for (let turn = 0; turn <= FIRST_TOKENS; turn += 1) {
    const askedDirectly = sharedNow();
    const [directly = NaN] = (await agent.ask(question(), freshThread())).values();
    const asked = sharedNow();
    const [through = NaN] = (await askRelay(client, question())).values();
    if (turn === 0) continue;
    times.direct.push(directly - askedDirectly);
    times.relay.push(through - asked);
    times.added.push(through - asked - (directly - askedDirectly));
  }
  client.drop();
  return rowsOf('first token after the question', 'with the question stored before it is asked', times);
}

async function paced(relay: BenchRelay, agent: BenchAgent, pace: Pace): Promise<readonly Row[]> {
  const times = { direct: [] as number[], relay: [] as number[], added: [] as number[] };
  for (let run = 0; run < pace.runs; run += 1) {
    const thread = freshThread();
    const client = await joined(relay, thread);
    const message = question({ ...pace.plan, readers: 2 });
    const [directly, through] = await Promise.all([agent.ask(message, thread), askRelay(client, message)]);
    client.drop();
    if (through.size !== pace.plan.tokens) throw new Error(`${through.size} tokens through the relay`);
    for (const [writtenAt, readAt] of through) {
      const readDirectly = directly.get(writtenAt) ?? NaN;
      times.direct.push(readDirectly - writtenAt);
      times.relay.push(readAt - writtenAt);
      times.added.push(readAt - readDirectly);
    }
  }
  return rowsOf(pace.name, pace.note, times);
}

function rowsOf(
  name: string,
  note: string,
  times: Readonly<Record<'direct' | 'relay' | 'added', readonly number[]>>,
): readonly Row[] {
  return [
    { what: `${name}, direct`, times: times.direct },
    { what: `${name}, relay`, times: times.relay },
    { what: `${name}, added`, times: times.added, note },
  ];
}

async function joined(relay: BenchRelay, thread: string): Promise<RelayClient> {
  const client = await relay.connect(thread);
  await client.next('history');
  return client;
}

/** Asks through the relay and reads to the end of the run. */
async function askRelay(client: RelayClient, message: string): Promise<Arrivals> {
  const from = client.frames.length;
  client.send({ type: 'message', content: message });
  await client.end();
  const arrivals = new Map<number, number>();
  let text = '';
  for (let index = from; index < client.frames.length; index += 1) {
    const frame = client.frames[index];
    if (frame?.type !== 'token') continue;
    const known = stampsIn(text).length;
    text += frame.content;
    for (const stamp of stampsIn(text).slice(known))
      arrivals.set(stamp, sharedTime(client.times[index] ?? NaN));
  }
  return arrivals;
}
