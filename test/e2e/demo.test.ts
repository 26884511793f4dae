/**
 * The demo in-process, as the end-to-end tests use it: its agent can be taken away and brought back, and its pages do what
 * they say, in Chromium.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Frame, Page } from 'puppeteer-core';
import * as z from 'zod/mini';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { siteFiles, staticFiles, type SiteFiles } from '../../demo/build/site-files.ts';
import { startDemo, type Demo } from '../../demo/runner/demo.ts';
import { portObstacle } from '../../partykit/local/port.ts';
import { groupRuns } from '../../partykit/local/process-group.ts';
import { distribution } from '../../widget/build/distribution.ts';
import { launchChromium } from '../support/chromium.ts';
import { violationsOf } from '../support/page-axe.ts';
import { startStaticServer, type StaticServer } from '../support/static-server.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const DESK = { width: 1280, height: 800 };
const PHONE = { width: 360, height: 740, isMobile: true, hasTouch: true };

let demo: Demo;
let stateDir: string;
let browser: Browser;
let page: Page;
/** What no page may have: errors, what its policy forbids, requests to others. */
let problems: string[];

beforeAll(async () => {
  stateDir = mkdtempSync(join(tmpdir(), 'ivy-demo-'));
  browser = await launchChromium();
  const pace = { firstTokenMs: 100, tokenMs: 8 };
  demo = await startDemo({ port: 0, demoPort: 0, agentPort: 0, stateDir, variables: {}, pace });
});

beforeEach(async () => {
  problems = [];
  // Storage and clipboard of its own: each test is another visitor.
  const context = await browser.createBrowserContext();
  await context.setPermission(
    demo.siteUrl,
    { permission: { name: 'clipboard-read' }, state: 'granted' },
    { permission: { name: 'clipboard-write' }, state: 'granted' },
  );
  page = await context.newPage();
  await page.setViewport(DESK);
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
});

afterEach(() => page.browserContext().close());

afterAll(async () => {
  await browser.close();
  await demo.stop();
  rmSync(stateDir, { recursive: true, force: true });
});

/** Until the first chat of the page or frame has its history. */
async function connected(where: Page | Frame): Promise<void> {
  await where.waitForFunction(() => document.querySelector('ivy-chat')?.connected === true);
}

/** By its own handler: what is over it, and where it is, is the browser's business. */
async function press(selector: string): Promise<void> {
  await page.$eval(selector, (element) => element instanceof HTMLElement && element.click());
}

async function textsOf(selector: string): Promise<readonly string[]> {
  return page.$$eval(selector, (elements) => elements.map((element) => element.textContent.trim()));
}

async function until(selector: string, text: RegExp): Promise<void> {
  await page.waitForFunction(
    (wanted, pattern) => new RegExp(pattern).test(document.querySelector(wanted)?.textContent ?? ''),
    {},
    selector,
    text.source,
  );
}

describe('the agent and the parts', () => {
  it('takes the agent away and brings it back to the same address', async () => {
    const health = `${demo.agent?.url ?? ''}/health`;
    expect((await fetch(health)).status).toBe(200);
    await demo.agent?.stop();
    await expect(fetch(health)).rejects.toThrow();
    await demo.agent?.restart();
    expect((await fetch(health)).status).toBe(200);
  });
});

describe('the first page', () => {
  it.each([
    ['a desk', DESK, 'light'],
    ['a phone', PHONE, 'dark'],
  ] as const)('is for everybody on %s, stands still, and asks nobody else', async (_name, size, scheme) => {
    const origins = new Set<string>();
    page.on('request', (request) => origins.add(new URL(request.url()).origin));
    await page.evaluateOnNewDocument(() => {
      const found = { shift: 0, forbidden: [] as string[] };
      Object.assign(window, { found });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          if ('value' in entry && typeof entry.value === 'number') found.shift += entry.value;
        }
      }).observe({ type: 'layout-shift', buffered: true });
      addEventListener('securitypolicyviolation', (event) => found.forbidden.push(event.violatedDirective));
    });
    await page.setViewport(size);
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    await page.goto(demo.siteUrl);
    await connected(page);
    await page.waitForFunction(
      () => document.querySelectorAll('.stage .wire-row:not(.wire-names)').length >= 2,
    );

    const found = z
      .object({ shift: z.number(), forbidden: z.array(z.string()) })
      .parse(await page.evaluate(() => ('found' in window ? window.found : undefined)));
    expect(found.forbidden).toEqual([]);
    expect(found.shift).toBeLessThan(0.01);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(size.width);
    expect([...origins]).toEqual([demo.siteUrl]);
    expect(problems).toEqual([]);
    expect(await violationsOf(page)).toEqual([]);
  });

  it('shows the frames of an exchange as they pass, both ways', async () => {
    await page.goto(demo.siteUrl);
    await connected(page);
    await page.$eval('ivy-chat', (chat) => chat.sendMessage('How do I change the port?'));
    await until('.stage [role="rowgroup"]', /and has ended/);
    // Who follows the end has the last of them in the page, and who scrolls up the rest.
    await page.$eval('.stage .wire-rows', (scroller) => (scroller.scrollTop = 0));
    await until('.stage [role="rowgroup"]', /opened/);
    const rows = await page.$$eval('.stage .wire-row:not(.wire-names)', (lines) =>
      lines.map(({ children }) =>
        [...children].map((cell) => (cell.lastElementChild ?? cell).textContent.trim()),
      ),
    );
    const types = rows.map(([, way = '', type = '']) => `${way} ${type}`);
    const tokens = rows.filter(([, , type]) => type === 'token');
    expect(types.filter((type, index) => type !== types[index - 1])).toEqual([
      'line opened',
      'received history',
      'sent message',
      'received message',
      'received streaming',
      'received token',
      'received end',
      'received streaming',
    ]);
    const offsets = tokens.map(([, , , , offset]) => Number(offset));
    expect(offsets[0]).toBe(0);
    expect(offsets).toEqual(offsets.toSorted((one, other) => one - other));
    for (const [time, , type, size] of rows) {
      expect(time).toMatch(/^\d\d:\d\d\.\d{3}$/);
      expect(size).toMatch(type === 'opened' ? /^$/ : /^[\d.]+ k?B$/);
    }
    await press('.stage .wire-head button:last-of-type');
    await until('.stage .wire-count', /^0 frames/);
    expect(await textsOf('.stage .wire-row:not(.wire-names)')).toEqual([]);
  });
});

