/** Others who take out or replace what the chat has drawn: it is drawn anew at its next change, and nothing is thrown. */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod/mini';
import { documentWith, HostBrowser, type HostConversation } from '../../support/host-conversation.ts';
import { reach, reachIn } from '../../support/reach-in.ts';

/** What a reader must be able to see again after it. */
const REPAIRED = [
  ...['join', 'emptyHeader', 'emptyList', 'emptyComposer', 'emptyFrame', 'takeTurns', 'emptyAnswers'],
  ...['takeTexts', 'takeComments', 'replaceTexts'],
];
/** All of it is gone, by somebody's will. */
const GONE = ['emptyRoot', 'emptyChat', 'takeElements'];

let browser: HostBrowser;

beforeAll(async () => {
  browser = await HostBrowser.start();
});
afterEach(() => browser.tidy());
afterAll(() => browser.close());

/** In the middle of an answer somebody reaches in; then everything that can change does. */
async function changed(name: string): Promise<HostConversation> {
  const tag = '<ivy-chat thread-id="repair" locale="en"></ivy-chat>';
  const host = await browser.open({
    html: documentWith('<script src="/ivy-chat.js"></script>', tag),
    before: reachIn,
    answer: () => Array.from({ length: 80 }, (_, word) => `word${String(word)} `),
    tokenMs: 5,
  });
  await host.chat.connected();
  await host.chat.ask('Hello');
  await host.chat.streamingAtLeast(60);
  await host.page.evaluate(reach, name);
  await host.chat.idle();
  await host.page.evaluate(async () => {
    const chat = document.querySelector('ivy-chat');
    if (!chat) return;
    for (const change of [
      { heading: 'Other', theme: 'dark' as const },
      { locale: 'es', disabled: true },
      { launcher: true, open: true },
      { launcher: false, disabled: false, locale: 'en' },
    ]) {
      Object.assign(chat, change);
      await chat.updateComplete;
    }
  });
  return host;
}

describe('the chat is whole again, and says what follows, after', () => {
  it.each(REPAIRED)('[H20] %s', async (name) => {
    const host = await changed(name);
    await host.page.evaluate(() => document.querySelector('ivy-chat')?.sendMessage('Again'));
    await host.until(z.literal(true), () => document.querySelector('ivy-chat')?.messages.length === 4);
    await host.page.evaluate(() => document.querySelector('ivy-chat')?.setAttribute('thread-id', 'another'));
    await host.chat.connected();
    await host.chat.ask('And here?');
    await host.chat.idle();
    await host.until(z.literal(true), () =>
      document
        .querySelector('ivy-chat')
        ?.shadowRoot?.querySelector('[part="answer"]')
        ?.textContent.includes('word79'),
    );
    expect((await host.chat.turns())[0]).toBe('And here?');
    host.isQuiet();
  });
});

describe('nothing is thrown, and no socket is left, after', () => {
  it.each(GONE)('[H20] %s', async (name) => {
    const host = await changed(name);
    await host.page.evaluate(() => document.querySelector('ivy-chat')?.remove());
    await vi.waitFor(() => expect(host.site.sockets()).toBe(0));
    host.isQuiet();
  });
});
