/** A room whose client sends JSON that reaches for prototypes or is beyond reason (A7). */
import { describe, expect, it } from 'vitest';
import { PartyStorage } from '../../../partykit/storage/party-storage.ts';
import { HOSTILE_VALUES, placed } from '../../support/hostile-json.ts';
import { MemoryKeyValueStore } from '../../support/key-value-store.ts';
import { RoomHarness } from '../../support/room-harness.ts';
import { prototypes } from '../../support/prototypes.ts';

const FRAMES: readonly Readonly<Record<string, unknown>>[] = [
  { type: 'message', content: 'text', id: '__proto__' },
  { type: 'history', before: 'constructor', limit: 5 },
  { type: 'history', cursor: { gen: 0, last: '__proto__', run: 'constructor', off: 1 } },
  { type: 'retry', messageId: 'prototype' },
  { type: 'ping', received: 1 },
];

describe('a room that is sent a payload', () => {
  const before = prototypes();

  it.each(HOSTILE_VALUES)('[A7] goes on, and passes nothing of it on: %s', async (_what, payload) => {
    const harness = new RoomHarness({ storage: new PartyStorage(new MemoryKeyValueStore()) });
    const ben = await harness.connect();
    for (const frame of [payload, ...FRAMES.flatMap((known) => placed(known, payload))]) {
      // Each from a page of its own, so that none is refused for sending too much.
      const ana = await harness.connect();
      await ana.sendText(frame);
      ana.leave();
      await harness.clock.advance(20_000);
      if (harness.upstream.calls.length > 0) await harness.upstream.call.end();
    }
    expect(harness.events('room_bug')).toEqual([]);
    expect(prototypes()).toEqual(before);

    for (const { content, id } of ben.thread().messages.filter(({ role }) => role === 'user')) {
      expect(content).toBe('text');
      expect(typeof id).toBe('string');
    }
    expect(ben.frames.filter(({ type }) => type === 'error')).toEqual([]);
    await ben.ask('Still there?', 'the-last');
    await harness.upstream.call.token('Yes.');
    await harness.upstream.call.end();
    expect(ben.thread().messages.at(-1)).toMatchObject({ content: 'Yes.', status: 'complete' });
    expect((await harness.storage.load()).recent).toEqual(ben.thread().messages.slice(-50));
  });
});
