/** Style sheets of the page: nothing of them comes into the chat, but for what it takes from them by name. */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { documentWith, HostBrowser, type HostConversation } from '../../support/host-conversation.ts';

/** The box of the tag is the page's, whatever else it says about all elements. */
const BOX = `<style>ivy-chat { display: block !important; box-sizing: border-box !important; float: none !important;
  width: 400px !important; height: 500px !important; margin: 0 !important; padding: 0 !important; border: 0 !important;
  writing-mode: horizontal-tb !important; }</style>`;

/** Everything that is inherited, or close to it. */
const INHERITED = `line-height: 3; text-transform: uppercase; text-align: center; word-spacing: 9px; letter-spacing: 3px;
  white-space: pre; direction: rtl; text-indent: 4em; word-break: break-all; hyphens: auto; cursor: wait;
  list-style: square; quotes: 'a' 'b'; font: italic small-caps 900 33px/2 fantasy; text-shadow: 1px 1px red; tab-size: 2;
  user-select: none; pointer-events: none; border-collapse: collapse; border-spacing: 9px; caption-side: bottom;
  empty-cells: hide; caret-color: red; accent-color: red; font-feature-settings: 'smcp'; font-kerning: none;
  text-rendering: geometricPrecision; -webkit-text-stroke: 1px red; -webkit-text-fill-color: red;
  -webkit-text-security: disc; text-align-last: right; line-break: anywhere; overflow-wrap: anywhere; text-wrap: nowrap;
  text-decoration: underline wavy red; text-underline-offset: 9px; text-emphasis: dot; image-rendering: pixelated;
  fill: red; stroke: red; stroke-width: 9px; scrollbar-color: red blue; forced-color-adjust: none; math-style: compact;
  print-color-adjust: exact; ruby-position: under; -webkit-user-modify: read-write; font-size-adjust: 0.9;
  font-stretch: condensed; font-optical-sizing: none; font-synthesis: none; text-size-adjust: 200%; orphans: 4; widows: 4;
  text-orientation: upright; color: red; visibility: visible;`;

const SHEETS: readonly (readonly [name: string, css: string])[] = [
  ['unsets all of everything', '* { all: unset !important }'],
  ['makes everything as if no sheet were there', '* { all: initial !important }'],
  ['lets everything inherit everything', `html { ${INHERITED} } * { all: inherit !important }`],
  [
    'has its own idea of text',
    `* { font-size: 40px !important; letter-spacing: 5px !important; line-height: 3 !important; color: red !important;
       font-weight: 900 !important; font-family: fantasy !important; background: lime !important }`,
  ],
  ['makes 1 rem 10 pixels', 'html { font-size: 62.5% !important }'],
  [
    'has its own idea of boxes',
    `* { box-sizing: content-box !important; padding: 13px !important; margin: 7px !important; outline: 3px solid blue
       !important; border: 3px solid red !important; min-width: 0 !important; position: relative; float: left; }`,
  ],
  [
    'styles tags',
    `div, span, button, textarea, svg, path, p, ul, ol, li, section, header, pre, code, table, td, a, h1, slot, input {
       all: unset !important; display: flex !important; transform: rotate(3deg) !important; fill: red !important;
       width: 1px !important }`,
  ],
  ['is dark', ':root { color-scheme: dark !important; background: black; color: white }'],
  ['styles its body', `body { ${INHERITED} }`],
  [
    'turns text round and cannot be selected',
    `* { direction: rtl !important; unicode-bidi: bidi-override !important; text-orientation: upright !important;
       user-select: none !important; cursor: none !important; pointer-events: none !important }`,
  ],
  [
    'looks into the chat',
    `ivy-chat *, ivy-chat > *, [part], .chat, .panel, .composer, .bubble, .send, .turn { display: none !important;
       color: red !important } ivy-chat::part(nothing) { display: none !important }`,
  ],
  [
    'moves everything',
    `*, *::before, *::after { transition: all 3s !important; animation: ivy-breathe 2s infinite !important }
     @keyframes ivy-breathe { to { opacity: 0.2; transform: rotate(9deg) } }
     @keyframes ivy-appear { to { opacity: 0; color: red } } @keyframes ivy-turn { to { scale: 9 } }`,
  ],
  [
    'puts something before and after everything',
    `*::before, *::after { content: '☠' !important; color: red !important; position: absolute !important }
     *::placeholder, *::marker { color: red !important } *::-webkit-scrollbar { width: 40px !important }`,
  ],
  [
    'has layers and scopes',
    `@layer a, b; @layer b { * { font: 60px serif !important } ivy-chat { color: blue !important } }
     @scope (ivy-chat) { :scope { letter-spacing: 9px !important } * { color: red !important } }`,
  ],
  [
    'has custom properties, and some with names like ours',
    `@property --ivy-unknown { syntax: '<length>'; inherits: false; initial-value: 3px }
     * { --_surface: red !important; --_text: red !important; --_size: 50px !important; --_covered: 300px !important;
       --_visible-height: 100px !important; --_visible-top: 50px !important; --_offset: 99px; --_gutter: 0 }`,
  ],
  [
    'filters and contains everything',
    `* { filter: grayscale(0.1) !important; transform: translateZ(0) !important; contain: paint !important;
       perspective: 100px !important; mix-blend-mode: multiply !important; will-change: transform !important }`,
  ],
  [
    'redefines counters and fonts',
    `@counter-style decimal { system: cyclic; symbols: X } @counter-style disc { system: cyclic; symbols: Y }
     @font-face { font-family: sans-serif; src: local(nothing) } @page { margin: 9cm }`,
  ],
];

