/** What coming back costs: a thread of 200 messages and an answer of 64 KiB that is being written (rules H4 to H6, R4). */
import type { ServerFrame } from '#protocol';
import type { Runtime } from '../../partykit/local/runtime.ts';
import { question } from './agent-plan.ts';
import type { BenchAgent } from './bench-agent.ts';
import { BenchRelay, freshThread } from './bench-relay.ts';
import type { Row } from './distribution.ts';
import { onEachRuntime } from './each-runtime.ts';

const TURNS = 100;
const ANSWER_CHARS = 64 * 1024;
const RETURNS = 100;

interface Return {
  readonly ms: number;
  /** How many frames came until the client had all that there is. */
  readonly frames: number;
}

export function reconnect(): Promise<readonly Row[]> {
  return onEachRuntime(measure);
}

async function measure(runtime: Runtime, agent: BenchAgent): Promise<readonly Row[]> {
  const relay = await BenchRelay.start(runtime, agent.url);
  try {
    const { thread, cursor } = await prepare(relay);
    const rows: Row[] = [];
    for (const [name, query] of [
      ['with nothing', {}],
      ['with half of the answer', cursor],
    ] as const) {
      const returns: Return[] = [];
      for (let count = 0; count < RETURNS; count += 1) returns.push(await comeBack(relay, thread, query));
      rows.push({
        what: `${runtime.name}: back, ${name}`,
        times: returns.map(({ ms }) => ms),
        note: `at most ${Math.max(...returns.map(({ frames }) => frames))} frames before live text`,
      });
    }
    return rows;
  } finally {
    await relay.stop();
  }
}

interface Prepared {
  readonly thread: string;
  readonly cursor: Readonly<Record<string, string>>;
}

async function prepare(relay: BenchRelay): Promise<Prepared> {
  const thread = freshThread();
  const client = await relay.connect(thread);
  await client.next('history');
  for (let turn = 1; turn < TURNS; turn += 1) {
    client.send({ type: 'message', content: question({ chars: 60 }) });
    await client.end();
  }
  client.send({ type: 'message', content: question({ chars: ANSWER_CHARS, open: true }) });
  await client.take(hasAll);
  const last = client.thread.messages.at(-1)?.id;
  const run = client.thread.run?.messageId;
  if (last === undefined || run === undefined) throw new Error('no answer is being written');
  return { thread, cursor: { gen: '0', last, run, off: String(ANSWER_CHARS / 2) } };
}

/** Whether nothing is missing after this frame. */
function hasAll(frame: ServerFrame): boolean {
  return frame.type === 'token' && (frame.offset ?? 0) + frame.content.length === ANSWER_CHARS;
}

async function comeBack(relay: BenchRelay, thread: string, query: Prepared['cursor']): Promise<Return> {
  const from = performance.now();
  const client = await relay.connect(thread, query);
  const frames = await client.take(hasAll);
  const ms = performance.now() - from;
  client.drop();
  return { ms, frames: frames.length };
}
