/** Browsers that lack something: older ones, and those that a page is reached with without TLS. */
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { coloursScript } from '../../../demo/runner/widget-script.ts';
import { documentWith, HostBrowser } from '../../support/host-conversation.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const SCRIPT = '<script src="/ivy-chat.js"></script>';
const HTML = documentWith(`${SCRIPT}<script src="/ivy-chat-colours.js"></script>`);

let browser: HostBrowser;
let colours: string;

beforeAll(async () => {
  browser = await HostBrowser.start();
  colours = await coloursScript(ROOT);
});
afterEach(() => browser.tidy());
afterAll(() => browser.close());

function uuid(): void {
  Reflect.deleteProperty(Crypto.prototype, 'randomUUID');
}

function observers(): void {
  Reflect.deleteProperty(window, 'ResizeObserver');
}

function sheets(): void {
  for (const holder of [Document.prototype, ShadowRoot.prototype])
    Reflect.deleteProperty(holder, 'adoptedStyleSheets');
  Reflect.deleteProperty(CSSStyleSheet.prototype, 'replace');
}

function highlights(): void {
  Reflect.deleteProperty(CSS, 'highlights');
  Reflect.deleteProperty(window, 'Highlight');
}

function segmenter(): void {
  Reflect.deleteProperty(Intl, 'Segmenter');
}

/** What came after the oldest browsers that are supported: Chrome and Edge 97, Firefox 104, Safari 16.4. */
function newer(): void {
  const drop = (holder: object, ...names: readonly string[]): void => {
    for (const name of names) Reflect.deleteProperty(holder, name);
  };
  drop(URL, 'canParse', 'parse');
  drop(Array, 'fromAsync');
  drop(Array.prototype, 'toReversed', 'toSorted', 'toSpliced', 'with');
  drop(Object, 'groupBy');
  drop(Map, 'groupBy');
  drop(Promise, 'withResolvers', 'try');
  drop(String.prototype, 'isWellFormed', 'toWellFormed');
  drop(Set.prototype, 'union', 'intersection', 'difference', 'isSubsetOf', 'isSupersetOf', 'isDisjointFrom');
  drop(AbortSignal, 'any', 'timeout');
  drop(Navigator.prototype, 'userActivation', 'locks');
  drop(Selection.prototype, 'getComposedRanges');
  drop(ShadowRoot.prototype, 'getSelection');
  drop(Element.prototype, 'checkVisibility', 'moveBefore', 'setHTMLUnsafe', 'getHTML');
  drop(CSS, 'highlights', 'registerProperty');
  drop(
    window,
    'Highlight',
    'structuredClone',
    'requestIdleCallback',
    'Iterator',
    'scheduler',
    'navigation',
    'NavigateEvent',
    'CloseWatcher',
    'trustedTypes',
  );
  drop(Document.prototype, 'startViewTransition', 'caretPositionFromPoint');
  drop(RegExp, 'escape');
}

it.each([
  ['crypto.randomUUID', uuid],
  ['observers of size', observers],
  ['style sheets that are shared', sheets],
  ['highlights', highlights],
  ['what came after the oldest that is supported', newer],
])('[H19] a browser without %s has a conversation', async (_, before) => {
  const host = await browser.open({
    html: HTML,
    before,
    files: { '/ivy-chat-colours.js': { body: colours } },
  });
  await host.isWell();
  const ids = host.sent.map((text) => z.object({ id: z.uuid() }).parse(JSON.parse(text)).id);
  expect(new Set(ids).size).toBe(2);
});

it('[H19] a browser without Intl.Segmenter has an answer said sentence by sentence', async () => {
  const host = await browser.open({
    html: documentWith(
      SCRIPT,
      '<ivy-chat thread-id="host-page" locale="en" announce="sentences"></ivy-chat>',
    ),
    before: segmenter,
    answer: () => [
      'The first one. ',
      'The second one is ',
      ...Array.from({ length: 20 }, () => 'long '),
      'now.',
    ],
    tokenMs: 100,
  });
  await host.chat.connected();
  await host.chat.ask('How do I start it?');
  await host.until(z.literal(true), () => {
    for (const region of document.querySelectorAll('[aria-live]'))
      if (region.textContent.includes('The first one.')) return true;
    return false;
  });
  expect(await host.read(z.boolean(), () => document.querySelector('ivy-chat')?.isStreaming)).toBe(true);
  host.isQuiet();
});

it('[H19] a browser whose page allows style sheets by a nonce alone has styles from before they were shared', async () => {
  const host = await browser.open({
    html: documentWith(
      '<script nonce="n1">litNonce = "n1"</script><script nonce="n1" src="/ivy-chat.js"></script>',
    ),
    headers: {
      'content-security-policy':
        "default-src 'none'; script-src 'nonce-n1'; style-src 'nonce-n1'; connect-src 'self'; img-src 'self'",
    },
    before: sheets,
  });
  await host.isWell();
  const radius = await host.read(z.string(), () => {
    const bubble = document.querySelector('ivy-chat')?.shadowRoot?.querySelector('[part~="bubble"]');
    return bubble ? getComputedStyle(bubble).borderRadius : undefined;
  });
  expect(radius).not.toBe('0px');
});
