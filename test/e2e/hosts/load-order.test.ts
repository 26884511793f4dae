/** Pages that load the script and place the element in every order there is. */
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

const inject = (then: string): string => `<script>
  const script = document.createElement('script');
  script.src = '/ivy-chat.js';
  script.onload = () => { ${then} };
  document.head.append(script);
</script>`;

it.each([
  ['in the head, before there is a body', SCRIPT, TAG],
  ['after the element', '', `${TAG}${SCRIPT}`],
  ['when the page has been read', '<script defer src="/ivy-chat.js"></script>', TAG],
  ['when it comes', '<script async src="/ivy-chat.js"></script>', TAG],
  ['as a module', '<script type="module" src="/ivy-chat.js"></script>', TAG],
  ['by another script', inject(''), TAG],
  [
    'into a page that writes its element itself',
    '<script>document.write(`<script src="/ivy-chat.js"><\\/script>`)</script>',
    `<script>document.write('${TAG}')</script>`,
  ],
  [
    'before an element in a piece of HTML',
    SCRIPT,
    `<div></div><script>document.querySelector('div').innerHTML = '${TAG}';</script>`,
  ],
  [
    'before an element out of a template',
    SCRIPT,
    `<template>${TAG}</template>
     <script>document.body.append(document.importNode(document.querySelector('template').content, true))</script>`,
  ],
  [
    'before an element that is there before the body',
    `${SCRIPT}<script>
      const chat = document.createElement('ivy-chat');
      chat.setAttribute('thread-id', 'host-page');
      document.documentElement.append(chat);
    </script>`,
    '',
  ],
])('[H15] the script works that is loaded %s', async (_, head, body) => {
  const host = await browser.open({ html: documentWith(head, body) });
  await host.exchange();
  host.isQuiet();
});

it.each([
  ['made', 'const chat = document.createElement("ivy-chat");'],
  [
    'parsed',
    `document.body.innerHTML = '<ivy-chat hidden></ivy-chat>'; const chat = document.body.firstChild; chat.remove();`,
  ],
])(
  '[H15] an element keeps the properties that it got before the script, where it was %s',
  async (_, make) => {
    const host = await browser.open({
      html: documentWith(
        '',
        `<script>
        ${make}
        chat.threadId = 'host-page';
        chat.suggestions = ['How do I start it?', 'What is it?'];
        chat.getToken = async () => 'theirs';
        chat.translations = { en: { placeholder: 'Ask here' } };
        chat.hidden = false;
        setTimeout(() => document.body.append(chat), 0);
      </script>
      <script async src="/ivy-chat.js"></script>`,
      ),
    });
    await host.chat.connected();
    const shown = await host.read(z.array(z.string()), () => {
      const texts: string[] = [];
      const root = document.querySelector('ivy-chat')?.shadowRoot;
      for (const one of root?.querySelectorAll('[part~="suggestion"]') ?? [])
        texts.push(one.textContent.trim());
      return [...texts, root?.querySelector('textarea')?.placeholder ?? ''];
    });
    expect(shown).toEqual(['How do I start it?', 'What is it?', 'Ask here']);
    await host.exchange();
    const [address = ''] = host.requests.filter((one) => one.startsWith('ws'));
    expect(new URL(address).searchParams.get('token')).toBe('theirs');
    host.isQuiet();
  },
);

it('[H15] a page can use the element in the task in which its script came', async () => {
  const host = await browser.open({
    html: documentWith(
      inject(`const chat = document.createElement('ivy-chat');
        chat.threadId = 'host-page';
        document.body.append(chat);
        chat.sendMessage('How do I start it?');`),
      '',
    ),
  });
  await host.seesTheAnswer();
  host.isQuiet();
});
