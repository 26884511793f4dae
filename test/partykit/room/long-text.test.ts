/** Texts as long as they may be, on a store with the platform's limit of 128 KiB a value: nothing throws, nothing is lost. */
import { describe, expect, it } from 'vitest';
import { ANSWER_MAX_CHARS, MESSAGE_MAX_CHARS, type ThreadMessage } from '#protocol';
import { PartyStorage } from '../../../partykit/storage/party-storage.ts';
import { MemoryKeyValueStore } from '../../support/key-value-store.ts';
import { RoomHarness, type RoomClient } from '../../support/room-harness.ts';

async function room() {
  const store = new MemoryKeyValueStore();
  const harness = new RoomHarness({ storage: new PartyStorage(store) });
  return { harness, ana: await harness.connect() };
}

/** What a client has that comes after a restart, when nothing but storage is left. */
async function replay(harness: RoomHarness): Promise<RoomClient> {
  expect(harness.events('storage_failed')).toEqual([]);
  expect(harness.events('room_bug')).toEqual([]);
  await harness.kill();
  return harness.connect();
}

/** Not with `toEqual`: its account of two texts of this length takes minutes. */
function expectSame(replayed: readonly ThreadMessage[], live: readonly ThreadMessage[]): void {
  expect(replayed.map(({ content }) => content.length)).toEqual(live.map(({ content }) => content.length));
  expect(JSON.stringify(replayed) === JSON.stringify(live)).toBe(true);
}

describe.each(['x', '漢', '👩', '\u0000'])('the longest texts, in characters like %j', (unit) => {
  it('[F37] of an answer in one piece is the same for who saw it and for who comes later', async () => {
    const { harness, ana } = await room();
    const answer = unit.repeat(ANSWER_MAX_CHARS / unit.length);
    await ana.ask('question', 'q-1');
    await harness.upstream.call.token(answer);
    await harness.upstream.call.end();
    expect(ana.framesOf('error')).toEqual([]);
    expect(ana.thread().messages.at(-1)).toMatchObject({ status: 'complete' });
    expect(ana.thread().messages.at(-1)?.content === answer).toBe(true);
    expectSame((await replay(harness)).thread().messages, ana.thread().messages);
  });

  it('[F37] of an answer that goes on past them is cut, with the reason, and replayed as it was seen', async () => {
    const { harness, ana } = await room();
    await ana.ask('question', 'q-1');
    await harness.upstream.call.token(unit.repeat(2 * 1024 * 1024));
    const [done] = ana.framesOf('done');
    expect(done?.fullContent).toHaveLength(ANSWER_MAX_CHARS);
    expect(done?.status).toBe('failed');
    expect(ana.framesOf('error')).toMatchObject([{ code: 'upstream_overflow' }]);
    const back = await replay(harness);
    expectSame(back.thread().messages, ana.thread().messages);
    expect(back.thread().messages.at(-1)?.error).toEqual({ code: 'upstream_overflow' });
  });

  it('[F37] of a question is stored and echoed whole', async () => {
    const { harness, ana } = await room();
    const question = unit.repeat(MESSAGE_MAX_CHARS / unit.length - 1) + 'x'.repeat(unit.length);
    await ana.ask(question, 'q-1');
    // A NUL takes six bytes in a frame, so that as many of them are too much for one.
    if (unit === '\u0000') {
      expect(ana.framesOf('error')).toMatchObject([{ code: 'too_large' }]);
      return;
    }
    await harness.upstream.call.end();
    expect(ana.framesOf('message')[0]?.content === question).toBe(true);
    expectSame((await replay(harness)).thread().messages, ana.thread().messages);
  });
});
