/** The chat in a frame: the relay's embed page in a real browser, in pages of other origins, and a real relay. */
import { readFile, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { startRelay, type RelayProcess } from '../../partykit/local/relay-process.ts';
import { distribution, place } from '../../widget/build/distribution.ts';
import { launchChromium } from '../support/chromium.ts';
import { documentWith, HostConversation } from '../support/host-conversation.ts';
import { startHostPage, type HostPage } from '../support/host-page.ts';
import { SECRET, tokenFor } from '../support/knock.ts';
import { useAgent } from '../support/scripted-agent.ts';

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;
const THREAD = 'b3c1f0de-5a8e-4c0f-9d0b-7f6a2f0e4d11';

let browser: Browser;
let folder: string;
let site: HostPage;
const opened: HostConversation[] = [];

const agent = useAgent();

/** By their paths; a test puts its own there. */
const files: Record<string, { body: string; headers?: Record<string, string> }> = {
  '/favicon.ico': { body: '' },
};

async function relayWith(variables: Readonly<Record<string, string>>): Promise<RelayProcess> {
  return startRelay({
    port: 0,
    stateDir: await mkdtemp(join(folder, 'state-')),
    assets: join(folder, 'dist'),
    variables: { AST_URL: agent.url, ALLOWED_ORIGINS: site.url, ...variables },
  });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ivy-embed-'));
  const [built, chromium, host] = await Promise.all([
    distribution(fileURLToPath(new URL('../..', import.meta.url))),
    launchChromium(),
    startHostPage({ files }),
  ]);
  browser = chromium;
  site = host;
  await place(join(folder, 'dist'), built.files);
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((page) => page.close()));
});

afterAll(async () => {
  await browser.close();
  await site.close();
  await rm(folder, { recursive: true });
});

/** A page with the frame, and what else stands on it. */
const pageWith = (src: string, more = ''): string =>
  documentWith(
    '<style>body { margin: 0 } iframe { border: 0; width: 400px; height: 500px }</style>',
    `<iframe id="chat" title="Chat" allow="clipboard-write" src="${src}"></iframe>${more}`,
  );

async function openPage(body: string, origin = site.url, headers = {}): Promise<HostConversation> {
  files['/'] = { body, headers };
  const page = await browser.newPage();
  const conversation = new HostConversation(page, site);
  opened.push(conversation);
  await conversation.listen();
  await page.goto(origin);
  return conversation;
}

async function openFrame(src: string, more = '', headers = {}): Promise<HostConversation> {
  const host = await openPage(pageWith(src, more), site.url, headers);
  await host.enterFrame('#chat');
  return host;
}

const roomsOf = ({ requests }: HostConversation): readonly string[] =>
  requests.flatMap((address) => /\/parties\/main\/ivy_([^?]+)/.exec(address)?.[1] ?? []);

async function answered(host: HostConversation, question: string, ...tokens: string[]): Promise<void> {
  await host.chat.ask(question);
  (await agent.next()).answer(...tokens);
  // The one before it is the newest until the question has come back.
  await expect
    .poll(() => host.chat.nextAnswer(), { timeout: 10_000 })
    .toEqual({ text: tokens.join(''), status: 'complete' });
}

