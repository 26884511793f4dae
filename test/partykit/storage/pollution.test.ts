/** Stored values that reach for prototypes or are beyond reason: damage, or what an older version let in (A7, F39). */
import { serialize } from 'node:v8';
import { describe, expect, it } from 'vitest';
import { parseJson } from '#protocol';
import { PartyStorage } from '../../../partykit/storage/party-storage.ts';
import {
  checkpointKey,
  idKey,
  messageKey,
  META_KEY,
  partKey,
} from '../../../partykit/storage/thread-keys.ts';
import { HOSTILE_VALUES, placed, type HostileValue } from '../../support/hostile-json.ts';
import { MemoryKeyValueStore } from '../../support/key-value-store.ts';
import { answerMessage } from '../../support/messages.ts';
import { prototypes } from '../../support/prototypes.ts';
import { change, fill, RUN } from '../../support/storage-contract.ts';

const META = {
  gen: 0,
  upstreamThreadId: 'there',
  first: 1,
  next: 5,
  open: { messageId: RUN.messageId, userMessageId: RUN.userMessageId, startedAt: 1 },
  sweepFrom: 0,
};
const RECORD = { id: 'm-2', role: 'user', content: 'text', timestamp: 1, status: 'complete', parts: 0 };

/** A store cannot hold what cannot be serialised. */
function canBeStored(value: unknown): boolean {
  try {
    serialize(value);
    return true;
  } catch {
    return false;
  }
}

const STORABLE: readonly HostileValue[] = HOSTILE_VALUES.filter(([, json]) => canBeStored(parseJson(json)));

/** A thread of three messages, a long one and an open run, with a value exchanged. */
async function threadWith(key: string, value: unknown): Promise<PartyStorage> {
  const store = new MemoryKeyValueStore();
  const storage = new PartyStorage(store);
  await storage.load();
  await fill(storage, 3);
  const long = answerMessage('a-1', { content: 'x'.repeat(70_000) });
  await storage.commit(change({ append: [long], open: RUN }));
  await storage.checkpoint('one, ');
  store.damage(key, value);
  return new PartyStorage(store);
}

/** Everything that a room asks of it. */
async function useAll(storage: PartyStorage): Promise<unknown> {
  const thread = await storage.load();
  const found = [await storage.find('m-2'), await storage.find('__proto__'), await storage.find('a-1')];
  const page = await storage.page('a-1', 50);
  await storage.commit(change({ append: [answerMessage('after')] }));
  await storage.reset(thread.gen + 1, 'next');
  return { thread, found, page };
}

function ownNames(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return [...Object.keys(value), ...Object.values(value).flatMap(ownNames)];
}

describe('a payload in the place of a stored value', () => {
  const before = prototypes();
  const places: readonly (readonly [string, (payload: string) => readonly string[]])[] = [
    [messageKey(0, 2), (payload) => [payload, ...placed(RECORD, payload)]],
    [idKey(0, 'm-2'), (payload) => [payload]],
    [partKey(0, 4, 0), (payload) => [payload]],
    [checkpointKey(0, 0), (payload) => [payload]],
  ];

  it('is one of more than twenty', () => {
    expect(STORABLE.length).toBeGreaterThanOrEqual(20);
  });

  it.each(STORABLE)(
    '[A7] [F39] leaves that one out, or what is unknown of it: %s',
    async (_what, payload) => {
      for (const [key, values] of places) {
        for (const json of values(payload)) {
          const told = await useAll(await threadWith(key, parseJson(json)));
          for (const name of ['__proto__', 'constructor', 'prototype', 'polluted', 'unknown'])
            expect(ownNames(told)).not.toContain(name);
          expect(told).toMatchObject({ thread: { gen: 0, count: 4 } });
        }
      }
      expect(prototypes()).toEqual(before);
    },
  );

  it.each(STORABLE)(
    '[A7] [F39] leaves the record of the thread unreadable, or is not seen: %s',
    async (_what, payload) => {
      for (const json of [payload, ...placed(META, payload)]) {
        const storage = await threadWith(META_KEY, parseJson(json));
        const told = await useAll(storage).catch((error: unknown) => {
          expect(error).toEqual(new Error('the thread cannot be read'));
          return {};
        });
        expect(ownNames(told)).not.toContain('polluted');
      }
      expect(prototypes()).toEqual(before);
    },
  );
});

describe('ids that are names of the language', () => {
  it('[A7] are found again, and only where they were stored', async () => {
    const store = new MemoryKeyValueStore();
    const storage = new PartyStorage(store);
    await storage.load();
    for (const id of ['__proto__', 'constructor']) expect(await storage.find(id)).toBeUndefined();
    await storage.commit(change({ append: [answerMessage('__proto__'), answerMessage('constructor')] }));
    for (const id of ['__proto__', 'constructor']) expect(await storage.find(id)).toMatchObject({ id });
    expect(await storage.find('prototype')).toBeUndefined();
    expect((await new PartyStorage(store).load()).recent.map(({ id }) => id)).toEqual([
      '__proto__',
      'constructor',
    ]);
  });
});
