import { describe, expect, it } from 'vitest';
import { ANSWER_MAX_CHARS } from '#protocol';
import { PartyStorage } from '../../../partykit/storage/party-storage.ts';
import { MemoryKeyValueStore } from '../../support/key-value-store.ts';
import { HARD_TEXT } from '../../support/messages.ts';
import { RoomHarness } from '../../support/room-harness.ts';
import { eachSeed } from '../../support/seeded-random.ts';

async function asked() {
  const store = new MemoryKeyValueStore();
  const harness = new RoomHarness({ storage: new PartyStorage(store) });
  const ana = await harness.connect();
  await ana.ask('question', 'q-1');
  return { store, harness, call: harness.upstream.call };
}

describe('the checkpoints of a run', () => {
  it('[R2] are written 250 ms after the text came, at the latest', async () => {
    const { harness, call } = await asked();
    await call.token('a', 'b');
    await harness.clock.advance(249);
    expect(harness.storage.checkpoints).toEqual([]);
    await harness.clock.advance(1);
    expect(harness.storage.checkpoints).toEqual(['ab']);
    await harness.clock.advance(10_000);
    expect(harness.storage.checkpoints).toEqual(['ab']);
  });

  it('[R2] do not wait where 4 KiB are lacking', async () => {
    const { harness, call } = await asked();
    await call.token('漢'.repeat(1364));
    expect(harness.storage.checkpoints).toEqual([]);
    await call.token('漢');
    expect(harness.storage.checkpoints).toEqual(['漢'.repeat(1365)]);
    await harness.clock.advance(10_000);
    expect(harness.storage.checkpoints).toHaveLength(1);
  });

  it('[R2] [F37] hold at most 4 KiB each, also of an answer that comes in one piece', async () => {
    const { harness, call } = await asked();
    const answer = HARD_TEXT.repeat(500);
    await call.token(answer);
    const { checkpoints } = harness.storage;
    expect(checkpoints.join('')).toBe(answer);
    expect(Math.max(...checkpoints.map((text) => Buffer.byteLength(text)))).toBeLessThanOrEqual(4096);
  });

  it('[R2] never leave more than 250 ms or 4 KiB of text unwritten', async () => {
    await eachSeed(15, async (random) => {
      const { harness, call } = await asked();
      let sent = '';
      const arrivals: { readonly at: number; readonly end: number }[] = [];
      for (let index = 0; index < 60; index += 1) {
        const text = random.pick(['x', '漢', '👩']).repeat(1 + random.below(random.chance(0.1) ? 3000 : 40));
        sent += text;
        await call.token(text);
        arrivals.push({ at: harness.clock.now(), end: sent.length });
        await harness.clock.advance(random.below(120));
        const written = harness.storage.checkpoints.join('');
        expect(sent.startsWith(written)).toBe(true);
        expect(Buffer.byteLength(sent.slice(written.length))).toBeLessThanOrEqual(4096);
        const due = arrivals.findLast(({ at }) => at + 250 <= harness.clock.now());
        expect(written.length).toBeGreaterThanOrEqual(due?.end ?? 0);
      }
    });
  });

  it('[R2] cost bytes in proportion to the text, not to its square', async () => {
    const costOf = async (chars: number) => {
      const { store, harness, call } = await asked();
      const usage = await store.usageOf(async () => {
        for (let sent = 0; sent < chars; sent += 100) {
          await call.token('x'.repeat(100));
          if (sent % 1000 === 0) await harness.clock.advance(250);
        }
        await call.end();
      });
      return usage.bytesWritten;
    };
    const small = await costOf(5_000);
    const large = await costOf(50_000);
    expect(large).toBeLessThan(small * 12);
    expect(large).toBeLessThan(50_000 * 2 + 50 * 100 + 1000);
  });

  it('[R2] are gone when the answer is stored', async () => {
    const { store, call } = await asked();
    await call.token('x'.repeat(20_000));
    expect(store.keys.some((key) => key.includes(':checkpoint:'))).toBe(true);
    await call.end();
    expect(store.keys.some((key) => key.includes(':checkpoint:'))).toBe(false);
  });

  it('[R2] [F37] bring back the text of the longest answer after a kill', async () => {
    const { harness, call } = await asked();
    const answer = '漢👩x'.repeat(ANSWER_MAX_CHARS / 4);
    for (let from = 0; from < answer.length; from += 5000) await call.token(answer.slice(from, from + 5000));
    await harness.clock.advance(250);
    await harness.kill();
    const client = await harness.connect();
    const interrupted = client.framesOf('history')[0]?.messages.at(-1);
    expect(interrupted?.content === answer).toBe(true);
  });
});
