/** The pages in the documents, as readers copy them, in a real browser and against a real relay. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { startRelay, type RelayProcess } from '../../partykit/local/relay-process.ts';
import { distribution, place } from '../../widget/build/distribution.ts';
import { launchChromium } from '../support/chromium.ts';
import { placeOf, samplesIn, sampleUnder } from '../support/document-samples.ts';
import { documentWith, HostConversation } from '../support/host-conversation.ts';
import { startHostPage, type HostPage, type ServedFile } from '../support/host-page.ts';
import { SECRET, tokenFor } from '../support/knock.ts';
import { useAgent } from '../support/scripted-agent.ts';

const THREAD = 'b3c1f0de-5a8e-4c0f-9d0b-7f6a2f0e4d11';
const EMBED = 'demo/docs/embed.md';
/** Where the documents say that the relay is. */
const RELAY =
  /https:\/\/(?:chat\.example\.com|ivy-chat\.your-account\.workers\.dev)|http:\/\/localhost:1999/g;
const SOCKET = 'wss://chat.example.com';
const SCRIPT = '<script src="https://chat.example.com/ivy-chat.js" async></script>';
const TAG = `<ivy-chat thread-id="${THREAD}" locale="en"></ivy-chat>`;

const agent = useAgent();
const opened: HostConversation[] = [];
const files: Record<string, ServedFile> = {
  '/favicon.ico': { body: '' },
  '/logo.svg': { body: '<svg xmlns="http://www.w3.org/2000/svg"/>', type: 'image/svg+xml' },
};
let browser: Browser;
let folder: string;
let site: HostPage;

async function relayWith(variables: Readonly<Record<string, string>>): Promise<RelayProcess> {
  return startRelay({
    port: 0,
    stateDir: await mkdtemp(join(folder, 'state-')),
    assets: join(folder, 'dist'),
    variables: { AST_URL: agent.url, ALLOWED_ORIGINS: site.url, ...variables },
  });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ivy-documents-'));
  [browser, site] = await Promise.all([launchChromium(), startHostPage({ files })]);
  await place(
    join(folder, 'dist'),
    (await distribution(fileURLToPath(new URL('../..', import.meta.url)))).files,
  );
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
});

afterAll(async () => {
  await browser.close();
  await site.close();
  await rm(folder, { recursive: true });
});

/** @param relay takes the place of the one in the documents */
async function open(html: string, relay: RelayProcess): Promise<HostConversation> {
  const here = html.replaceAll(RELAY, relay.url).replaceAll(SOCKET, relay.url.replace('http', 'ws'));
  // Only in the head is it one.
  const [policy = ''] = /<meta\s+http-equiv[^>]*>/.exec(here) ?? [];
  files['/'] = { body: documentWith(policy, here.replace(policy, '')) };
  const conversation = new HostConversation(await browser.newPage(), site);
  opened.push(conversation);
  await conversation.listen();
  await conversation.page.goto(site.url);
  return conversation;
}

/** What the text around a sample says is there already. */
function completed(html: string): string {
  const isOfFrame = html.includes("querySelector('iframe')");
  if (isOfFrame) return sampleUnder(EMBED, 'A frame', 'html') + html;
  if (html.includes('<iframe')) return html;
  const hasScript = html.includes('/ivy-chat.js');
  const hasChat = html.includes('<ivy-chat') || /data-|setAttribute/.test(html);
  return (hasScript ? '' : SCRIPT) + html + (hasChat ? '' : TAG);
}

/** Those that ask the page's own server for tokens come below, and those with a hash in bundle-served.test.ts. */
const PAGES = samplesIn('html').filter(({ code }) => !/'\/chat'|\/chat\?|integrity=/.test(code));

