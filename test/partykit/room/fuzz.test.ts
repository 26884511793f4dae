/** Garbage and mischief at random: the room neither breaks nor forgets (F38). */
import { describe, expect, it } from 'vitest';
import { PartyStorage } from '../../../partykit/storage/party-storage.ts';
import { turn } from '../../support/fake-clock.ts';
import { MemoryKeyValueStore } from '../../support/key-value-store.ts';
import { RoomHarness, type RoomClient } from '../../support/room-harness.ts';
import { eachSeed, type SeededRandom } from '../../support/seeded-random.ts';

const TYPES = [
  'message',
  'history',
  'clear',
  'stop',
  'retry',
  'ping',
  'done',
  '__proto__',
  'constructor',
  '',
];
const FIELDS = [
  'content',
  'id',
  'before',
  'limit',
  'messageId',
  'cursor',
  'gen',
  'role',
  '__proto__',
  'toString',
];

function anyValue(random: SeededRandom, depth = 0): unknown {
  const values: readonly (() => unknown)[] = [
    () => random.below(200) - 50,
    () => random.next() * 1e308,
    () => `q-${random.below(8)}`,
    () => 'x'.repeat(random.below(300)),
    () => '\ud83d\u0000"\\',
    () => ' ',
    () => null,
    () => random.chance(0.5),
    () => (depth > 3 ? [] : Array.from({ length: random.below(4) }, () => anyValue(random, depth + 1))),
    () => (depth > 3 ? {} : { [random.pick(FIELDS)]: anyValue(random, depth + 1) }),
  ];
  return random.pick(values)();
}

function anyFrame(random: SeededRandom): unknown {
  if (random.chance(0.05)) return new Uint8Array(random.below(20));
  if (random.chance(0.05)) return '['.repeat(random.below(2000));
  const fields = Array.from(
    { length: random.below(4) },
    () => [random.pick(FIELDS), anyValue(random)] as const,
  );
  const text = JSON.stringify({ type: random.pick(TYPES), ...Object.fromEntries(fields) });
  if (random.chance(0.1)) return text.slice(0, random.below(text.length));
  return text;
}

function mischief(random: SeededRandom, harness: RoomHarness): Promise<unknown> {
  const call = harness.upstream.calls.at(-1);
  switch (random.below(6)) {
    case 0:
      return harness.clock.advance(random.below(400));
    case 1:
      return (
        call?.end(random.chance(0.5) ? { ok: true } : { ok: false, code: 'upstream_failed', hint: '' }) ??
        turn()
      );
    case 2:
      return harness.connect({
        version: random.below(2),
        cursor: { gen: random.below(3), last: `q-${random.below(8)}` },
      });
    default:
      return call?.token('text ') ?? turn();
  }
}

/** Everything that a client was told adds up to what the room has. */
async function expectConvergence(harness: RoomHarness, client: RoomClient): Promise<void> {
  const stored = await harness.storage.load();
  const thread = client.thread();
  expect(thread.gen).toBe(stored.gen);
  expect(thread.run).toBeUndefined();
  const known = thread.messages.slice(-stored.recent.length);
  expect(stored.recent.length === 0 ? thread.messages : known).toEqual(stored.recent);
}

describe('a room under 10,000 frames of garbage', () => {
  it('[F38] works, and every client that stayed knows what the room knows', async () => {
    await eachSeed(10, async (random) => {
      const harness = new RoomHarness({ storage: new PartyStorage(new MemoryKeyValueStore()) });
      const clients = [
        await harness.connect(),
        await harness.connect(),
        await harness.connect({ version: 0 }),
      ];
      for (let round = 0; round < 1000; round += 1) {
        await random.pick(clients).sendText(anyFrame(random));
        if (random.chance(0.15)) await mischief(random, harness);
      }
      const [ana] = clients;
      if (ana === undefined) throw new Error('no client');
      await ana.send({ type: 'stop' });
      await ana.ask('still there?', 'the-last');
      await harness.upstream.call.token('Yes.');
      await harness.upstream.call.end();
      expect(ana.thread().messages.at(-1)).toMatchObject({ content: 'Yes.', status: 'complete' });
      await expectConvergence(harness, ana);
      expect(harness.events('room_bug')).toEqual([]);
      expect(harness.clock.scheduled).toBe(0);
      expect(Object.keys(Object.prototype)).toEqual([]);
    });
  });
});
