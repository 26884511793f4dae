/**
 * Many clients of one room in a process of their own, each with a socket of its own. The parameters are the address, with its
 * query, and how many there are to be. Says `{ready}` when all have been greeted, and what they saw when the run is over for all.
 */
import { once } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { WebSocket } from 'ws';
import * as z from 'zod/mini';
import { stampsIn } from './agent-plan.ts';
import type { ReadersReport } from './readers-report.ts';
import { sharedNow } from './shared-clock.ts';

const [url = '', count = '1'] = process.argv.slice(2);
const COUNT = Number(count);

/** Sockets that are being opened at the same time. */
const AT_ONCE = 50;
/** Of all lags, one in so many is told. */
const SAMPLE = 97;

const frameSchema = z.object({
  type: z.string(),
  content: z.optional(z.string()),
  isStreaming: z.optional(z.boolean()),
});

interface Reading {
  readonly text: string;
  readonly isLast: boolean;
}

/** All get the same frames: each is read once, so that little of this machine goes into reading. */
const read = new Map<string, Reading>();

function readingOf(raw: string): Reading {
  const known = read.get(raw);
  if (known !== undefined) return known;
  const reading = raw.startsWith('{') ? readingOfFrame(raw) : { text: raw, isLast: false };
  if (read.size > 100) read.clear();
  read.set(raw, reading);
  return reading;
}

function readingOfFrame(raw: string): Reading {
  const { type, content = '', isStreaming } = frameSchema.parse(JSON.parse(raw));
  return {
    text: type === 'token' ? content : '',
    isLast: type === 'streaming' && isStreaming === false,
  };
}

const lags: number[] = [];
let tokens = 0;
let over = 0;
/** Frames with text, of the client that got most of them in any one second. */
let framesASecond = 0;
let bytes = 0;
const loop = monitorEventLoopDelay({ resolution: 10 });

class Reader {
  #times: number[] = [];

  take(raw: string): void {
    const { text, isLast } = readingOf(raw);
    if (isLast) {
      over += 1;
      if (over === COUNT) report();
    }
    if (text === '') return;
    const now = sharedNow();
    bytes += raw.length;
    this.#count(now);
    for (const writtenAt of stampsIn(text)) {
      tokens += 1;
      if (tokens % SAMPLE === 0) lags.push(now - writtenAt);
    }
  }

  #count(now: number): void {
    this.#times = [...this.#times.filter((time) => time > now - 1000), now];
    framesASecond = Math.max(framesASecond, this.#times.length);
  }
}

async function join(): Promise<void> {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  const reader = new Reader();
  const greeted = once(socket, 'message');
  await once(socket, 'open');
  await greeted;
  socket.on('message', (data: Buffer) => reader.take(data.toString('latin1')));
  socket.once('close', () => process.exit(1));
}

function report(): void {
  loop.disable();
  const seen: ReadersReport = {
    lags,
    tokens: tokens / COUNT,
    framesASecond,
    bytes: bytes / COUNT,
    ownDelayMs: loop.percentile(95) / 1e6,
  };
  console.log(JSON.stringify(seen));
}

for (let joined = 0; joined < COUNT; joined += AT_ONCE) {
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, COUNT - joined) }, join));
}
console.log('{"ready":true}');
loop.enable();

process.stdin.resume();
await once(process.stdin, 'end');
process.exit(0);
