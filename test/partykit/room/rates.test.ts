/** How much a connection and a thread may ask for (rule C6), and that nothing is lost by it. */
import { describe, expect, it } from 'vitest';
import { DEFAULT_RATE_SETTINGS, ratesOf } from '../../../partykit/room/rates.ts';
import { RoomHarness, typesOf, type RoomClient } from '../../support/room-harness.ts';

const rates = ratesOf(DEFAULT_RATE_SETTINGS);
const SECOND = 1000;

async function asked(harness: RoomHarness, client: RoomClient, id: string): Promise<void> {
  const before = harness.upstream.calls.length;
  await client.ask(`question ${id}`, id);
  if (harness.upstream.calls.length > before) await harness.upstream.call.end();
}

const codesOf = (client: RoomClient) => client.framesOf('error').map(({ code }) => code);

describe('messages', () => {
  it('[A5] beyond the rate of a connection are refused with a wait, and taken after it', async () => {
    const harness = new RoomHarness({ rates });
    const client = await harness.connect();
    for (let index = 0; index < 11; index += 1) await asked(harness, client, `q-${index}`);
    expect(harness.upstream.calls).toHaveLength(10);
    const [refused] = client.framesOf('error');
    expect(refused).toMatchObject({ code: 'rate_limited', messageId: 'q-10', retryable: true });
    expect(refused?.retryAfterMs).toBe(6 * SECOND);
    await harness.clock.advance(6 * SECOND);
    await asked(harness, client, 'q-10');
    expect(harness.upstream.calls).toHaveLength(11);
    expect(client.thread().messages.filter(({ role }) => role === 'user')).toHaveLength(11);
  });

  it('[A13] of all connections of a thread start no more runs than its own rate', async () => {
    const harness = new RoomHarness({ rates });
    for (let index = 0; index < 40; index += 1) await asked(harness, await harness.connect(), `q-${index}`);
    expect(harness.upstream.calls).toHaveLength(20);
  });

  it('[A13] are counted over a sleep, and over a clear', async () => {
    const harness = new RoomHarness({ rates });
    for (let index = 0; index < 20; index += 1) await asked(harness, await harness.connect(), `q-${index}`);
    await harness.kill();
    const client = await harness.connect();
    await asked(harness, client, 'after the sleep');
    expect(codesOf(client)).toEqual(['rate_limited']);
    await client.send({ type: 'clear' });
    await asked(harness, client, 'after the clear');
    expect(codesOf(client)).toEqual(['rate_limited', 'rate_limited']);
  });

  it('[A5] that are sent again, or meet a busy room, cost the thread nothing', async () => {
    const harness = new RoomHarness({
      rates: {
        ...rates,
        connectionSends: ratesOf({ ...DEFAULT_RATE_SETTINGS, messagesPerMinute: 1000 }).connectionSends,
      },
    });
    const client = await harness.connect();
    await client.ask('question', 'q-0');
    for (let index = 0; index < 30; index += 1) await client.ask(`busy ${index}`, `b-${index}`);
    await harness.upstream.call.end();
    for (let index = 0; index < 20; index += 1) await client.ask('question', 'q-0');
    expect(new Set(codesOf(client))).toEqual(new Set(['busy']));
  });

  it('[A13] that are to be answered again count like new ones', async () => {
    const harness = new RoomHarness({ rates });
    const client = await harness.connect();
    await client.ask('question', 'q-1');
    await harness.upstream.call.fail({ code: 'upstream_failed' });
    for (let index = 0; index < 15; index += 1) {
      await client.send({ type: 'retry', messageId: 'q-1' });
      await harness.upstream.call.fail({ code: 'upstream_failed' });
    }
    expect(harness.upstream.calls).toHaveLength(10);
  });
});

