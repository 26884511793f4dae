/** What an answer may cost, in frames, bytes and writes: numbers that do not depend on the machine. */
import { describe, expect, it } from 'vitest';
import { PartyStorage } from '../../../partykit/storage/party-storage.ts';
import { MemoryKeyValueStore, type StoreUsage } from '../../support/key-value-store.ts';
import { userMessage } from '../../support/messages.ts';
import { RoomHarness, type RoomClient } from '../../support/room-harness.ts';

const ENGLISH =
  'Deploying takes **one command**, and it "just works":\n\n1. Sign in to your account.\n2. Run `npm run deploy`.\n\n' +
  "Your relay keeps the key; the page never sees it. If a reader's line breaks, they get what they lack.\n\n";
const JAPANESE =
  'デプロイは**一つのコマンド**で終わります。\n\n1. アカウントに入る。\n2. `npm run deploy` を実行する。\n\n' +
  '鍵は中継に置かれ、ページからは見えません。回線が切れても、足りない分だけが届きます。🎉\n\n';

function textOf(sample: string, chars: number): string {
  return sample.repeat(Math.ceil(chars / sample.length)).slice(0, chars);
}

/** Tokens of `size` characters, none of which ends within a pair. */
function tokensOf(text: string, size: number): readonly string[] {
  const characters = Array.from(text);
  return Array.from({ length: Math.ceil(characters.length / size) }, (_, index) =>
    characters.slice(index * size, (index + 1) * size).join(''),
  );
}

/** With the header that a WebSocket puts before a text (RFC 6455, section 5.2). */
function bytesOnWire(text: string): number {
  const bytes = Buffer.byteLength(text);
  return bytes + (bytes < 126 ? 2 : bytes < 65_536 ? 4 : 10);
}

async function write(harness: RoomHarness, tokens: readonly string[], perSecond: number): Promise<void> {
  const { call } = harness.upstream;
  const everyMs = 1000 / perSecond;
  let passed = 0;
  for (const [index, token] of tokens.entries()) {
    const due = Math.round((index + 1) * everyMs);
    await harness.clock.advance(due - passed);
    passed = due;
    await call.token(token);
  }
}

async function answer(harness: RoomHarness, tokens: readonly string[], perSecond: number): Promise<void> {
  await write(harness, tokens, perSecond);
  await harness.upstream.call.end();
}

describe('frames', () => {
  async function timesAt(perSecond: number, connections: number): Promise<readonly number[]> {
    const harness = new RoomHarness();
    const ana = await harness.connect({ lean: true });
    for (let others = 1; others < connections; others += 1) await harness.connect({ lean: true });
    await ana.ask('question', 'q-1');
    const times: number[] = [];
    ana.socket.onFrame = () => times.push(harness.clock.now());
    await write(harness, Array<string>(3 * perSecond).fill('word'), perSecond);
    await harness.clock.advance(100);
    expect(ana.thread().run?.text).toHaveLength(12 * perSecond);
    return times;
  }

  const inAnySecond = (times: readonly number[]): number =>
    Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + 1000).length));

  it.each([100, 500])(
    '[S2] budget: at most 31 a second to a client at %i tokens a second',
    async (perSecond) => {
      const times = await timesAt(perSecond, 1);
      expect(inAnySecond(times)).toBeLessThanOrEqual(31);
      // And not by being late: the pace is kept.
      expect(inAnySecond(times)).toBeGreaterThanOrEqual(24);
    },
  );

  it('[S2] budget: at most 16,000 a second from a room of 1,000, at 500 tokens a second', async () => {
    const times = await timesAt(500, 1000);
    expect(inAnySecond(times) * 1000).toBeLessThanOrEqual(16_000);
    expect(inAnySecond(times)).toBeGreaterThanOrEqual(14);
  });
});

