/** Pages that set the properties of the chat to what they should not. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { documentWith, HostBrowser, TAG } from '../../support/host-conversation.ts';

const SCRIPT = '<script src="/ivy-chat.js"></script>';

let browser: HostBrowser;

beforeAll(async () => {
  browser = await HostBrowser.start();
});
afterEach(() => browser.tidy());
afterAll(() => browser.close());

it.each([
  ['words that throw when they are read', '{ get en() { throw new Error("theirs") } }'],
  ['a language that throws when it is read', '{ en: { get send() { throw new Error("theirs") } } }'],
  ['an object that throws at everything', 'new Proxy({}, { ownKeys() { throw new Error("theirs") } })'],
  ['sentences that throw', '{ en: { yourTurn() { throw new Error("theirs") }, assistantTurn: () => 7 } }'],
  [
    'words of every other type',
    '{ en: { send: 1, stop: null, clear: [], heading: {}, errors: "none" }, "no tag!": 3 }',
  ],
  [
    'names that every object has',
    'JSON.parse(`{"__proto__":{"x":1},"en":{"__proto__":{},"constructor":"c","toString":"t"}}`)',
  ],
])('[H21] a page that gives for words %s has a conversation', async (_, translations) => {
  const host = await browser.open({
    html: documentWith(
      SCRIPT,
      `${TAG}<script>document.querySelector('ivy-chat').translations = ${translations};</script>`,
    ),
  });
  await host.exchange();
  expect(host.complaints).toEqual([]);
});

it('[H21] a page that sets its properties to anything has a conversation when it has set them right', async () => {
  const host = await browser.open({ html: documentWith(SCRIPT) });
  await host.chat.connected();
  await host.read(z.literal(true), async () => {
    const chat = document.querySelector('ivy-chat');
    if (chat === null) return false;
    const names = [
      'threadId',
      'host',
      'token',
      'locale',
      'theme',
      'heading',
      'placeholder',
      'greeting',
      'announce',
      'suggestions',
    ];
    for (const value of [42, undefined, {}, [], true, () => 'x', new Date(NaN)]) {
      for (const name of names) {
        const before: unknown = Reflect.get(chat, name);
        Reflect.set(chat, name, value);
        await chat.updateComplete.catch(() => undefined);
        Reflect.set(chat, name, before);
        await chat.updateComplete.catch(() => undefined);
      }
    }
    return true;
  });
  await host.exchange();
  expect(host.complaints).toEqual([]);
});
