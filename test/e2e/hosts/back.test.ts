/** The way back: where the browser keeps pages for it, one with a chat is kept too, and the chat goes on where it was. */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod/mini';
import { documentWith, HostBrowser, TAG, type HostConversation } from '../../support/host-conversation.ts';

const SCRIPT = '<script src="/ivy-chat.js"></script>';
const FILES = {
  '/plain.html': { body: documentWith('', '<p>Nothing</p>') },
  '/other.html': { body: documentWith('', '<p>Elsewhere</p>') },
};
const WORDS = 60;

let browser: HostBrowser;

beforeAll(async () => {
  browser = await HostBrowser.start({ args: ['--enable-features=BackForwardCache'] });
});
afterEach(() => browser.tidy());
afterAll(() => browser.close());

function opened(tag: string, path = '/'): Promise<HostConversation> {
  return browser.open({
    html: documentWith(SCRIPT, tag),
    path,
    files: FILES,
    answer: () => Array.from({ length: WORDS }, (_, word) => `word${String(word)} `),
    tokenMs: 10,
  });
}

/** Goes to another page and back; whether the page is the same as before. */
async function isKept(host: HostConversation): Promise<boolean> {
  await host.page.evaluate(() => {
    addEventListener('pageshow', ({ persisted }) => Object.assign(window, { persisted }));
  });
  await host.page.goto(`${host.site.url}/other.html`);
  await vi.waitFor(() => expect(host.site.sockets()).toBe(0));
  await host.page.goBack();
  return host.read(z.boolean(), () => 'persisted' in window && window.persisted === true);
}

const draftOf = (host: HostConversation): Promise<string> =>
  host.until(
    z.string(),
    () => document.querySelector('ivy-chat')?.shadowRoot?.querySelector('textarea')?.value,
  );

describe.each([
  ['in the page', TAG],
  ['a launcher', TAG.replace('locale', 'launcher open locale')],
])('a chat, %s,', (_, tag) => {
  it('[H10] [F45] is no reason not to keep its page, and has all of the answer and the draft when it is back', async () => {
    // Browsers without a window of their own may keep none.
    const keepsPages = await isKept(await opened('', '/plain.html'));
    const host = await opened(tag);
    await host.chat.connected();
    await host.chat.ask('Hello');
    await host.chat.streamingAtLeast(20);
    await host.page.keyboard.type('A draft');
    expect(await isKept(host)).toBe(keepsPages);
    await host.chat.connected();
    expect((await host.chat.idle()).trim().split(' ')).toHaveLength(WORDS);
    expect(await draftOf(host)).toBe('A draft');
    expect(host.site.sockets()).toBe(1);
    host.isQuiet();
  });

  it('[H10] [F45] has no socket while its page is put aside, and one when it is taken up again', async () => {
    const host = await opened(tag);
    await host.chat.connected();
    await host.chat.ask('Hello');
    await host.chat.streamingAtLeast(20);
    await host.page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })));
    await vi.waitFor(() => expect(host.site.sockets()).toBe(0));
    await host.page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
    await host.chat.connected();
    expect((await host.chat.idle()).trim().split(' ')).toHaveLength(WORDS);
    expect(host.site.sockets()).toBe(1);
    host.isQuiet();
  });
});
