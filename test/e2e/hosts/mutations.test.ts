/** A page that empties, copies and rebuilds what the chat stands in, and others who put something of theirs into it. */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod/mini';
import { documentWith, HostBrowser, TAG, type HostConversation } from '../../support/host-conversation.ts';
import { keepLedger, NOTHING_LEFT, readLedger } from '../../support/page-ledger.ts';
import { reach, reachIn } from '../../support/reach-in.ts';

const SCRIPT = '<script src="/ivy-chat.js" async></script>';
const WORDS = Array.from(
  { length: 80 },
  (_, word) => `word${String(word)}${word % 20 === 19 ? '\n\n' : ' '}`,
);

let browser: HostBrowser;

beforeAll(async () => {
  browser = await HostBrowser.start();
});
afterEach(() => browser.tidy());
afterAll(() => browser.close());

/** In the middle of an answer. */
async function answering(before: () => void): Promise<HostConversation> {
  const host = await browser.open({
    html: documentWith(SCRIPT, `<main>${TAG}</main>`),
    before,
    answer: () => WORDS,
    tokenMs: 5,
  });
  await host.chat.connected();
  await host.chat.ask('Hello');
  await host.chat.streamingAtLeast(60);
  return host;
}

const rebuilds: readonly (readonly [name: string, act: () => void, chats: number])[] = [
  ['empties its parent', () => document.querySelector('main')?.replaceChildren(), 0],
  ['empties its body', () => (document.body.innerHTML = ''), 0],
  [
    'puts a copy of it in its place',
    () => {
      const chat = document.querySelector('ivy-chat');
      chat?.replaceWith(chat.cloneNode(true));
    },
    1,
  ],
  [
    'puts a copy of it beside it',
    () => document.body.append(document.querySelector('main')?.cloneNode(true) ?? ''),
    2,
  ],
  [
    'reads its body anew from its own text',
    () =>
      document.body.replaceChildren(document.createRange().createContextualFragment(document.body.innerHTML)),
    1,
  ],
  [
    'is put together anew from a copy that was made of it',
    () => {
      for (let times = 0; times < 3; times += 1) document.body.replaceWith(document.body.cloneNode(true));
    },
    1,
  ],
];

describe('a page that', () => {
  it.each(rebuilds)(
    '[H20] %s leaves no socket, no timer and no region without a chat',
    async (_, act, chats) => {
      const host = await answering(keepLedger);
      await host.page.evaluate(act);
      await vi.waitFor(() => expect(host.site.sockets()).toBe(chats), 2_000);
      if (chats > 0) {
        await host.chat.connected(chats);
        await host.chat.idle();
      }
      const regions = await host.read(z.number(), () => document.querySelectorAll('[data-ivy-chat]').length);
      if (chats > 0) expect(regions, 'one of each urgency').toBe(2);
      await host.page.evaluate(() => document.querySelectorAll('ivy-chat').forEach((chat) => chat.remove()));
      await vi.waitFor(async () => {
        expect(await readLedger(host.page)).toEqual(NOTHING_LEFT);
        expect(await host.read(z.number(), () => document.querySelectorAll('[data-ivy-chat]').length)).toBe(
          0,
        );
        expect(host.site.sockets()).toBe(0);
      }, 10_000);
      host.isQuiet();
    },
  );
});

it('[H20] a chat that others have put their elements and attributes into goes on', async () => {
  const host = await answering(reachIn);
  await host.page.evaluate(reach, 'inject');
  const whole = await host.chat.idle();
  await host.until(
    z.literal(true),
    (end) =>
      document
        .querySelector('ivy-chat')
        ?.shadowRoot?.querySelector('[part="answer"]')
        ?.textContent.includes(end),
    whole.trim().split(' ').at(-1) ?? '',
  );
  await host.page.evaluate(() => document.querySelector('ivy-chat')?.sendMessage('Again'));
  await host.until(z.literal(true), () => document.querySelector('ivy-chat')?.messages.length === 4);
  await host.page.evaluate(() => document.querySelector('ivy-chat')?.remove());
  await vi.waitFor(() => expect(host.site.sockets()).toBe(0));
  host.isQuiet();
});
