/** A client that sends without end, and comes back whenever it is sent away: what the others notice of it (A5, A13). */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { roomOfThread } from '#protocol';
import { Flooder } from '../support/flooder.ts';
import { WORD_CHARS } from '../support/paced-answer.ts';
import type { RelayClient } from '../support/relay-client.ts';
import { freshThread, useRelay } from '../support/running-relay.ts';
import { useAgent, type AgentCall } from '../support/scripted-agent.ts';

const agent = useAgent();
/** With its limits as they come. */
const relay = useRelay(() => ({
  AST_URL: agent.url,
  MESSAGES_PER_MINUTE: '',
  FRAMES_PER_MINUTE: '',
  CONNECTIONS_PER_THREAD: '',
}));

const flooders: Flooder[] = [];
afterEach(() => {
  for (const flooder of flooders.splice(0)) flooder.stop();
});

const PER_SECOND = 1_000;

/** All that a client may send, and what it may not. */
const FRAMES: readonly (() => object | string)[] = [
  () => ({ type: 'message', content: 'Answer me.', id: randomUUID() }),
  () => ({ type: 'history', limit: 100 }),
  () => ({ type: 'ping', received: 1 }),
  () => ({ type: 'auth', token: 'any' }),
  () => ({ type: 'retry', messageId: 'none' }),
  () => '{',
];

function frame(index: number): string {
  const made = FRAMES[index % FRAMES.length]?.() ?? '';
  return typeof made === 'string' ? made : JSON.stringify(made);
}

function flooderOf(thread: string): Flooder {
  const flooder = new Flooder(`${relay.roomUrl(roomOfThread(thread))}?v=1`, PER_SECOND, frame);
  flooders.push(flooder);
  return flooder;
}

/** A word every ten milliseconds, until told to stop. */
class Writer {
  /** When each word was written, on the clock of `performance.now()`. */
  readonly times: number[] = [];
  readonly #timer: NodeJS.Timeout;

  constructor(call: AgentCall) {
    this.#timer = setInterval(() => {
      call.token(String(this.times.length).padStart(WORD_CHARS - 1, '0') + ' ');
      this.times.push(performance.now());
    }, 10);
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

interface Lag {
  /** When the frame's oldest word was written. */
  readonly at: number;
  /** How long that word took from the agent to the client. */
  readonly ms: number;
}

function lagsOf({ frames, times }: RelayClient, writtenAt: readonly number[]): readonly Lag[] {
  return frames.flatMap((token, index) => {
    const at = token.type === 'token' ? writtenAt[(token.offset ?? 0) / WORD_CHARS] : undefined;
    return at === undefined ? [] : [{ at, ms: (times[index] ?? 0) - at }];
  });
}

function p95(lags: readonly Lag[]): number {
  const sorted = lags.map(({ ms }) => ms).sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN;
}

/** Words are sent on at most every 33 ms: a quiet stream that is later than that tells how busy this machine is. */
const ON_TIME_MS = 45;

/** By how many times as long everything takes here, the quiet stream too. */
function slownessOf(quiet: readonly Lag[]): number {
  return Math.max(1, p95(quiet) / ON_TIME_MS);
}

/** `wrangler dev` carries each frame through a proxy of its own, which no deployed Worker has and a flood keeps busy. */
const MORE_MS = process.env['RELAY_RUNTIME'] === 'worker' ? 100 : 50;

/** Turn by turn, so that whatever else this machine does falls on both. */
const TURNS = 5;
const TURN_MS = 1_000;

it(`[A5] slows the stream of another client of its thread by less than ${String(MORE_MS)} ms`, async () => {
  const thread = freshThread();
  const reader = await relay.join(thread);
  reader.send({ type: 'message', content: 'Go on' });
  await reader.next('message');
  await reader.next('streaming');
  const writer = new Writer(await agent.next());
  const turns: { readonly begin: number; readonly end: number; readonly isFlood: boolean }[] = [];
  let sent = 0;
  const closes: number[] = [];
  for (let turn = 0; turn < TURNS; turn += 1) {
    for (const isFlood of [false, true]) {
      const flooder = flooderOf(thread);
      const begin = performance.now();
      if (isFlood) flooder.start();
      await sleep(TURN_MS);
      turns.push({ begin, end: performance.now(), isFlood });
      flooder.stop();
      sent += flooder.sent;
      closes.push(...flooder.closes);
    }
  }
  writer.stop();
  await reader.text(writer.times.map((_, word) => String(word).padStart(WORD_CHARS - 1, '0') + ' ').join(''));

  const lags = lagsOf(reader, writer.times);
  const during = (isFlood: boolean): readonly Lag[] =>
    lags.filter(({ at }) =>
      turns.some((turn) => turn.isFlood === isFlood && at >= turn.begin && at < turn.end),
    );
  const [quiet, flooded] = [during(false), during(true)];
  const measured = `p95 ${p95(quiet).toFixed(1)} ms quiet, ${p95(flooded).toFixed(1)} ms in the flood of ${sent} frames and ${closes.length} connections`;
  // A flood that does not come, or a stream that is not measured, proves nothing.
  expect(sent, measured).toBeGreaterThan((TURNS * PER_SECOND) / 4);
  expect(new Set(closes), measured).toEqual(new Set([4429]));
  expect(Math.min(quiet.length, flooded.length), measured).toBeGreaterThan(50);
  expect(p95(flooded) - p95(quiet), measured).toBeLessThan(MORE_MS * slownessOf(quiet));
});

async function answerAll(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    if (agent.untaken > 0) (await agent.next()).answer('Enough.');
    else await sleep(5);
  }
}

/** Until what was on its way when the flood ended has come to its end. */
async function lastRunOf(thread: string): Promise<void> {
  const client = await relay.join(thread);
  await client.settled();
  if (client.thread.run !== undefined) await client.end();
}

it('[A13] starts no more runs than its thread may have, however often it comes back', async () => {
  const thread = freshThread();
  const flooder = flooderOf(thread);
  const before = agent.requests;
  const began = performance.now();
  flooder.start();
  const answering = new AbortController();
  const answered = answerAll(answering.signal);
  await sleep(6_000);
  flooder.stop();
  const minutes = (performance.now() - began) / 60_000;
  await lastRunOf(thread);
  answering.abort();
  await answered;

  expect(new Set(flooder.closes)).toEqual(new Set([4429]));
  // Twenty at once, and twenty a minute.
  expect(agent.requests - before).toBeGreaterThanOrEqual(20);
  expect(agent.requests - before).toBeLessThanOrEqual(20 + Math.ceil(minutes * 20));
});