describe('a machine that takes long to send', () => {
  /** Longer than the interval between two frames. */
  const SENDING_MS = 120;
  const EVERY_MS = 2;

  it('[S2] budget: sends what has come meanwhile in one frame, and does not fall behind', async () => {
    const harness = new RoomHarness();
    const { clock } = harness;
    const ana = await harness.connect({ lean: true });
    await ana.ask('question', 'q-1');
    const begin = clock.now();
    const lags: number[] = [];
    let told = 0;
    ana.socket.onFrame = (frame) => {
      if (frame.type !== 'token') return;
      lags.push(clock.now() - (begin + (told / 4) * EVERY_MS));
      told += frame.content.length;
      clock.stall(SENDING_MS);
    };
    for (let token = 0; token < 1000; token += 1) {
      // One is read at a time, and timers ring when there is none to be read, as on the platforms.
      const due = begin + token * EVERY_MS;
      if (clock.now() < due) await clock.advance(due - clock.now());
      await harness.upstream.call.token('word');
    }
    await clock.advance(100);
    expect(told).toBe(4000);
    expect(Math.max(...lags)).toBeLessThanOrEqual(2 * SENDING_MS + 50);
    expect(lags.length).toBeLessThanOrEqual(2000 / SENDING_MS + 2);
  });
});

describe('bytes on the wire', () => {
  /** From the start of the run to its end, to a client like the element, over those of the text. */
  async function costOf(text: string, tokenChars: number, perSecond: number): Promise<number> {
    const harness = new RoomHarness();
    const ana = await harness.connect({ lean: true });
    await ana.ask('question', 'q-1');
    const echoed = ana.framesOf('message').length + ana.framesOf('history').length;
    await answer(harness, tokensOf(text, tokenChars), perSecond);
    expect(ana.thread().messages.at(-1)?.content === text).toBe(true);
    const sent = ana.socket.texts.slice(echoed);
    return sent.reduce((bytes, frame) => bytes + bytesOnWire(frame), 0) / Buffer.byteLength(text);
  }

  it.each([
    ['English', 4, 20, ENGLISH],
    ['English', 4, 50, ENGLISH],
    ['English', 4, 100, ENGLISH],
    ['English', 4, 500, ENGLISH],
    ['Japanese', 2, 30, JAPANESE],
    ['Japanese', 1, 100, JAPANESE],
  ])(
    '[S8] budget: at most 1.6 times an answer of 8 Ki characters: %s in tokens of %i, %i a second',
    async (_language, tokenChars, perSecond, sample) => {
      const text = textOf(sample, 8192);
      expect(await costOf(text, tokenChars, perSecond)).toBeLessThanOrEqual(1.6);
    },
  );

  it('[S8] budget: at most 1.1 times an answer of 64 Ki characters in 500 tokens of 128', async () => {
    expect(await costOf(textOf(ENGLISH, 65_536), 128, 100)).toBeLessThanOrEqual(1.1);
  });
});

describe('writes to storage', () => {
  /** For an answer of `chars` characters at a steady pace, without its question. */
  async function usageOf(sample: string, chars: number): Promise<StoreUsage> {
    const store = new MemoryKeyValueStore();
    const harness = new RoomHarness({ storage: new PartyStorage(store) });
    const ana = await harness.connect();
    await ana.ask('question', 'q-1');
    const text = textOf(sample, chars);
    const usage = await store.usageOf(() => answer(harness, tokensOf(text, 16), 100));
    expect(harness.events('storage_failed')).toEqual([]);
    return usage;
  }

  it.each([
    ['English', ENGLISH],
    ['Japanese', JAPANESE],
  ])('[R2] budget: twice as much for twice the text: %s', async (_language, sample) => {
    const [half, whole] = [await usageOf(sample, 30_000), await usageOf(sample, 60_000)];
    for (const cost of ['calls', 'keysWritten', 'bytesWritten'] as const) {
      expect(whole[cost] / half[cost]).toBeLessThanOrEqual(2.1);
    }
  });

  it('[R2] budget: an answer is written twice, as it grows and when it is whole, in one call a 250 ms', async () => {
    const usage = await usageOf(ENGLISH, 60_000);
    const seconds = 60_000 / 16 / 100;
    expect(usage.bytesWritten).toBeLessThanOrEqual(2.3 * 60_000);
    // Those of the end are few, and do not depend on its length but for the sweep of what it was written in.
    expect(usage.calls).toBeLessThanOrEqual(4 * seconds + 10);
  });
});

