import { describe, expect, it } from 'vitest';
import type { ThreadMessage } from '#protocol';
import { MemoryStorage } from '../../../partykit/storage/memory-storage.ts';
import { PartyStorage } from '../../../partykit/storage/party-storage.ts';
import { MemoryKeyValueStore } from '../../support/key-value-store.ts';
import { answerMessage, userMessage } from '../../support/messages.ts';
import { eachSeed, type SeededRandom } from '../../support/seeded-random.ts';
import { change, describeThreadStorage, RUN } from '../../support/storage-contract.ts';

describeThreadStorage('PartyStorage', (options) => {
  const store = new MemoryKeyValueStore();
  return { storage: new PartyStorage(store, options), reopen: () => new PartyStorage(store, options) };
});

/** Texts of every size that matters: empty, small, at the edges of a part, of several parts, of two bytes a unit. */
function anyText(random: SeededRandom): string {
  const length = random.pick([0, 5, 31_999, 32_000, 32_001, 70_000]);
  return random.pick(['x', '漢', '👩']).repeat(Math.ceil(length / 2));
}

/** Long texts as their length and both ends, so that a failure can be read. */
function brief(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value ?? null, (_key, part: unknown) =>
      typeof part === 'string' && part.length > 40 ? [part.length, part.slice(0, 4), part.slice(-4)] : part,
    ),
  );
}

describe('PartyStorage beside MemoryStorage', () => {
  it('answers the same, reloaded at any time', async () => {
    await eachSeed(25, async (random) => {
      const store = new MemoryKeyValueStore();
      const memory = new MemoryStorage(20);
      let party = new PartyStorage(store, { maxMessages: 20 });
      await party.load();
      let ids = 0;
      let gen = 0;
      let running = false;
      const anyMessage = (): ThreadMessage => {
        ids += 1;
        const content = anyText(random);
        return random.chance(0.5)
          ? userMessage(`m-${ids}`, content, ids)
          : answerMessage(`m-${ids}`, { content, timestamp: ids, status: 'stopped' });
      };
      const both = async (run: (storage: MemoryStorage | PartyStorage) => Promise<unknown>) => {
        expect(brief(await run(party))).toEqual(brief(await run(memory)));
      };
      for (let round = 0; round < 60; round += 1) {
        const dice = random.next();
        if (dice < 0.5) {
          running = random.chance(0.5);
          const next = change({
            append: Array.from({ length: random.below(3) }, anyMessage),
            open: running ? { ...RUN, messageId: `run-${round}` } : undefined,
            upstreamThreadId: random.chance(0.5) ? `upstream-${round}` : undefined,
          });
          await both((storage) => storage.commit(next));
        } else if (dice < 0.7 && running) {
          const text = anyText(random).slice(0, 1365);
          await both((storage) => storage.checkpoint(text));
        } else if (dice < 0.75) {
          gen += 1;
          running = false;
          await both((storage) => storage.reset(gen, `upstream-of-${gen}`));
        } else if (dice < 0.85) {
          party = new PartyStorage(store, { maxMessages: 20 });
        }
        await both((storage) => storage.load());
        const id = `m-${random.below(ids + 2)}`;
        await both((storage) => storage.find(id));
        const limit = 1 + random.below(30);
        await both((storage) => storage.page(id, limit));
      }
    });
  });
});