describe('a page of the documents', () => {
  let relay: RelayProcess;

  beforeAll(async () => {
    relay = await relayWith({});
  });
  afterAll(() => relay.stop());

  it.each(PAGES.map((sample) => [placeOf(sample), sample.code] as const))('%s', async (_, code) => {
    const html = completed(code);
    const host = await open(html, relay);
    if (html.includes('<iframe')) await host.enterFrame('iframe');
    if (code.includes('thread-id=""')) {
      await host.until(z.literal(true), () => customElements.get('ivy-chat') !== undefined);
      expect(host.requests.filter((address) => address.startsWith('ws'))).toEqual([]);
    } else await host.chat.connected();
    host.isQuiet();
  });

  it('hears, says, looks and speaks as the documents have it', async () => {
    const scripts = ['Properties and methods', 'Events', 'Languages']
      .map((heading) => sampleUnder(EMBED, heading, 'js'))
      .join('\n');
    const style = `<style>${sampleUnder(EMBED, 'Size and colours', 'css')}</style>`;
    const tag = TAG.replace('locale="en"', 'locale="fr"');
    const host = await open(
      `${style}${tag}${SCRIPT.replace(' async', '')}<script type="module">${scripts}</script>`,
      relay,
    );
    const logged: string[] = [];
    host.page.on('console', (message) => logged.push(message.text()));
    (await agent.next()).answer('Hello ', 'yourself.');
    await expect.poll(() => logged, { timeout: 10_000 }).toEqual(['Hello yourself.']);
    expect(await host.chat.turns()).toEqual(['Hello!', 'Hello yourself.']);
    const look = await host.read(
      z.strictObject({ height: z.number(), accent: z.string(), send: z.string() }),
      () => {
        const chat = document.querySelector('ivy-chat');
        const send = chat?.shadowRoot?.querySelector('[part~="send-button"]');
        return {
          height: chat?.getBoundingClientRect().height,
          accent: chat && getComputedStyle(chat).getPropertyValue('--ivy-accent'),
          send: send?.getAttribute('aria-label'),
        };
      },
    );
    expect(look).toEqual({ height: 600, accent: '#0f766e', send: 'Envoyer' });
    host.isQuiet();
  });

  it('looks as the page about themes has it, with the colours on what is around the tag too', async () => {
    const THEMING = 'demo/docs/theming.md';
    const css = ['Change the colour', 'Shape, room and type', 'Size', 'Grounds and text', 'Parts']
      .map((heading) => sampleUnder(THEMING, heading, 'css'))
      .join('\n');
    const around = `<style>section { --ivy-accent: #b45309; --ivy-surface: light-dark(#fffaf0, #1c1714) }</style>
      <section><ivy-chat id="second" theme="dark" thread-key="b"></ivy-chat></section>`;
    const host = await open(
      `<style>${css.replaceAll('ivy-chat', 'ivy-chat#first')}</style>${TAG.replace('<ivy-chat', '<ivy-chat id="first" heading="x"')}
      ${around}${SCRIPT}`,
      relay,
    );
    await host.chat.connected(2);
    const lookSchema = z.record(z.string(), z.nullable(z.string()));
    const look = await host.read(lookSchema, () => {
      const root = document.querySelector('#first')?.shadowRoot;
      const second = document.querySelector('#second')?.shadowRoot;
      const of = (part: string, name: string, of = root): string | null => {
        const found = of?.querySelector(`[part~="${part}"]`);
        return found ? getComputedStyle(found).getPropertyValue(name) : null;
      };
      return {
        surface: of('chat', 'background-color'),
        around: of('chat', 'background-color', second),
        radius: of('chat', 'border-top-left-radius'),
        font: of('chat', 'font-family'),
        size: of('chat', 'font-size'),
        clear: of('clear-button', 'display'),
        heading: of('heading', 'text-transform'),
      };
    });
    expect(look).toEqual({
      surface: 'rgb(255, 250, 240)',
      around: 'rgb(28, 23, 20)',
      radius: '4px',
      font: 'Georgia, serif',
      size: '16px',
      clear: 'none',
      heading: 'uppercase',
    });
    host.isQuiet();
  });
});

describe('a page of the documents, with a relay that asks for tokens', () => {
  let relay: RelayProcess;

  beforeAll(async () => {
    relay = await relayWith({ IVY_JWT_SECRET: SECRET });
    const token = await tokenFor(THREAD, {}, { now: Date.now() });
    files['/chat'] = { body: JSON.stringify({ threadId: THREAD, token }), type: 'application/json' };
  });
  afterAll(() => relay.stop());

  it('gets them from its server', async () => {
    const host = await open(sampleUnder('demo/docs/tokens.md', 'The page', 'html'), relay);
    await host.chat.connected();
    host.isQuiet();
  });

  it("gets them for a visitor's own conversation", async () => {
    const script = `const chat = document.querySelector('ivy-chat');
      ${sampleUnder('demo/docs/tokens.md', "Visitors' own conversations", 'js')}`;
    const host = await open(`${TAG}${SCRIPT}<script>${script}</script>`, relay);
    await host.chat.connected();
    host.isQuiet();
  });

  it('hands them to a frame', async () => {
    const frame = `<iframe title="Chat" src="https://chat.example.com/embed?thread=${THREAD}&get-token"></iframe>`;
    const host = await open(frame + sampleUnder('demo/docs/tokens.md', 'In a frame', 'html'), relay);
    await host.enterFrame('iframe');
    await host.chat.connected();
    host.isQuiet();
  });
});
