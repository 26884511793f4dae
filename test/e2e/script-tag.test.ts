/** Pages that have the script's tag and no other: it makes the chat, once, and where one expects it. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { documentWith, HostBrowser, type HostConversation } from '../support/host-conversation.ts';

let browser: HostBrowser;

beforeAll(async () => {
  browser = await HostBrowser.start();
});
afterEach(() => browser.tidy());
afterAll(() => browser.close());

/** In every element, wherever it is: what is before a chat, and which thread it has. */
const placesSchema = z.array(z.tuple([z.string(), z.nullable(z.string())]));

function places(host: HostConversation): Promise<z.infer<typeof placesSchema>> {
  return host.read(placesSchema, () =>
    [...document.querySelectorAll('ivy-chat')].map((chat) => [
      `${chat.parentElement?.localName ?? ''} > ${chat.previousElementSibling?.localName ?? ''}`,
      chat.getAttribute('thread-id'),
    ]),
  );
}

const DATA = 'data-thread-id="host-page" data-locale="en"';
const TAG = `<script ${DATA} src="/ivy-chat.js"></script>`;
const LAUNCHER = `<script ${DATA} data-launcher data-open src="/ivy-chat.js" async></script>`;

/** As tag managers do it: made by a script, put before the first one that there is. */
const injected = (attributes: string): string => `<script>
  (function (d) {
    const script = d.createElement('script');
    script.async = true;
    ${attributes}
    script.src = '/ivy-chat.js';
    const first = d.getElementsByTagName('script')[0];
    first.parentNode.insertBefore(script, first);
  })(document);
</script>`;

const SET = `script.setAttribute('data-thread-id', 'host-page'); script.dataset.locale = 'en';`;

it.each([
  ['in the head, before there is a body', TAG, '<p>Text</p>', 'body > p'],
  ['in the head, when it comes', TAG.replace('<script', '<script async'), '<p>Text</p>', 'body > p'],
  [
    'in the head, when the page has been read',
    TAG.replace('<script', '<script defer'),
    '<p></p>',
    'body > p',
  ],
  ['in the text', '', `<div>${TAG}</div><p>Text</p>`, 'div > script'],
  ['in the text, when it comes', '', `<div>${TAG.replace('<script', '<script async')}</div>`, 'div > script'],
  [
    'in the text, as a module',
    '',
    `<div>${TAG.replace('<script', '<script type="module"')}</div>`,
    'div > script',
  ],
  ['by another script', '', `<p>Text</p>${injected(SET)}`, 'body > script'],
  ['by another script, in the head', injected(SET), '<p>Text</p>', 'body > p'],
  [
    'by another script that takes the tag away',
    '',
    `<p></p>${injected(`${SET} script.onload = () => script.remove(); setTimeout(() => script.remove())`)}`,
    'body > script',
  ],
  [
    'by a page that writes itself',
    '',
    `<div><script>document.write(\`${TAG.replace('</', '<\\/')}\`)</script></div>`,
    'div > script',
  ],
  ['as a launcher, in the text', '', `<div>${LAUNCHER}</div><p>Text</p>`, 'body > p'],
  ['as a launcher, in the head', LAUNCHER, '<p>Text</p>', 'body > p'],
  ['twice', '', `<div>${TAG}</div><div>${TAG}</div>`, 'div > script'],
  [
    'twice, when the page has been read',
    `${TAG}${TAG}`.replaceAll('<script', '<script defer'),
    '<p></p>',
    'body > p',
  ],
  [
    'in the text, after the script alone',
    '<script src="/ivy-chat.js"></script>',
    `<div>${TAG}</div>`,
    'div > script',
  ],
])('a tag %s makes one chat', async (_, head, body, place) => {
  const host = await browser.open({ html: documentWith(head, body) });
  await host.chat.connected();
  expect(await places(host)).toEqual([[place, 'host-page']]);
  host.isQuiet();
});

it.each([
  ['nothing', '<script src="/ivy-chat.js"></script>'],
  ['what others write on theirs', '<script data-cfasync="false" data-x="1" src="/ivy-chat.js"></script>'],
  ['that there is none', '<script data-launcher="false" src="/ivy-chat.js"></script>'],
])('a tag that says %s makes none', async (_, tag) => {
  const host = await browser.open({ html: documentWith(`${tag}<script src="/ivy-chat.js"></script>`, '') });
  await host.until(z.literal(true), () => document.readyState === 'complete');
  expect(await host.read(z.boolean(), () => customElements.get('ivy-chat') !== undefined)).toBe(true);
  expect(await places(host)).toEqual([]);
  host.isQuiet();
});

it('a script of the page’s own that has the chat in it makes none, whatever is on its tag', async () => {
  const host = await browser.open({
    html: documentWith(
      '<script data-theme="dark" data-host="localhost" data-launcher src="/app.js"></script>',
      '',
    ),
    files: { '/app.js': { body: browser.script } },
  });
  expect(await host.read(z.boolean(), () => customElements.get('ivy-chat') !== undefined)).toBe(true);
  expect(await places(host)).toEqual([]);
  host.isQuiet();
});

it('a tag takes what the element takes, and how it looks, also under a strict policy', async () => {
  const tag = `<script src="/ivy-chat.js" data-thread-id="host-page" data-locale="en" data-heading="Help"
    data-suggestions="One?|Two?" data-theme="dark" data-accent="#7c3aed" data-height="300px" async></script>`;
  const policy = "default-src 'none'; script-src 'self'; connect-src ws: 'self'; report-uri /policy-reports";
  const host = await browser.open({
    html: documentWith('', tag),
    headers: { 'content-security-policy': policy },
  });
  await host.chat.connected();
  const seen = await host.read(z.array(z.unknown()), () => {
    const chat = document.querySelector('ivy-chat');
    const root = chat?.shadowRoot;
    return [
      root?.querySelector('[part~="heading"]')?.textContent,
      root?.querySelectorAll('[part~="suggestion"]').length,
      root?.querySelector('.frame')?.classList.contains('dark'),
      chat === null ? '' : getComputedStyle(chat).getPropertyValue('--ivy-accent'),
      chat?.offsetHeight,
    ];
  });
  expect(seen).toEqual(['Help', 2, true, '#7c3aed', 300]);
  await host.exchange();
  host.isQuiet();
});

it('a tag with a launcher and nothing else gives each visitor a conversation, over a reload', async () => {
  const host = await browser.open({
    html: documentWith(
      '<script src="/ivy-chat.js" data-launcher data-open data-locale="en" async></script>',
      '',
    ),
  });
  await host.isWell();
});

it('a page that is put together anew without being loaded has its chat again', async () => {
  const host = await browser.open({ html: documentWith('', `<main>${TAG}</main>`) });
  await host.chat.connected();
  await host.read(z.literal(true), () => {
    const main = document.createElement('main');
    const script = document.createElement('script');
    script.src = '/ivy-chat.js?again';
    script.dataset['threadId'] = 'another';
    main.append(script);
    document.querySelector('main')?.replaceWith(main);
    return true;
  });
  await host.until(z.literal(true), () => document.querySelector('ivy-chat')?.connected);
  expect(await places(host)).toEqual([['main > script', 'another']]);
});