describe('the lab', () => {
  it('shows the same in both windows after a lost line, a reload and a killed relay', async () => {
    await page.goto(`${demo.siteUrl}/#break-it`);
    const panes = await Promise.all(
      ['Window+A', 'Window+B'].map((heading) =>
        page.waitForFrame((frame) => frame.url().endsWith(`heading=${heading}`)),
      ),
    );
    for (const pane of panes) await connected(pane);
    await until('.verdict', /empty/);

    await press('[data-do="ask"]');
    for (const pane of panes) {
      await pane.waitForFunction(
        () => (document.querySelector('ivy-chat')?.streamingContent.length ?? 0) > 40,
      );
    }
    await press('.pane:first-child [data-do="drop"]');
    await press('.pane:last-child [data-do="reload"]');
    await until('.pane:last-child [data-recovery]', /^Back after [\d.]+ s, with 3 frames/);
    await until('.pane:first-child [data-recovery]', /^Back after [\d.]+ s, with [1-3] frames?/);
    await until('.verdict', /^Both windows show the same: 2 messages, [\d,]{3,} characters/);
    expect(await shown(panes)).toEqual([['complete'], ['complete']]);

    await press('[data-do="ask"]');
    await panes[0]?.waitForFunction(
      () => (document.querySelector('ivy-chat')?.streamingContent.length ?? 0) > 40,
    );
    await press('[data-do="kill"]');
    await until('[data-lab-note]', /^The relay was gone for [\d.]+ s/);
    await until('.verdict', /^Both windows show the same: 4 messages/);
    expect(await shown(panes)).toEqual([
      ['complete', 'interrupted'],
      ['complete', 'interrupted'],
    ]);
    // The demo went on with the relay that came back.
    expect((await fetch(`${demo.relayUrl}/ivy-chat.js`)).status).toBe(200);
  });

  /** How the answers of each window ended; throws where the texts are not the same. */
  async function shown(panes: readonly Frame[]): Promise<readonly (readonly string[])[]> {
    const schema = z.array(z.object({ content: z.string(), role: z.string(), status: z.string() }));
    const all = await Promise.all(
      panes.map(async (pane) =>
        schema.parse(
          await pane.$eval('ivy-chat', ({ messages }) =>
            messages.map(({ content, role, status }) => ({ content, role, status })),
          ),
        ),
      ),
    );
    const texts = all.map((messages) => messages.map(({ content }) => content));
    expect(texts[1]).toEqual(texts[0]);
    return all.map((messages) =>
      messages.filter(({ role }) => role === 'assistant').map(({ status }) => status),
    );
  }
});