const change = z.strictObject({ compared: z.number(), changes: z.array(z.string()) });

let browser: HostBrowser;
let inPage: HostConversation;
let floating: HostConversation;

async function conversation(attributes: string): Promise<HostConversation> {
  const tag = `<h1>Host</h1><ivy-chat thread-id="css" locale="en" theme="light" ${attributes}></ivy-chat><p>After</p>`;
  const host = await browser.open({
    html: documentWith(`${BOX}<script src="/ivy-chat.js"></script>`, tag),
    answer: () => [
      '# Heading\n\n**Bold** [link](https://ivy.example) `code`\n\n1. one\n\n- two\n\n> quote\n\n|a|\n|-|\n|1|',
    ],
  });
  await host.chat.connected();
  await host.chat.ask('Hello');
  await host.chat.idle();
  await host.page.mouse.move(0, 0);
  await host.page.evaluate(() => {
    const focused = document.activeElement;
    if (focused instanceof HTMLElement) focused.blur();
  });
  await settled(host.page);
  return host;
}

/** What was drawn, and moved, for the last change is done. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    await frame();
    await frame();
    const moving = document.querySelector('ivy-chat')?.shadowRoot?.getAnimations() ?? [];
    await Promise.allSettled(moving.filter(isEnding).map(({ finished }) => finished));
    await frame();

    function isEnding({ effect }: Animation): boolean {
      return effect?.getComputedTiming().endTime !== Infinity;
    }
  });
}

/** Every property that the browser computes, of everything in the chat, against how it was when this was first asked. */
function changes(host: HostConversation): Promise<z.infer<typeof change>> {
  return host.read(change, () => {
    const root = document.querySelector('ivy-chat')?.shadowRoot;
    const elements = [...(root?.querySelectorAll('.frame, .frame *') ?? [])];
    const looks = elements.flatMap((element) => {
      const pseudos = element.matches('li') ? ['', '::before', '::marker'] : ['', '::before'];
      if (element.matches('textarea')) pseudos.push('::placeholder');
      return pseudos.map((pseudo) => ({ element, pseudo, style: getComputedStyle(element, pseudo) }));
    });
    const names = [...(looks[0]?.style ?? [])].filter((name) => !name.startsWith('--'));
    const found = looks.map(({ style }) => names.map((name) => style.getPropertyValue(name)));
    if (!('before' in window)) Object.assign(window, { before: found });
    const differing: string[] = [];
    for (const [at, { element, pseudo }] of looks.entries()) {
      for (const [index, name] of names.entries()) {
        // A line under all text is told of boxes too, which do not draw it; those with text in them are inside.
        const isLine = name === '-webkit-text-decorations-in-effect' && element.matches('.frame, .chat');
        const [was, is] = ['before' in window ? window.before : found, found].map((all) =>
          String(Reflect.get(Reflect.get(Object(all), at) ?? [], index)),
        );
        if (was !== is && !isLine)
          differing.push(`${element.localName}.${element.className}${pseudo} ${name}: ${was} → ${is}`);
      }
    }
    return { compared: looks.length * names.length, changes: differing.slice(0, 20) };
  });
}