describe('a flood', () => {
  it('[A5] of frames is answered three times, and then its connection is closed', async () => {
    const harness = new RoomHarness({ rates });
    const [flooder, other] = [await harness.connect(), await harness.connect()];
    flooder.take();
    for (let index = 0; index < 1000; index += 1) await flooder.send({ type: 'ping' });
    const frames = flooder.take();
    expect(frames.filter(({ type }) => type === 'pong')).toHaveLength(60);
    expect(frames.filter(({ type }) => type === 'error')).toHaveLength(4);
    expect(flooder.socket.closed).toEqual({ code: 4429, reason: 'rate_limited' });
    expect(frames.at(-1)).toMatchObject({ code: 'rate_limited', retryAfterMs: 500 });
    await other.ask('still there?', 'q-1');
    expect(typesOf(other.take()).slice(0, 3)).toEqual(['history', 'message', 'streaming true']);
  });

  it('[A6] of frames that are too large or no frames costs the same', async () => {
    const harness = new RoomHarness({ rates });
    const client = await harness.connect();
    for (let index = 0; index < 500; index += 1)
      await client.sendText(index % 2 === 0 ? '{' : 'x'.repeat(70_000));
    expect(client.frames.length).toBeLessThanOrEqual(65);
    expect(client.socket.closed).toMatchObject({ code: 4429 });
  });

  it('[A5] of requests over many connections is refused by the thread', async () => {
    const harness = new RoomHarness({ rates });
    const clients = await Promise.all(Array.from({ length: 20 }, () => harness.connect()));
    for (const client of clients)
      for (let index = 0; index < 40; index += 1) await client.send({ type: 'history' });
    const answered = clients.reduce((sum, client) => sum + client.framesOf('history').length - 1, 0);
    expect(answered).toBe(600);
    expect(clients.some((client) => codesOf(client).includes('rate_limited'))).toBe(true);
  });

  it('[A5] is no flood when it comes at the rate that a page may have', async () => {
    const harness = new RoomHarness({ rates });
    const client = await harness.connect();
    for (let index = 0; index < 600; index += 1) {
      await client.send({ type: 'ping' });
      await harness.clock.advance(500);
    }
    expect(codesOf(client)).toEqual([]);
  });
});

describe('connections', () => {
  it('[A5] of one thread are limited; who is one too many is told, and may come when another has left', async () => {
    const harness = new RoomHarness({ rates });
    const clients = [];
    for (let index = 0; index < 32; index += 1) clients.push(await harness.connect());
    const late = await harness.connect();
    expect(late.frames).toMatchObject([{ type: 'error', code: 'rate_limited', retryAfterMs: 15_000 }]);
    expect(late.socket.closed).toEqual({ code: 4429, reason: 'too_many_connections' });
    expect(clients.every(({ socket }) => socket.closed === undefined)).toBe(true);
    late.leave();
    clients[0]?.leave();
    expect(typesOf((await harness.connect()).frames)).toEqual(['history']);
  });
});

describe('spectators', () => {
  const reader = { write: false, expiresAt: undefined, subject: undefined };

  it('[A5] take no place of somebody who writes', async () => {
    const harness = new RoomHarness({ rates });
    for (let index = 0; index < 40; index += 1) await harness.connect({}, reader);
    const writer = await harness.connect();
    expect(typesOf(writer.frames)).toEqual(['history']);
  });

  it('[A5] use up no requests of somebody who writes', async () => {
    const harness = new RoomHarness({ rates });
    for (let index = 0; index < 20; index += 1) {
      const client = await harness.connect({}, reader);
      for (let request = 0; request < 50; request += 1) await client.send({ type: 'history' });
    }
    const writer = await harness.connect();
    await writer.ask('May I?', 'q-1');
    expect(codesOf(writer)).toEqual([]);
    expect(harness.upstream.calls).toHaveLength(1);
  });
});

