/** Failing writes, damaged values, and what is left of older generations. */
import { describe, expect, it } from 'vitest';
import { PartyStorage, type PartyStorageOptions } from '../../../partykit/storage/party-storage.ts';
import {
  checkpointKey,
  generationPrefix,
  idKey,
  messageKey,
  META_KEY,
  partKey,
} from '../../../partykit/storage/thread-keys.ts';
import { turn } from '../../support/fake-clock.ts';
import { MemoryKeyValueStore } from '../../support/key-value-store.ts';
import { answerMessage, userMessage } from '../../support/messages.ts';
import { change, fill, RUN } from '../../support/storage-contract.ts';

async function opened(options?: PartyStorageOptions) {
  const store = new MemoryKeyValueStore();
  const storage = new PartyStorage(store, options);
  await storage.load();
  return { store, storage };
}

describe('a commit that fails', () => {
  it.each(['put', 'delete', 'get'] as const)(
    '[R4] [F40] changes nothing when a %s in its transaction fails, and can be made again',
    async (operation) => {
      const { store, storage } = await opened({ maxMessages: 3 });
      await fill(storage, 3);
      await storage.commit(change({ open: RUN }));
      await storage.checkpoint('half');
      const before = store.contents;
      store.fault = (running, inTransaction) => {
        if (inTransaction && running === operation) throw new Error('no space');
      };
      const next = change({ append: [answerMessage('a-1', { content: 'x'.repeat(70_000) })] });
      await expect(storage.commit(next)).rejects.toThrow('no space');
      expect(store.contents).toEqual(before);
      store.fault = () => undefined;
      await storage.commit(next);
      const { recent, open } = await new PartyStorage(store, { maxMessages: 3 }).load();
      expect(recent.map(({ id }) => id)).toEqual(['m-2', 'm-3', 'a-1']);
      expect(open).toBeUndefined();
    },
  );

  it('[R4] [F40] drops an old message, its index and its parts, or none of them', async () => {
    const { store, storage } = await opened({ maxMessages: 1 });
    await storage.commit(change({ append: [answerMessage('a-1', { content: 'x'.repeat(70_000) })] }));
    await storage.commit(change({ append: [userMessage('u-1')] }));
    expect(store.keys).toEqual([idKey(0, 'u-1'), messageKey(0, 2), META_KEY]);
  });

  it('keeps the thread when the reset fails', async () => {
    const { store, storage } = await opened();
    await fill(storage, 2);
    store.fault = (operation) => {
      if (operation === 'put') throw new Error('no space');
    };
    await expect(storage.reset(1, 'upstream-2')).rejects.toThrow('no space');
    store.fault = () => undefined;
    await fill(storage, 1, 3);
    expect(await new PartyStorage(store).load()).toMatchObject({ gen: 0, count: 3 });
  });
});

describe('a checkpoint that fails', () => {
  async function withLostCheckpoint() {
    const { store, storage } = await opened();
    await storage.commit(change({ append: [userMessage('u-1')], open: RUN }));
    await storage.checkpoint('one, ');
    store.fault = (operation) => {
      if (operation === 'put') throw new Error('no space');
    };
    await expect(storage.checkpoint('two, ')).rejects.toThrow('no space');
    store.fault = () => undefined;
    await storage.checkpoint('three');
    return { store, storage };
  }

  it('[F49] [R2] is written with the next one', async () => {
    const { store } = await withLostCheckpoint();
    expect((await new PartyStorage(store).load()).open?.text).toBe('one, two, three');
  });

  it('[R2] leaves no piece behind for a later run, also after a restart', async () => {
    const { store } = await withLostCheckpoint();
    const again = new PartyStorage(store);
    await again.load();
    await again.commit(change({ append: [answerMessage(RUN.messageId)] }));
    expect(store.keys.filter((key) => key.includes(':checkpoint:'))).toEqual([]);
  });

  async function failing(times: number) {
    const { store, storage } = await opened();
    await storage.commit(change({ open: RUN }));
    let left = times;
    store.fault = (operation) => {
      if (operation === 'put' && left-- > 0) throw new Error('no space');
    };
    return { store, storage };
  }

  it.each([1, 2, 200])('[F49] [R2] is written with the next one, after %i failures', async (times) => {
    const { store, storage } = await failing(times);
    const pieces = Array.from({ length: times + 1 }, (_, index) => `piece ${index}, `);
    for (const piece of pieces.slice(0, -1))
      await expect(storage.checkpoint(piece)).rejects.toThrow('no space');
    await storage.checkpoint(pieces.at(-1) ?? '');
    const { open } = await new PartyStorage(store).load();
    expect(open?.text).toBe(pieces.join(''));
  });

  it('[F49] leaves nothing to the next run', async () => {
    const { store, storage } = await failing(1);
    await expect(storage.checkpoint('of the first')).rejects.toThrow('no space');
    await storage.commit(change({ open: { ...RUN, messageId: 'a-2' } }));
    await storage.checkpoint('of the second');
    const { open } = await new PartyStorage(store).load();
    expect(open?.text).toBe('of the second');
  });
});