describe('a relay without tokens', () => {
  let relay: RelayProcess;

  beforeAll(async () => {
    relay = await relayWith({});
  });
  afterAll(() => relay.stop());

  it('has a chat for a frame of a page without a script, with a thread of the page’s choice', async () => {
    const host = await openFrame(`${relay.url}/embed?thread=${THREAD}&locale=en`);
    await host.chat.connected();
    await answered(host, 'Hello?', 'Hello ', 'yourself.');
    await host.page.reload();
    await host.enterFrame('#chat');
    await host.chat.connected();

    expect(await host.chat.turns()).toEqual(['Hello?', 'Hello yourself.']);
    expect(new Set(roomsOf(host))).toEqual(new Set([THREAD]));
    host.isQuiet();
  });

  it('gives each visitor a thread of their own where the page chooses none', async () => {
    const host = await openFrame(`${relay.url}/embed?locale=en`);
    await host.chat.connected();
    await host.page.reload();
    await host.enterFrame('#chat');
    await host.chat.connected();

    const rooms = roomsOf(host);
    expect(rooms).toEqual([rooms[0], rooms[0]]);
    expect(rooms[0]).toMatch(UUID);
    host.isQuiet();
  });

  it('does what its address asks for, and is as large as its frame', async () => {
    const asked = new URLSearchParams({
      heading: 'Ask <b>us</b>',
      greeting: 'Olá',
      suggestions: 'One?|Two?',
      placeholder: 'Here',
      locale: 'pt-BR',
      theme: 'dark',
      accent: '#7c3aed',
      host: 'evil.example',
      launcher: '',
      token: 'canary',
    });
    const host = await openFrame(`${relay.url}/embed?${asked.toString()}`);
    await host.chat.connected();
    const seen = await host.read(z.unknown(), () => {
      const chat = document.querySelector('ivy-chat');
      const root = chat?.shadowRoot;
      return [
        root?.querySelector('[part~="heading"]')?.textContent,
        root?.querySelector('.greeting')?.textContent,
        root?.querySelectorAll('[part~="suggestion"]').length,
        root?.querySelector('textarea')?.placeholder,
        [document.documentElement.lang, document.title],
        root?.querySelector('.frame')?.classList.contains('dark'),
        chat === null ? '' : getComputedStyle(chat).getPropertyValue('--ivy-accent'),
        [chat?.offsetWidth, chat?.offsetHeight, document.documentElement.scrollHeight],
        [chat?.host, chat?.launcher, chat?.token],
      ];
    });
    expect(seen).toEqual([
      'Ask <b>us</b>',
      'Olá',
      2,
      'Here',
      ['pt-BR', 'Ask <b>us</b>'],
      true,
      '#7c3aed',
      [400, 500, 500],
      [null, false, null],
    ]);
    expect(
      host.requests.filter((address) => address.includes('canary') && !address.includes('/embed?')),
    ).toEqual([]);
    host.isQuiet();
  });

  it('tells the page around it how high it would have to be, as the conversation grows and when it ends', async () => {
    const listening = `<script>
      const frame = document.querySelector('#chat');
      window.heights = [];
      addEventListener('message', (event) => {
        if (event.source !== frame.contentWindow || event.origin !== '${relay.url}') return;
        if (event.data.type !== 'ivy-chat:size') return;
        heights.push(event.data.height);
        frame.style.height = Math.min(event.data.height, 900) + 'px';
      });
    </script>`;
    const host = await openFrame(`${relay.url}/embed?locale=en`, listening);
    await host.chat.connected();
    const frame = (): Promise<number> => host.page.$eval('#chat', ({ clientHeight }) => clientHeight);
    expect(await frame()).toBe(500);
    await answered(host, 'More?', ...Array.from({ length: 12 }, (_, line) => `Line ${line}\n\n`));
    await expect.poll(frame).toBeGreaterThan(600);
    const grown = await frame();
    expect(grown).toBeLessThan(900);
    const isWhole = await host.read(z.boolean(), () => {
      const scroller = document.querySelector('ivy-chat')?.shadowRoot?.querySelector('[part~="transcript"]');
      return scroller?.scrollHeight === scroller?.clientHeight;
    });
    expect(isWhole).toBe(true);
    await answered(host, 'And more?', ...Array.from({ length: 40 }, (_, line) => `Line ${line}\n\n`));
    await expect.poll(frame).toBe(900);
    await host.read(z.unknown(), () => document.querySelector('ivy-chat')?.clearMessages());
    await expect.poll(frame).toBe(500);

    const heights = z.array(z.number()).parse(await host.page.evaluate('heights'));
    expect(heights.every((height, index) => height !== heights[index - 1])).toBe(true);
    expect(heights.length).toBeLessThan(80);
    host.isQuiet();
  });

  it('[A1] is not shown in a page that may not connect, nor in one that such a page is around', async () => {
    const stranger = site.url.replace('localhost', '127.0.0.1');
    files['/inner'] = { body: pageWith(`${relay.url}/embed`) };
    const frames = `<iframe id="inner" src="${site.url}/inner"></iframe>`;
    const host = await openPage(pageWith(`${relay.url}/embed`, frames), stranger);
    const refusals = (): readonly string[] =>
      host.complaints.filter((one) => one.includes('frame-ancestors'));
    await expect.poll(() => refusals().length).toBe(2);

    expect(roomsOf(host)).toEqual([]);
    const addresses = host.page.frames().map((frame) => frame.url());
    expect(addresses.filter((address) => address.startsWith(relay.url))).toEqual([]);
  });

  it('opened by itself says what it is for, and takes no words and no thread from a link', async () => {
    const page = await browser.newPage();
    await page.goto(`${relay.url}/embed?thread=${THREAD}&heading=Your+bank`);
    await page.waitForSelector('p');
    const text = await page.evaluate(() => [
      document.body.innerText,
      document.querySelectorAll('ivy-chat').length,
    ]);
    expect(text).toEqual(['This page is a chat, and is to be shown in a frame of another page.', 0]);
    await page.close();
  });

  it('can be in a page that isolates itself, and in a sandbox that has an origin', async () => {
    const host = await openFrame(`${relay.url}/embed?locale=en`, '', {
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-opener-policy': 'same-origin',
    });
    await host.chat.connected();
    host.isQuiet();
    const sandbox = '<iframe id="chat" sandbox="allow-scripts allow-same-origin allow-popups"';
    const boxed = await openPage(pageWith(`${relay.url}/embed`).replace('<iframe id="chat"', sandbox));
    await boxed.enterFrame('#chat');
    await boxed.chat.connected();
    boxed.isQuiet();
  });

  it('can be used by everybody, light and dark', async () => {
    const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    for (const theme of ['light', 'dark']) {
      const host = await openFrame(`${relay.url}/embed?thread=${THREAD}&theme=${theme}`);
      await host.chat.connected();
      const frame = await (await host.page.$('#chat'))?.contentFrame();
      // The policy of the page lets no text become a script; the debugger of the browser may.
      await frame?.evaluate(`${axe}; undefined`);
      const found: unknown = await frame?.evaluate(async () => {
        const { violations } = await window.axe.run(document.documentElement, {
          // Of the page around it.
          rules: { 'page-has-heading-one': { enabled: false } },
        });
        return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join()).join()}`);
      });
      expect(found, theme).toEqual([]);
    }
  });
});

describe('a relay with tokens', () => {
  let relay: RelayProcess;

  beforeAll(async () => {
    relay = await relayWith({ IVY_JWT_SECRET: SECRET });
  });
  afterAll(() => relay.stop());

  it('[A2] has them from the page around the frame, for the thread that it is told, and from nobody else', async () => {
    const listening = `<iframe hidden srcdoc="<script>
        setInterval(() => parent.frames[0].postMessage({ type: 'ivy-chat:token', token: 'of-another' }, '*'), 5);
      </script>"></iframe>
      <script>
        const frame = document.querySelector('#chat');
        window.asked = [];
        addEventListener('message', async (event) => {
          if (event.source !== frame.contentWindow || event.origin !== '${relay.url}') return;
          if (event.data.type !== 'ivy-chat:get-token') return;
          asked.push(event.data.threadId);
          const token = await tokenOf(event.data.threadId);
          frame.contentWindow.postMessage({ type: 'ivy-chat:token' }, event.origin);
          frame.contentWindow.postMessage({ type: 'ivy-chat:token', token }, event.origin);
        });
      </script>`;
    files['/'] = { body: pageWith(`${relay.url}/embed?get-token&locale=en`, listening) };
    const page = await browser.newPage();
    const host = new HostConversation(page, site);
    opened.push(host);
    await host.listen();
    await page.exposeFunction('tokenOf', (thread: string) => tokenFor(thread, {}, { now: Date.now() }));
    await page.goto(site.url);
    await host.enterFrame('#chat');
    await host.chat.connected();
    await answered(host, 'Who is there?', 'You.');

    const asked = z.array(z.string()).parse(await page.evaluate('asked'));
    expect(asked[0]).toMatch(UUID);
    expect(new Set(roomsOf(host))).toEqual(new Set(asked));
    const sockets = host.requests.filter((address) => address.startsWith('ws:'));
    expect(sockets.filter((address) => address.includes('of-another'))).toEqual([]);
    expect(
      host.requests.filter((address) => address.includes('token=') && !address.startsWith('ws')),
    ).toEqual([]);
    host.isQuiet();
  });

  it('is asked again until the page around it listens', async () => {
    const late = `<script>
      setTimeout(() => {
        const frame = document.querySelector('#chat');
        addEventListener('message', async ({ source, data }) => {
          if (source === frame.contentWindow && data.type === 'ivy-chat:get-token')
            source.postMessage({ type: 'ivy-chat:token', token: await tokenOf(data.threadId) }, '*');
        });
      }, 1_500);
    </script>`;
    files['/'] = { body: pageWith(`${relay.url}/embed?get-token`, late) };
    const page = await browser.newPage();
    const host = new HostConversation(page, site);
    opened.push(host);
    await page.exposeFunction('tokenOf', (thread: string) => tokenFor(thread, {}, { now: Date.now() }));
    await page.goto(site.url);
    await host.enterFrame('#chat');
    await host.chat.connected();
  });
});
