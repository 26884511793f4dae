/**
 * Texts that want to be more than text, shown by the script as it is built in a page that would notice (rules X1 to X8):
 * each as a person's message and as an agent's answer, and as every other text that the element takes.
 */
import { fileURLToPath } from 'node:url';
import specification from 'commonmark-spec';
import type { Browser } from 'puppeteer-core';
import * as z from 'zod/mini';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { widgetScript } from '../../../demo/runner/widget-script.ts';
import { en } from '../../../widget/i18n/en.ts';
import { PAYLOADS } from '../../rendering/payloads.ts';
import { launchChromium } from '../../support/chromium.ts';
import { NO_NETWORK, WatchedPage } from './watched-page.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

const EXAMPLES = specification.tests
  .map(({ markdown }) => markdown.replaceAll('→', '\t'))
  .filter((markdown) => markdown.trim() !== '');

/** As many conversations at once as keep a machine busy. */
const CHATS = 6;

const wordsSchema = z.array(z.string());

let browser: Browser;
let script: string;
let watched: WatchedPage | undefined;

beforeAll(async () => {
  [browser, script] = await Promise.all([launchChromium({ args: [NO_NETWORK] }), widgetScript(ROOT)]);
});
afterEach(() => watched?.close());
afterAll(() => browser.close());

async function open(body: string): Promise<WatchedPage> {
  watched = await WatchedPage.open(browser, script, body);
  return watched;
}

/** Says each text, lets the agent say it again, and gives back what was not shown as it was written. */
async function converse(texts: readonly string[]): Promise<string[]> {
  let next = 0;
  const wrong: string[] = [];
  const nextFrame = (): Promise<unknown> => new Promise(requestAnimationFrame);
  const sayAll = async (chat: HTMLElementTagNameMap['ivy-chat']): Promise<void> => {
    // Before that there is only the field.
    await chat.updateComplete;
    for (let text = texts[next++]; text !== undefined; text = texts[next++]) {
      const done = new Promise((resolve) => chat.addEventListener('ivy-done', resolve, { once: true }));
      chat.sendMessage(text);
      // Its turn is drawn by an element of its own.
      await nextFrame();
      const bubbles = [...(chat.shadowRoot?.querySelectorAll('.bubble') ?? [])];
      if (bubbles.at(-1)?.textContent !== text) wrong.push(`not shown: ${text}`);
      await done;
      await nextFrame();
      if (chat.messages.at(-1)?.content !== text) wrong.push(`not answered: ${text}`);
      if (!chat.shadowRoot?.querySelector('.markdown')) wrong.push(`no answer shown: ${text}`);
    }
  };
  await Promise.all([...document.querySelectorAll('ivy-chat')].map(sayAll));
  return wrong;
}

describe('a conversation of hostile texts', () => {
  it.each([
    ['our own collection', PAYLOADS, 5_000],
    ['every example of CommonMark', EXAMPLES, 5_000],
  ])(
    '[X1, X2, X3, X4, X5, X7, X8] is shown, and nothing else happens: %s',
    async (_name, texts, elementsMin) => {
      const tags = Array.from(
        { length: CHATS },
        (_, index) => `<ivy-chat thread-id="thread-${index}"></ivy-chat>`,
      );
      const { page } = await open(tags.join(''));
      const wrong: unknown = await page.evaluate(converse, texts);
      expect(wordsSchema.parse(wrong)).toEqual([]);
      await watched?.isUnharmed(elementsMin);
    },
  );
});

/** Keys of `Translation` that are words and not sentences to be made. */
const WORDS = Object.entries(en)
  .filter(([key, word]) => typeof word === 'string' && key !== 'locale')
  .map(([key]) => key);