describe('coming again and again', () => {
  it('[A5] is asking for a greeting each time, and limited like it', async () => {
    const harness = new RoomHarness({ rates });
    let greeted = 0;
    for (let index = 0; index < 700; index += 1) {
      const client = await harness.connect();
      greeted += client.framesOf('history').length;
      client.leave();
    }
    expect(greeted).toBe(600);
    const early = await harness.connect();
    expect(early.frames).toMatchObject([{ type: 'error', code: 'rate_limited', retryAfterMs: 100 }]);
    early.leave();
    await harness.clock.advance(SECOND);
    expect(typesOf((await harness.connect()).frames)).toEqual(['history']);
  });
});

describe('histories', () => {
  const few = { ...rates, threadAnswers: { burst: 50_000, perMinute: 50_000 } };
  const charsOf = ({ frames }: RoomClient) => JSON.stringify(frames).length;
  const spectator = { write: false, expiresAt: undefined, subject: undefined };

  async function longThread(): Promise<RoomHarness> {
    const harness = new RoomHarness({ rates: few });
    const client = await harness.connect();
    await client.ask('x'.repeat(16_000), 'q-0');
    await harness.upstream.call.end();
    client.leave();
    return harness;
  }

  it('[A5] [A9] are told to all that ask for them up to so many characters, for nobody knows who reads them', async () => {
    const harness = await longThread();
    const clients = await Promise.all(
      [0, 1, 0, 1].map((v) => harness.connect({ version: v, cursor: undefined })),
    );
    // All of them at once: nobody waits for an answer before asking again.
    const asked = clients.flatMap((client) =>
      Array.from({ length: 20 }, () => client.send({ type: 'history' })),
    );
    await Promise.all(asked);
    const refused = clients.flatMap((client) => client.framesOf('error'));
    expect(refused.length).toBeGreaterThan(50);
    for (const { code, retryAfterMs = 0 } of refused) {
      expect(code).toBe('rate_limited');
      expect(retryAfterMs).toBeGreaterThan(0);
    }
    expect(clients.reduce((sum, client) => sum + charsOf(client), 0)).toBeLessThan(100_000);
    const late = await harness.connect();
    expect(late.frames).toMatchObject([{ code: 'rate_limited' }]);
    await harness.clock.advance((late.framesOf('error')[0]?.retryAfterMs ?? 0) + SECOND);
    expect(typesOf((await harness.connect()).frames)).toEqual(['history']);
  });

  it('[A5] of spectators use up nothing of those who write, and hold back no message', async () => {
    const harness = await longThread();
    const reader = await harness.connect({}, spectator);
    for (let request = 0; request < 20; request += 1) await reader.send({ type: 'history' });
    expect(codesOf(reader)).toContain('rate_limited');
    const writer = await harness.connect();
    for (let request = 0; request < 20; request += 1) await writer.send({ type: 'history' });
    expect(codesOf(writer)).toContain('rate_limited');
    await writer.ask('May I?', 'q-1');
    expect(harness.upstream.calls).toHaveLength(2);
  });
});

describe('a budget', () => {
  it('[A13] is asked once for each run, for whoever wants it, and before it starts', async () => {
    const subjects: (string | undefined)[] = [];
    const budget = {
      spend: (subject: string | undefined) => {
        subjects.push(subject);
        return Promise.resolve(subjects.length > 2 ? 3_600_000 : 0);
      },
    };
    const harness = new RoomHarness({ budget });
    const client = await harness.connect({}, { write: true, expiresAt: undefined, subject: 'somebody' });
    for (const id of ['q-1', 'q-1', 'q-2', 'q-3']) await asked(harness, client, id);
    expect(subjects).toEqual(['somebody', 'somebody', 'somebody']);
    expect(harness.upstream.calls).toHaveLength(2);
    expect(client.framesOf('error')).toMatchObject([
      { code: 'rate_limited', messageId: 'q-3', retryAfterMs: 3_600_000 },
    ]);
    expect(client.thread().messages.map(({ id }) => id)).not.toContain('q-3');
  });
});