describe('damaged values', () => {
  async function damaged(body: (store: MemoryKeyValueStore) => void) {
    const { store, storage } = await opened();
    await fill(storage, 3);
    await storage.commit(
      change({ append: [answerMessage('a-1', { content: 'x'.repeat(70_000) })], open: RUN }),
    );
    await storage.checkpoint('one, ');
    await storage.checkpoint('two, ');
    body(store);
    const corrupt: string[] = [];
    const again = new PartyStorage(store, { onCorrupt: (what) => corrupt.push(what) });
    return { again, thread: await again.load(), corrupt };
  }

  it.each([['nothing'], [7], [{ id: 'm-2' }], [{ id: 'm-2', role: 'system', content: '', timestamp: 1 }]])(
    '[F39] leave a message out and are counted: %j',
    async (value) => {
      const { again, thread, corrupt } = await damaged((store) => {
        store.damage(messageKey(0, 2), value);
      });
      expect(thread.recent.map(({ id }) => id)).toEqual(['m-1', 'm-3', 'a-1']);
      expect(corrupt).toEqual(['message']);
      expect(await again.find('m-2')).toBeUndefined();
      expect((await again.page('a-1', 50)).messages.map(({ id }) => id)).toEqual(['m-1', 'm-3']);
      expect(await again.find('m-3')).toMatchObject({ content: 'text 3' });
    },
  );

  it('[F39] leave a message out whose row is gone', async () => {
    const { again, thread } = await damaged((store) => {
      store.lose(messageKey(0, 3));
    });
    expect(thread.recent.map(({ id }) => id)).toEqual(['m-1', 'm-2', 'a-1']);
    expect(await again.find('m-3')).toBeUndefined();
  });

  it('[F39] leave a part out and are counted', async () => {
    const { thread, corrupt } = await damaged((store) => {
      store.damage(partKey(0, 4, 1), { not: 'text' });
    });
    expect(thread.recent.at(-1)).toMatchObject({ id: 'a-1', content: 'x'.repeat(70_000 - 32_000) });
    expect(corrupt).toEqual(['part']);
  });

  it('[F39] end the text of an open run where they are, and are counted', async () => {
    const { thread, corrupt } = await damaged((store) => {
      store.damage(checkpointKey(0, 1), 7);
    });
    expect(thread.open?.text).toBe('one, ');
    expect(corrupt).toEqual(['checkpoint']);
  });

  it('[F39] of an index make a message unknown, not the thread unreadable', async () => {
    const { again, thread } = await damaged((store) => {
      store.damage(idKey(0, 'm-2'), 'two');
    });
    expect(thread.recent).toHaveLength(4);
    expect(await again.find('m-2')).toBeUndefined();
    expect(await again.page('m-2', 50)).toEqual({ messages: [], hasOlder: false });
  });

  it('[F39] of the record of the thread are said, and nothing is overwritten', async () => {
    const { store, storage } = await opened();
    await fill(storage, 3);
    store.damage(META_KEY, { gen: 'zero' });
    const before = store.contents;
    const corrupt: string[] = [];
    const again = new PartyStorage(store, { onCorrupt: (what) => corrupt.push(what) });
    await expect(again.load()).rejects.toThrow();
    expect(corrupt).toEqual(['meta']);
    expect(store.contents).toEqual(before);
  });
});

describe('a cleared generation', () => {
  const keysOf = (store: MemoryKeyValueStore, gen: number) =>
    store.keys.filter((key) => key.startsWith(generationPrefix(gen)));

  async function cleared() {
    const { store, storage } = await opened();
    await fill(storage, 300);
    await storage.commit(
      change({ append: [answerMessage('a', { content: 'x'.repeat(70_000) })], open: RUN }),
    );
    await storage.checkpoint('half');
    return { store, storage };
  }

  it('[F23] leaves no key behind', async () => {
    const { store, storage } = await cleared();
    await storage.reset(1, 'upstream-2');
    await turn();
    expect(store.keys).toEqual([META_KEY]);
  });

  it('[F23] is swept by a later load when the sweep was cut off', async () => {
    const { store, storage } = await cleared();
    let deletes = 0;
    store.fault = (operation) => {
      if (operation === 'delete' && ++deletes > 1) throw new Error('the process is gone');
    };
    await storage.reset(1, 'upstream-2');
    await turn();
    expect(keysOf(store, 0).length).toBeGreaterThan(0);
    store.fault = () => undefined;
    const again = new PartyStorage(store);
    expect(await again.load()).toMatchObject({ gen: 1, count: 0, open: undefined });
    await turn();
    expect(keysOf(store, 0)).toEqual([]);
  });

  it('[F23] is swept without touching what comes after it', async () => {
    const { store, storage } = await cleared();
    for (let gen = 1; gen <= 3; gen += 1) {
      await storage.reset(gen, `upstream-${gen}`);
      await fill(storage, 5);
    }
    await turn();
    expect([0, 1, 2].flatMap((gen) => keysOf(store, gen))).toEqual([]);
    expect(await new PartyStorage(store).load()).toMatchObject({ gen: 3, count: 5 });
  });
});