describe('the playground', () => {
  it('gives lines that make the chat look as in the preview', async () => {
    await page.goto(`${demo.siteUrl}/#make-it-yours`);
    await press('input[name="talk"][value="empty"]');
    const preview = await page.waitForFrame((frame) => frame.url().endsWith('?talk=empty'));
    await connected(preview);
    for (const [name, value] of Object.entries({
      accent: '#b91c1c',
      radius: '3',
      density: '0.7',
      fontSize: '19',
      locale: 'es',
      heading: 'Ask "Ivy" & <co>',
      placeholder: 'Say it…',
      suggestions: 'One?\nTwo & three?',
    })) {
      await page.$eval(
        `[name="${name}"]`,
        (field, text) => {
          if (!('value' in field)) return;
          field.value = text;
          field.dispatchEvent(new Event('input', { bubbles: true }));
        },
        value,
      );
    }
    await press('input[name="theme"][value="dark"]');
    await page.bringToFront();
    await press('[data-look] button');
    await until('[data-look] button', /^Copied$/);
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).not.toContain('greeting');

    const files = new Map([['index.html', `<!doctype html><title>Mine</title><main>${copied}</main>`]]);
    const mine = await startStaticServer(files, '/');
    const own = await browser.newPage();
    await own.goto(mine.url);
    await connected(own);
    const look = await lookOf(preview);
    expect(await lookOf(own)).toEqual(look);
    expect(look).toMatchObject({
      radius: '3px',
      fontSize: '19px',
      heading: 'Ask "Ivy" & <co>',
      placeholder: 'Say it…',
      suggestions: ['One?', 'Two & three?'],
    });
    await own.close();
    await mine.close();
  });

  async function lookOf(where: Page | Frame): Promise<unknown> {
    await where.waitForFunction(
      () =>
        (document.querySelector('ivy-chat')?.shadowRoot?.querySelectorAll('[part~="suggestion"]').length ??
          0) > 0,
    );
    return where.$eval('ivy-chat', ({ shadowRoot: root }) => {
      const part = (name: string): Element => root?.querySelector(`[part~="${name}"]`) ?? document.body;
      const style = (name: string): CSSStyleDeclaration => getComputedStyle(part(name));
      const input = part('input');
      return {
        radius: style('chat').borderRadius,
        ground: style('chat').backgroundColor,
        padding: style('composer').padding,
        fontSize: style('input').fontSize,
        heading: part('heading').textContent.trim(),
        placeholder: input instanceof HTMLTextAreaElement ? input.placeholder : '',
        suggestions: [...(root?.querySelectorAll('[part~="suggestion"]') ?? [])].map(({ textContent }) =>
          textContent.trim(),
        ),
        send: part('send-button').ariaLabel ?? part('send-button').getAttribute('title'),
        // What the accent is made of, where the button that has it is pressed.
        accent: getComputedStyle(root?.querySelector('.frame') ?? document.body).getPropertyValue(
          '--_accent',
        ),
      };
    });
  }
});

describe('as static files', () => {
  let server: StaticServer;
  let files: SiteFiles;

  beforeAll(async () => {
    files = staticFiles(await siteFiles(PROJECT, (await distribution(PROJECT)).files), '');
    server = await startStaticServer(files, '/some/where/');
  });

  afterAll(() => server.close());

  it('works below any path, with the relay that the address names, and without a lever to kill it', async () => {
    const relay = new URL(demo.relayUrl).host;
    await page.goto(`${server.url}?host=${relay}`);
    await connected(page);
    expect(await page.$eval('[data-embed] code', ({ textContent }) => textContent)).toContain(
      `<script src="http://${relay}/ivy-chat.js" async></script>`,
    );
    expect(await page.$eval('[data-do="kill"]', (button) => button.checkVisibility())).toBe(false);
    expect(await textsOf('[data-lab-note]')).toEqual([expect.stringContaining('npm start')]);
    expect(server.missing).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('has documents that everybody can read, at any width', async () => {
    await page.setViewport(PHONE);
    await page.goto(`${server.url}docs/embed.html`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width);
    expect(await violationsOf(page)).toEqual([]);
    await page.setViewport(DESK);
    await page.goto(`${server.url}docs/deploy.html`);
    expect(await violationsOf(page)).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('has every file that its pages name', () => {
    const paths = [...files.keys()].filter((path) => path.endsWith('.html'));
    for (const path of paths) {
      const html = String(files.get(path));
      for (const [, to = ''] of html.matchAll(/\s(?:href|src)="([^"#?]*)[^"]*"/g)) {
        if (/^[a-z]+:/i.test(to)) continue;
        const target = new URL(to, server.url + path).href.replace(server.url, '');
        const name = target === '' || target.endsWith('/') ? `${target}index.html` : target;
        expect([...files.keys()], `${path}: ${to}`).toContain(name);
      }
      expect(html, path).not.toContain('%RELAY%');
    }
  });
});

it('leaves nothing behind, also where its relay is just coming back', async () => {
  const token =
    /name="ivy-runner" content="([^"]*)"/.exec(await (await fetch(demo.siteUrl)).text())?.[1] ?? '';
  const headers = { origin: demo.siteUrl, 'x-ivy-runner': token };
  const killed = fetch(`${demo.siteUrl}/runner/kill-relay`, { method: 'POST', headers });
  killed.catch(() => undefined);
  await vi.waitFor(() => expect(groupRuns(demo.relay.groupId)).toBe(false), { timeout: 10_000 });
  const ports = [demo.siteUrl, demo.relayUrl, demo.agent?.url ?? ''].map((url) => Number(new URL(url).port));
  await demo.stop();
  await expect(killed).rejects.toThrow();
  expect(groupRuns(demo.relay.groupId)).toBe(false);
  expect(await Promise.all(ports.map((port) => portObstacle(port)))).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
