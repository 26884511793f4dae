/** What a thread costs: keys, values, bytes. The store itself refuses what the platform would refuse. */
import { describe, expect, it } from 'vitest';
import { ANSWER_MAX_CHARS } from '#protocol';
import { PartyStorage } from '../../../partykit/storage/party-storage.ts';
import { MemoryKeyValueStore } from '../../support/key-value-store.ts';
import { answerMessage, userMessage } from '../../support/messages.ts';
import { change, fill, RUN } from '../../support/storage-contract.ts';

async function opened(maxMessages?: number) {
  const store = new MemoryKeyValueStore();
  const storage = new PartyStorage(store, maxMessages === undefined ? {} : { maxMessages });
  await storage.load();
  return { store, storage };
}

describe('the size of what is stored', () => {
  it.each(['x', '漢', '\ud83d', '👩'])(
    '[R4] [F37] keeps an answer of 256 KiB in parts, found and paged whole: %s',
    async (unit) => {
      const { store, storage } = await opened();
      const content = unit.repeat(ANSWER_MAX_CHARS / unit.length);
      const answer = answerMessage('a-1', { content });
      await storage.commit(change({ append: [userMessage('u-1'), answer, userMessage('u-2')] }));
      const again = new PartyStorage(store);
      expect((await again.load()).recent[1]).toEqual(answer);
      expect(await again.find('a-1')).toEqual(answer);
      expect((await again.page('u-2', 50)).messages).toEqual([userMessage('u-1'), answer]);
    },
  );

  it('[R4] uses a key a message and one of its id', async () => {
    const { store, storage } = await opened();
    await fill(storage, 1);
    const before = store.keys.length;
    await fill(storage, 10, 2);
    expect(store.keys.length - before).toBe(20);
  });

  it('[R2] writes a checkpoint at a cost that does not depend on the text before it', async () => {
    const { store, storage } = await opened();
    await storage.commit(change({ open: RUN }));
    const cost = () => store.usageOf(() => storage.checkpoint('x'.repeat(1365)));
    const first = await cost();
    for (let index = 0; index < 190; index += 1) await storage.checkpoint('x'.repeat(1365));
    expect(await cost()).toEqual(first);
    expect(first).toMatchObject({ calls: 1, keysWritten: 1 });
    expect(first.bytesWritten).toBeLessThan(1365 + 200);
  });

  it('[R2] lets no token wait until a checkpoint is on disk, and everything else', async () => {
    const { store, storage } = await opened();
    await storage.commit(change({ append: [userMessage('u-1')], open: RUN }));
    await storage.checkpoint('one');
    await storage.checkpoint('two');
    const checkpoints = store.keys.filter((key) => key.includes('checkpoint'));
    await storage.commit(change({ append: [answerMessage('a-1')] }));
    await storage.reset(1, 'other');
    expect(store.unconfirmed).toEqual(checkpoints);
    expect(checkpoints).toHaveLength(2);
  });

  it('[R2] removes thousands of checkpoints within the limits of a call', async () => {
    const { store, storage } = await opened();
    await storage.commit(change({ open: RUN }));
    for (let index = 0; index < 1500; index += 1) await storage.checkpoint('piece');
    await storage.commit(change({ append: [answerMessage('a-1')] }));
    expect(store.keys.filter((key) => key.includes('checkpoint'))).toEqual([]);
  });

  it('[R4] reads a page, a message and a thread at a cost that does not grow with the thread', async () => {
    const { store, storage } = await opened();
    const costAt = async (newest: number) => [
      (await store.usageOf(() => storage.page(`m-${newest}`, 50))).keysRead,
      (await store.usageOf(() => storage.find(`m-${newest - 10}`))).keysRead,
      (await store.usageOf(() => new PartyStorage(store).load())).keysRead,
      (await store.usageOf(() => fill(storage, 1, newest + 1))).keysWritten,
    ];
    await fill(storage, 100);
    const small = await costAt(100);
    await fill(storage, 1400, 102);
    expect(await costAt(1501)).toEqual(small);
    expect(small).toEqual([51, 2, 51, 3]);
  });

  it('[R4] drops the oldest at a constant cost too', async () => {
    const { store, storage } = await opened(200);
    await fill(storage, 200);
    const first = await store.usageOf(() => fill(storage, 1, 201));
    const keys = store.keys.length;
    await fill(storage, 300, 202);
    const later = await store.usageOf(() => fill(storage, 1, 502));
    expect(later).toEqual({ ...first, bytesWritten: later.bytesWritten });
    expect(later.bytesWritten - first.bytesWritten).toBeLessThan(10);
    expect(store.keys.length).toBe(keys);
  });
});
