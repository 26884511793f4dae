/** What every thread storage must do (rules R1, R2, R4, R5): one suite, run against each implementation. */
import { describe, expect, it } from 'vitest';
import type { ThreadMessage } from '#protocol';
import type { StartedRun, ThreadCommit, ThreadStorage } from '../../partykit/room/ports.ts';
import { answerMessage, HARD_TEXT, userMessage } from './messages.ts';

export interface StorageUnderTest {
  readonly storage: ThreadStorage;
  /** As after a restart of the process: only what was stored is left. */
  readonly reopen: () => ThreadStorage;
}

export const RUN: StartedRun = { messageId: 'a-run', userMessageId: 'u-1', startedAt: 1000 };

export function change(parts: Partial<ThreadCommit> = {}): ThreadCommit {
  return { append: [], open: undefined, upstreamThreadId: undefined, ...parts };
}

/** `count` messages, `m-1` the oldest, in commits of one. */
export async function fill(storage: ThreadStorage, count: number, from = 1): Promise<void> {
  for (let index = from; index < from + count; index += 1) {
    await storage.commit(change({ append: [userMessage(`m-${index}`, `text ${index}`, index)] }));
  }
}

const idsOf = (messages: readonly ThreadMessage[]) => messages.map(({ id }) => id);
const idRange = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `m-${from + index}`);

