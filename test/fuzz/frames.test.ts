/** Frames at random, into a room and into what a client makes of them (A7, F38). */
import { describe, expect, it } from 'vitest';
import {
  applyFrame,
  connectionQuery,
  cursorOf,
  decodeServerFrame,
  EMPTY_THREAD,
  parseConnectionQuery,
  type Thread,
} from '#protocol';
import { PartyStorage } from '../../partykit/storage/party-storage.ts';
import { turn } from '../support/fake-clock.ts';
import { MemoryKeyValueStore } from '../support/key-value-store.ts';
import { RoomHarness } from '../support/room-harness.ts';
import { anyClientFrame, anyServerFrame } from './any-frame.ts';
import { eachCase, FUZZ_TIMEOUT_MS } from './cases.ts';

const FRAMES_IN_A_CASE = 4;

describe('a room', () => {
  it(
    '[A7] [F38] breaks on no frame, and agrees with its clients on what is stored',
    async () => {
      await eachCase(async (random) => {
        const harness = new RoomHarness({ storage: new PartyStorage(new MemoryKeyValueStore()) });
        const [ana, ben] = [await harness.connect(), await harness.connect({ version: random.below(2) })];
        for (let count = 0; count < FRAMES_IN_A_CASE; count += 1) {
          await ana.sendText(anyClientFrame(random));
          const call = harness.upstream.calls.at(-1);
          if (random.chance(0.4)) await call?.token('text ');
          if (random.chance(0.3)) await call?.end();
        }
        await ana.send({ type: 'stop' });
        await turn();

        expect(harness.events('room_bug')).toEqual([]);
        expect(harness.clock.scheduled).toBe(0);
        const { gen, recent } = await harness.storage.load();
        for (const { content, role, id } of recent) {
          expect([typeof content, typeof id]).toEqual(['string', 'string']);
          if (role === 'user') expect(content.trim()).not.toBe('');
        }
        expect(ana.thread()).toMatchObject({ gen, messages: recent, run: undefined });
        if (ben.socket.session.version === 1) expect(ben.thread().messages).toEqual(recent);
      });
    },
    FUZZ_TIMEOUT_MS,
  );
});

/** What holds of a thread whatever a relay has said. */
function expectSound(thread: Thread): void {
  const ids = thread.messages.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { id, content, role, timestamp } of thread.messages) {
    expect([typeof id, typeof content]).toEqual(['string', 'string']);
    expect(['user', 'assistant']).toContain(role);
    expect(Number.isFinite(timestamp)).toBe(true);
  }
  const cursor = cursorOf(thread);
  const { cursor: travelled } = parseConnectionQuery(new URLSearchParams(connectionQuery(1, cursor)));
  if (travelled !== undefined) expect(travelled).toEqual(cursor);
}

describe('a client', () => {
  it(
    '[A7] reads every frame or none of it, and its thread stays sound',
    async () => {
      let read = 0;
      const cases = await eachCase((random) => {
        let thread = EMPTY_THREAD;
        for (let count = 0; count < FRAMES_IN_A_CASE; count += 1) {
          const frame = decodeServerFrame(anyServerFrame(random));
          if (!frame.ok) continue;
          read += 1;
          thread = applyFrame(thread, frame.value).thread;
          expectSound(thread);
        }
      });
      // Else it would be the decoder alone that is tried.
      if (cases > 1) expect(read / cases / FRAMES_IN_A_CASE).toBeGreaterThan(0.3);
    },
    FUZZ_TIMEOUT_MS,
  );
});
