/** Pages whose libraries have changed what arrays, strings, objects and elements can do. */
import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { decodeClientFrame } from '#protocol';
import { documentWith, HostBrowser } from '../../support/host-conversation.ts';

const FIXTURES = new URL('../../fixtures/hosts/', import.meta.url);

let browser: HostBrowser;

beforeAll(async () => {
  browser = await HostBrowser.start();
});
afterEach(() => browser.tidy());
afterAll(() => browser.close());

it.each([
  ['Prototype.js 1.6', 'prototype-1.6.js'],
  ['Prototype.js 1.7', 'prototype-1.7.js'],
  ['MooTools 1.2', 'mootools-1.2.js'],
  ['MooTools 1.4', 'mootools-1.4.js'],
  ['members for every object', 'object-prototype.js'],
  ['an encoder of JSON from before there was one', 'to-json.js'],
  ['arrays of its own ideas', 'own-arrays.js'],
  ['everything frozen', 'frozen.js'],
  ['stand-ins for what browsers have', 'stand-ins.js'],
])('[H13] a page with %s has a conversation, in the frames of any other page', async (_, file) => {
  const host = await browser.open({
    html: documentWith('<script src="/library.js"></script><script src="/ivy-chat.js"></script>'),
    files: { '/library.js': { body: await readFile(new URL(file, FIXTURES), 'utf8') } },
  });
  await host.isWell();
  const frames = host.sent.map((text) => decodeClientFrame(text));
  expect(frames).toMatchObject([
    { ok: true, value: { type: 'message', content: 'How do I start it?' } },
    { ok: true, value: { type: 'message', content: 'And again?' } },
  ]);
});

it.each([
  ['Prototype.js', 'prototype-1.7.js'],
  ['MooTools', 'mootools-1.4.js'],
])(
  '[H13] a page with the scrollTo of %s stays where it is when the chat goes to its end',
  async (_, file) => {
    const host = await browser.open({
      html: documentWith(
        '<style>body { height: 4000px } ivy-chat { height: 300px }</style><script src="/library.js"></script>' +
          '<script src="/ivy-chat.js"></script>',
      ),
      files: { '/library.js': { body: await readFile(new URL(file, FIXTURES), 'utf8') } },
      answer: () => ['A line of the answer.\n\n'.repeat(60)],
    });
    await host.chat.connected();
    await host.chat.ask('Tell me much');
    await host.chat.idle();
    const end = z.object({ isAtEnd: z.literal(true), page: z.number() });
    const before = await host.until(end, whereItIs);
    await host.read(z.literal(true), () => {
      const scroller = document.querySelector('ivy-chat')?.shadowRoot?.querySelector('.scroller');
      if (scroller) scroller.scrollTop -= 200;
      return scroller !== undefined;
    });
    await host.until(z.literal(true), () => {
      const button = document.querySelector('ivy-chat')?.shadowRoot?.querySelector('[part~="jump-button"]');
      if (!(button instanceof HTMLElement)) return false;
      button.click();
      return true;
    });
    expect(await host.until(end, whereItIs)).toEqual(before);
    host.isQuiet();
  },
);

function whereItIs(): unknown {
  const scroller = document.querySelector('ivy-chat')?.shadowRoot?.querySelector('.scroller');
  if (!scroller) return undefined;
  const below = scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop;
  return scroller.scrollHeight > 600 && below < 2 && { isAtEnd: true, page: scrollY };
}
