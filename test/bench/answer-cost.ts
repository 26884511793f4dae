/**
 * What an answer costs besides time, at the pace at which models write: bytes on the wire, to the element and to a client that
 * does not read lean frames (rule S8). Writes to storage cannot be seen from outside, so a room on a store that counts has them
 * (rule R2).
 */
import type { Runtime } from '../../partykit/local/runtime.ts';
import { PartyStorage } from '../../partykit/storage/party-storage.ts';
import { MemoryKeyValueStore } from '../support/key-value-store.ts';
import type { RelayClient } from '../support/relay-client.ts';
import { RoomHarness } from '../support/room-harness.ts';
import { question } from './agent-plan.ts';
import type { BenchAgent } from './bench-agent.ts';
import { BenchRelay, freshThread } from './bench-relay.ts';
import type { Row } from './distribution.ts';
import { onEachRuntime } from './each-runtime.ts';

const TOKEN_CHARS = 4;
/** Tokens a second, and in all. */
const PACES = [
  [20, 200],
  [100, 1000],
  [500, 2000],
] as const;

export async function answerCost(): Promise<readonly Row[]> {
  return [...(await onEachRuntime(measure)), await writes()];
}

async function measure(runtime: Runtime, agent: BenchAgent): Promise<readonly Row[]> {
  const relay = await BenchRelay.start(runtime, agent.url);
  try {
    return await Promise.all(PACES.map(([perSecond, tokens]) => answerAt(perSecond, tokens, runtime, relay)));
  } finally {
    await relay.stop();
  }
}

async function answerAt(
  perSecond: number,
  tokens: number,
  runtime: Runtime,
  relay: BenchRelay,
): Promise<Row> {
  const thread = freshThread();
  const [element, plain] = [await relay.connect(thread, { lean: '1' }), await relay.connect(thread)];
  const from = performance.now();
  element.send({
    type: 'message',
    content: question({ chars: TOKEN_CHARS, tokens, everyMs: 1000 / perSecond }),
  });
  await Promise.all([element.end(), plain.end()]);
  const took = performance.now() - from;
  const text = tokens * TOKEN_CHARS;
  const row: Row = {
    what: `${runtime.name}: answer of ${text} bytes, ${perSecond} tokens/s`,
    times: [took],
    note: `${(bytesOf(element) / text).toFixed(2)} x its bytes on the wire, ${(bytesOf(plain) / text).toFixed(2)} x without lean`,
  };
  for (const client of [element, plain]) client.drop();
  return row;
}

/** Of the run's frames, with the header that a WebSocket puts before each. */
function bytesOf({ texts }: RelayClient): number {
  const begin = texts.findIndex((text) => text.startsWith('{"type":"streaming"'));
  return texts.slice(begin).reduce((sum, text) => {
    const bytes = Buffer.byteLength(text);
    return sum + bytes + (bytes < 126 ? 2 : bytes < 65_536 ? 4 : 10);
  }, 0);
}

async function writes(): Promise<Row> {
  const store = new MemoryKeyValueStore();
  const harness = new RoomHarness({ storage: new PartyStorage(store) });
  const client = await harness.connect();
  await client.ask('question', 'q-1');
  const from = performance.now();
  const usage = await store.usageOf(async () => {
    for (let token = 0; token < 1000; token += 1) {
      await harness.clock.advance(10);
      await harness.upstream.call.token('word');
    }
    await harness.upstream.call.end();
  });
  const text = 1000 * TOKEN_CHARS;
  return {
    what: `the room alone: answer of ${text} bytes, 100 tokens/s`,
    times: [performance.now() - from],
    note: `${usage.calls} calls of storage in 10 s, ${(usage.bytesWritten / text).toFixed(2)} x its bytes written`,
  };
}
