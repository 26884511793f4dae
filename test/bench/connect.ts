/**
 * What connecting costs, by the length of the thread (rules H4, R4): from the first byte to the history, with nothing and with a
 * cursor. Reads of storage are counted by the tests, with 10,000 messages; here 2,000 are enough to see whether time grows.
 */
import type { Runtime } from '../../partykit/local/runtime.ts';
import { question } from './agent-plan.ts';
import type { BenchAgent } from './bench-agent.ts';
import { BenchRelay, freshThread } from './bench-relay.ts';
import { quantile, type Row } from './distribution.ts';
import { onEachRuntime } from './each-runtime.ts';

const LENGTHS = [10, 2000] as const;
const TIMES = 100;

export function connecting(): Promise<readonly Row[]> {
  return onEachRuntime(measure);
}

interface Thread {
  readonly id: string;
  readonly messages: number;
  readonly last: string;
}

async function measure(runtime: Runtime, agent: BenchAgent): Promise<readonly Row[]> {
  const relay = await BenchRelay.start(runtime, agent.url);
  try {
    const threads: Thread[] = [];
    for (const length of LENGTHS) threads.push(await filled(relay, length));
    const rows: Row[] = [];
    for (const [how, cursorOf] of [
      ['with nothing', () => ({})],
      ['with a cursor', ({ last }: Thread) => ({ gen: '0', last })],
    ] as const) {
      const times = threads.map((): number[] => []);
      // In turns, so that what else the machine does is the same for all.
      for (let time = 0; time < TIMES; time += 1) {
        for (const [index, thread] of threads.entries())
          times[index]?.push(await once(relay, thread, cursorOf(thread)));
      }
      for (const [index, { messages }] of threads.entries()) {
        const ratio = quantile(times[index] ?? [], 0.5) / quantile(times[0] ?? [], 0.5);
        rows.push({
          what: `${runtime.name}: connect to ${messages} messages, ${how}`,
          times: times[index] ?? [],
          ...(index === 0 ? {} : { note: `${ratio.toFixed(2)} x that to ${LENGTHS[0]}` }),
        });
      }
    }
    return rows;
  } finally {
    await relay.stop();
  }
}

async function filled(relay: BenchRelay, messages: number): Promise<Thread> {
  const id = freshThread();
  const client = await relay.connect(id);
  await client.next('history');
  for (let turn = 0; turn < messages / 2; turn += 1) {
    client.send({ type: 'message', content: question({ chars: 60 }) });
    await client.end();
  }
  client.drop();
  return { id, messages, last: client.thread.messages.at(-1)?.id ?? '' };
}

async function once(
  relay: BenchRelay,
  { id }: Thread,
  cursor: Readonly<Record<string, string>>,
): Promise<number> {
  const from = performance.now();
  const client = await relay.connect(id, cursor);
  await client.next('history');
  const ms = performance.now() - from;
  client.drop();
  return ms;
}