export function describeThreadStorage(
  name: string,
  make: (options?: { readonly maxMessages?: number }) => StorageUnderTest,
): void {
  async function opened(options?: { readonly maxMessages?: number }) {
    const { storage, reopen } = make(options);
    await storage.load();
    return {
      storage,
      reopened: async () => {
        const again = reopen();
        return { storage: again, thread: await again.load() };
      },
    };
  }

  describe(`${name} as a thread storage`, () => {
    it('is empty at first', async () => {
      expect(await make().storage.load()).toEqual({
        gen: 0,
        upstreamThreadId: undefined,
        count: 0,
        recent: [],
        open: undefined,
      });
    });

    it('[R1] has a run that was begun, after a restart too', async () => {
      const { storage, reopened } = await opened();
      await storage.commit(change({ append: [userMessage('u-1')], open: RUN }));
      expect((await reopened()).thread).toEqual({
        gen: 0,
        upstreamThreadId: undefined,
        count: 1,
        recent: [userMessage('u-1')],
        open: { run: RUN, text: '' },
      });
    });

    it('[R1] has no run after it ended, and no text of it in the next', async () => {
      const { storage, reopened } = await opened();
      await storage.commit(change({ append: [userMessage('u-1')], open: RUN }));
      await storage.checkpoint('half an answer');
      await storage.commit(change({ append: [answerMessage(RUN.messageId)] }));
      expect((await reopened()).thread.open).toBeUndefined();
      await storage.commit(change({ append: [userMessage('u-2')], open: { ...RUN, messageId: 'a-2' } }));
      await storage.checkpoint('new');
      expect((await reopened()).thread.open).toEqual({ run: { ...RUN, messageId: 'a-2' }, text: 'new' });
    });

    it('[R2] joins checkpoints in their order, whatever they were cut through', async () => {
      const { storage, reopened } = await opened();
      await storage.commit(change({ open: RUN }));
      for (const unit of HARD_TEXT.split('')) await storage.checkpoint(unit);
      expect((await reopened()).thread.open?.text).toBe(HARD_TEXT);
    });

    it('[R2] goes on with checkpoints after a restart', async () => {
      const { storage, reopened } = await opened();
      await storage.commit(change({ open: RUN }));
      await storage.checkpoint('be');
      const second = await reopened();
      await second.storage.checkpoint('fore');
      expect((await reopened()).thread.open?.text).toBe('before');
    });

    it('[R4] has the newest 50 at hand', async () => {
      const { storage, reopened } = await opened();
      await fill(storage, 60);
      const { thread } = await reopened();
      expect(thread.count).toBe(60);
      expect(idsOf(thread.recent)).toEqual(idRange(11, 60));
    });

    it('[R4] reads every page up to the first message', async () => {
      const { storage } = await opened();
      await fill(storage, 120);
      const first = await storage.page('m-71', 50);
      expect([idsOf(first.messages), first.hasOlder]).toEqual([idRange(21, 70), true]);
      const last = await storage.page('m-21', 50);
      expect([idsOf(last.messages), last.hasOlder]).toEqual([idRange(1, 20), false]);
      expect(await storage.page('m-1', 50)).toEqual({ messages: [], hasOlder: false });
    });

    it('[R4] says that nothing is above a page that ends at the first message', async () => {
      const { storage } = await opened();
      await fill(storage, 5);
      expect(await storage.page('m-5', 4)).toMatchObject({ hasOlder: false });
      expect(await storage.page('m-5', 3)).toMatchObject({ hasOlder: true });
    });

    it('[R4] has an empty page above a message that is not there', async () => {
      const { storage } = await opened();
      await fill(storage, 5);
      expect(await storage.page('somebody-else', 50)).toEqual({ messages: [], hasOlder: false });
    });

    it('[C1] finds a message by its id as long as it is stored', async () => {
      const { storage, reopened } = await opened();
      await fill(storage, 70);
      expect(await storage.find('m-1')).toEqual(userMessage('m-1', 'text 1', 1));
      expect(await (await reopened()).storage.find('m-2')).toEqual(userMessage('m-2', 'text 2', 2));
      expect(await storage.find('m-71')).toBeUndefined();
    });

    it.each([
      ['an emoji', '👩🏽‍💻'],
      ['a NUL and a line end', 'a\u0000\n'],
      ['half a surrogate pair', '\ud83d'],
      ['what looks like a key', 'ivy:meta'],
      ['the longest that a client may choose', '漢'.repeat(128)],
    ])('finds a message whose id holds %s', async (_what, id) => {
      const { storage, reopened } = await opened();
      await storage.commit(change({ append: [userMessage(id)] }));
      expect(await (await reopened()).storage.find(id)).toEqual(userMessage(id));
    });

    it('keeps everything that a message says', async () => {
      const failed = answerMessage('a-1', {
        content: '',
        status: 'failed',
        error: { code: 'upstream_timeout' },
      });
      const stopped = answerMessage('a-2', { content: HARD_TEXT, status: 'stopped' });
      const { storage, reopened } = await opened();
      await storage.commit(change({ append: [failed, stopped] }));
      expect((await reopened()).thread.recent).toEqual([failed, stopped]);
    });

    it('[R4] drops the oldest past the limit, and forgets their ids', async () => {
      const { storage, reopened } = await opened({ maxMessages: 10 });
      await fill(storage, 13);
      const { storage: again, thread } = await reopened();
      expect([thread.count, idsOf(thread.recent)]).toEqual([10, idRange(4, 13)]);
      expect(await again.find('m-3')).toBeUndefined();
      expect(await again.page('m-6', 50)).toMatchObject({ hasOlder: false });
      await again.commit(change({ append: [userMessage('m-1', 'the same id again', 99)] }));
      expect(await again.find('m-1')).toMatchObject({ content: 'the same id again' });
    });

    it('[S6] forgets everything when it is reset, also the open run', async () => {
      const { storage, reopened } = await opened();
      await fill(storage, 3);
      await storage.commit(change({ append: [userMessage('u-1')], open: RUN }));
      await storage.checkpoint('half');
      await storage.reset(1, 'upstream-2');
      const { storage: again, thread } = await reopened();
      expect(thread).toEqual({
        gen: 1,
        upstreamThreadId: 'upstream-2',
        count: 0,
        recent: [],
        open: undefined,
      });
      expect(await again.find('m-1')).toBeUndefined();
      expect(await again.page('m-3', 50)).toEqual({ messages: [], hasOlder: false });
    });

    it('[S6] takes the ids of an older generation anew', async () => {
      const { storage } = await opened();
      await storage.commit(change({ append: [userMessage('m-1', 'old')] }));
      await storage.reset(1, 'upstream-2');
      await storage.commit(change({ append: [userMessage('m-1', 'new')], upstreamThreadId: 'upstream-2' }));
      expect(await storage.find('m-1')).toMatchObject({ content: 'new' });
    });

    it('[R5] remembers what the upstream calls the thread', async () => {
      const { storage, reopened } = await opened();
      await storage.commit(change({ append: [userMessage('u-1')], upstreamThreadId: 'named-by-service' }));
      expect((await reopened()).thread.upstreamThreadId).toBe('named-by-service');
    });

    it('does not hand out what it holds', async () => {
      const { storage, reopened } = await opened();
      const message = { ...userMessage('u-1') };
      await storage.commit(change({ append: [message] }));
      const { thread } = await reopened();
      expect(thread.recent).toEqual([userMessage('u-1')]);
      await storage.commit(change({ append: [userMessage('u-2')] }));
      expect(idsOf(thread.recent)).toEqual(['u-1']);
    });
  });
}