describe('coming back', () => {
  const ANSWER = textOf(ENGLISH, 65_536);

  async function backWith(missing: number): Promise<number> {
    const harness = new RoomHarness();
    const ana = await harness.connect();
    await harness.converse(ana, 40);
    await ana.ask('question', 'q-last');
    await harness.upstream.call.token(ANSWER);
    const run = harness.upstream.calls.length;
    expect(run).toBe(41);
    const messageId = ana.thread().run?.messageId ?? '';
    const off = ANSWER.length - missing;
    const back = await harness.resume({ gen: 0, last: 'q-last', run: messageId, off });
    return back.socket.texts.reduce((bytes, frame) => bytes + bytesOnWire(frame), 0);
  }

  it('[H4] [H5] budget: costs the bytes that are missing and at most 400 more', async () => {
    for (const missing of [0, 1, 1000, 32_768, 65_536]) {
      const escaped = Buffer.byteLength(JSON.stringify(ANSWER.slice(ANSWER.length - missing)));
      expect(await backWith(missing)).toBeLessThanOrEqual(escaped + 400);
    }
  });
});

describe('connecting', () => {
  interface Cost {
    readonly usage: StoreUsage;
    readonly bytes: number;
    readonly frames: number;
  }

  /** To a room that sleeps, with a thread of `count` messages that are all of one size. */
  async function costOf(count: number, comeBack: boolean): Promise<Cost> {
    const store = new MemoryKeyValueStore();
    const storage = new PartyStorage(store);
    await storage.load();
    const messages = Array.from({ length: count }, (_, index) =>
      userMessage(`m-${String(index).padStart(6, '0')}`, 'A sentence of a usual length.', 1_750_000_000_000),
    );
    await storage.commit({ append: messages, open: undefined, upstreamThreadId: undefined });
    const harness = new RoomHarness({ storage: new PartyStorage(store) });
    const cursor = comeBack ? { gen: 0, last: messages.at(-2)?.id ?? '' } : undefined;
    let client: RoomClient | undefined;
    const usage = await store.usageOf(async () => {
      client = await harness.resume(cursor);
    });
    const texts = client?.socket.texts ?? [];
    return { usage, frames: texts.length, bytes: texts.reduce((sum, text) => sum + bytesOnWire(text), 0) };
  }

  it.each([
    ['with nothing', false],
    ['with a cursor', true],
  ])(
    '[R4] budget: costs as much in a thread of 10,000 messages as in one of 100: %s',
    async (_how, comeBack) => {
      const short = await costOf(100, comeBack);
      expect(await costOf(10_000, comeBack)).toEqual(short);
      expect(short.frames).toBe(1);
      expect(short.usage.keysRead).toBeLessThanOrEqual(52);
    },
  );
});

describe('a room at rest', () => {
  it('[R3] budget: a thousand that are open hold no timer, no alarm and no request', async () => {
    for (let room = 0; room < 1000; room += 1) {
      const harness = new RoomHarness();
      const ana = await harness.connect({ lean: true });
      const spectator = await harness.connect();
      // Some have had a conversation, and somebody is there again.
      if (room % 10 === 0) {
        await harness.converse(ana, 1);
        spectator.leave();
        harness.room.left();
        await ana.send({ type: 'ping' });
      }
      if (room % 20 === 0) await harness.kill({ socketsSurvive: true });
      expect([harness.clock.scheduled, harness.alarmAt]).toEqual([0, undefined]);
      expect(harness.sockets.size).toBeGreaterThan(0);
    }
  });
});
