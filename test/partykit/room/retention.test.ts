/** A thread that has more messages than are kept: who is in it, and who comes to it (rule R4). */
import { describe, expect, it } from 'vitest';
import type { ThreadMessage } from '#protocol';
import { PartyStorage } from '../../../partykit/storage/party-storage.ts';
import { MemoryKeyValueStore } from '../../support/key-value-store.ts';
import { RoomHarness, type RoomClient } from '../../support/room-harness.ts';

const KEPT = 70;

async function room() {
  const store = new MemoryKeyValueStore();
  const storage = new PartyStorage(store, { maxMessages: KEPT });
  const harness = new RoomHarness({ storage });
  const ana = await harness.connect();
  return { store, harness, ana };
}

async function wholeThreadOf(client: RoomClient): Promise<readonly ThreadMessage[]> {
  for (let { before } = client.thread(); before !== undefined; { before } = client.thread()) {
    await client.send({ type: 'history', before });
  }
  return client.thread().messages;
}

describe('a thread over its limit', () => {
  it('[F40] has the newest messages, under the ids that they always had, and pages down to its first', async () => {
    const { harness, ana } = await room();
    await harness.converse(ana, 60);
    const seen = ana.thread().messages;
    expect(seen).toHaveLength(120);
    expect(await wholeThreadOf(await harness.connect())).toEqual(seen.slice(-KEPT));
    await harness.kill();
    expect(await wholeThreadOf(await harness.connect())).toEqual(seen.slice(-KEPT));
  });

  it('[F40] drops the oldest and takes the newest in one transaction, or does neither', async () => {
    const { store, harness, ana } = await room();
    await harness.converse(ana, KEPT / 2);
    const writes: string[] = [];
    store.fault = (operation, inTransaction) => {
      if (operation !== 'get' && operation !== 'list')
        writes.push(`${operation}${inTransaction ? ' in it' : ''}`);
    };
    await ana.ask('one more', 'q-more');
    expect(writes).toEqual(['transaction', 'delete in it', 'put in it']);

    await harness.upstream.call.end();
    const before = store.contents;
    store.fault = (operation, inTransaction) => {
      if (inTransaction && operation === 'put') throw new Error('no space');
    };
    await ana.ask('too much', 'q-too-much');
    expect(ana.frames.at(-1)).toMatchObject({ code: 'storage_failed', messageId: 'q-too-much' });
    expect(store.contents).toEqual(before);
  });

  it('[F40] gives an empty page, and no cursor, above a message that was dropped meanwhile', async () => {
    const { harness, ana } = await room();
    await harness.converse(ana, 30);
    const reader = await harness.connect();
    const above = reader.thread().before;
    expect(above).toBe('q-6');
    for (let index = 0; index < 40; index += 1) {
      await ana.ask(`later ${index}`, `l-${index}`);
      await harness.upstream.call.end();
    }
    await reader.send({ type: 'history', before: 'q-6' });
    expect(reader.frames.at(-1)).toMatchObject({ type: 'history', mode: 'page', messages: [] });
    expect(reader.thread().before).toBeUndefined();
    expect(reader.thread().messages.at(-1)).toEqual(ana.thread().messages.at(-1));
  });
});