/** Gives each text to all that takes one; gives back where the page is then made otherwise than by a harmless one. */
async function dress(
  texts: readonly string[],
  words: readonly string[],
  codes: readonly string[],
): Promise<string[]> {
  const chats = [...document.querySelectorAll('ivy-chat')];
  const settled = async (): Promise<void> => {
    for (const chat of chats) await chat.updateComplete;
    await new Promise(requestAnimationFrame);
  };
  const give = async (text: string): Promise<void> => {
    const errors = Object.fromEntries(codes.map((code) => [code, text]));
    const table = { ...Object.fromEntries(words.map((word) => [word, text])), errors };
    for (const chat of chats) {
      for (const name of ['heading', 'placeholder', 'greeting']) chat.setAttribute(name, text);
      chat.suggestions = [text, `${text}|${text}`];
      chat.translations = { en: table };
    }
    document.querySelector('#bad-thread')?.setAttribute('thread-id', text);
    // No host, whatever follows.
    document.querySelector('#bad-host')?.setAttribute('host', `http://[ ${text}`);
    await settled();
  };
  const skeleton = (root: ParentNode): string =>
    [...root.querySelectorAll('*')]
      .map(({ localName, attributes }) => `${localName} ${[...attributes].map(({ name }) => name).join(' ')}`)
      .join('\n');
  const skeletons = (): string => chats.map((chat) => skeleton(chat.shadowRoot ?? chat)).join('\n');

  const tooLong = chats.find(({ id }) => id === 'failed');
  tooLong?.sendMessage('a'.repeat(20_000));
  while (!tooLong?.shadowRoot?.querySelector('.problem')) await new Promise(requestAnimationFrame);
  const online = chats.filter(({ id }) => id !== 'missing' && id !== 'bad-host');
  while (!online.every(({ connected, id }) => connected || id.startsWith('bad')))
    await new Promise(requestAnimationFrame);
  await give('some words');
  const expected = skeletons();
  const wrong: string[] = [];
  for (const text of texts) {
    await give(text);
    const [now, before] = [skeletons().split('\n'), expected.split('\n')];
    const other = now.findIndex((line, index) => line !== before[index]);
    if (other !== -1) wrong.push(`${text}: ${String(now[other])} for ${String(before[other])}`);
    if (chats[0]?.shadowRoot?.querySelector('.greeting')?.textContent !== text)
      wrong.push(`not shown: ${text}`);
  }
  return wrong;
}

describe('an element that is given hostile texts', () => {
  it('[X7, X8] shows them as they are: attributes, words of other languages, sentences about errors', async () => {
    const { page } = await open(
      '<ivy-chat id="empty" thread-id="empty" locale="en"></ivy-chat>' +
        '<ivy-chat id="failed" thread-id="failed" locale="en"></ivy-chat>' +
        '<ivy-chat id="missing" thread-id="" locale="en"></ivy-chat>' +
        '<ivy-chat id="bad-thread" locale="en"></ivy-chat>' +
        '<ivy-chat id="bad-host" thread-id="host" locale="en"></ivy-chat>' +
        '<ivy-chat launcher open thread-id="launcher" locale="en"></ivy-chat>',
    );
    const wrong: unknown = await page.evaluate(dress, PAYLOADS, WORDS, Object.keys(en.errors));
    expect(wordsSchema.parse(wrong)).toEqual([]);
    await watched?.isUnharmed(100);
  });
});

describe('the page that is watched', () => {
  it.each([
    ['an element', 'element: <iframe', 'document.body.append(document.createElement("iframe"))'],
    ['an attribute', 'attribute onclick', 'document.body.setAttribute("onclick", "")'],
    ['a script', 'called: alert', 'alert(1)'],
    [
      'a string that becomes nodes',
      'policy: require-trusted-types-for',
      'document.createElement("p").innerHTML = "a"',
    ],
    ['a picture', 'policy: img-src', 'new Image().src = "https://evil.invalid/"'],
  ])('[X8] would notice %s', async (_name, notice, code) => {
    const { page } = await open('<ivy-chat thread-id="thread"></ivy-chat>');
    const seen: unknown = await page.evaluate(
      async (wanted, source) => {
        const script = document.createElement('script');
        script.textContent = source;
        document.body.append(script);
        while (!window.watched.found.some((what) => what.startsWith(wanted)))
          await new Promise(requestAnimationFrame);
        return window.watched.found;
      },
      notice,
      code,
    );
    expect(wordsSchema.parse(seen).join('\n')).toContain(notice);
    await expect(watched?.isUnharmed(0)).rejects.toThrow();
  });
});