beforeAll(async () => {
  browser = await HostBrowser.start();
  inPage = await conversation('');
  floating = await conversation('launcher open');
  for (const host of [inPage, floating]) await changes(host);
});
afterAll(() => browser.close());

describe('a page that', () => {
  it.each(SHEETS)('[H5] %s changes nothing of the chat', async (_, css) => {
    for (const host of [inPage, floating]) {
      const sheet = await host.page.addStyleTag({ content: css });
      await settled(host.page);
      const found = await changes(host);
      await sheet.evaluate((element) => element.parentNode?.removeChild(element));
      expect(found.changes).toEqual([]);
      expect(found.compared).toBeGreaterThan(50_000);
    }
  });

  it('[H5] sets a custom property or styles a part does change it', async () => {
    const sheet = await inPage.page.addStyleTag({ content: 'ivy-chat { --ivy-font-size: 16px }' });
    expect((await changes(inPage)).changes.length).toBeGreaterThan(10);
    await sheet.evaluate((element) => element.parentNode?.removeChild(element));
    const part = await inPage.page.addStyleTag({ content: 'ivy-chat::part(bubble) { color: red }' });
    expect((await changes(inPage)).changes.join()).toContain(
      'div.bubble color: rgb(28, 31, 30) → rgb(255, 0, 0)',
    );
    await part.evaluate((element) => element.parentNode?.removeChild(element));
  });

  it('[H5] cannot be selected has answers that can be', async () => {
    const sheet = await inPage.page.addStyleTag({
      content: 'body { user-select: none; -webkit-user-select: none }',
    });
    const point = await inPage.read(z.strictObject({ x: z.number(), y: z.number() }), () => {
      const word = document.querySelector('ivy-chat')?.shadowRoot?.querySelector('.markdown strong');
      word?.scrollIntoView({ block: 'center' });
      const { x = 0, y = 0, width = 0, height = 0 } = word?.getBoundingClientRect() ?? {};
      return { x: x + width / 2, y: y + height / 2 };
    });
    await inPage.page.mouse.click(point.x, point.y, { count: 2 });
    expect(await inPage.read(z.string(), () => String(getSelection()))).toBe('Bold');
    await sheet.evaluate((element) => element.parentNode?.removeChild(element));
  });

  it('[H5] forbids all transitions is followed when it becomes dark', async () => {
    const host = await browser.open({ html: documentWith('<script src="/ivy-chat.js"></script>') });
    await host.page.addStyleTag({
      content: '* { transition: none !important } :root { color-scheme: light }',
    });
    await host.chat.connected();
    const isDark = (wanted: string) =>
      host.until(
        z.literal(true),
        (scheme) => {
          const chat = document.querySelector('ivy-chat')?.shadowRoot?.querySelector('[part="chat"]');
          return chat && getComputedStyle(chat).colorScheme === scheme;
        },
        wanted,
      );
    await isDark('light');
    await host.page.addStyleTag({ content: ':root { color-scheme: dark }' });
    await isDark('dark');
  });
});

it('[H5] the script measures nothing by the page’s letters', () => {
  expect(browser.script.match(/[\d.](?:rem|rlh|rex|rch|ric|rcap)\b/g)).toBeNull();
  expect(browser.script, 'the styles are in it').toMatch(/\d+px/);
});
