/** The scripts as a page of another origin gets them from a relay, on both runtimes, pinned by the tags of the README. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { partykitRuntime } from '../../partykit/local/partykit-runtime.ts';
import { startRelay, type RelayProcess } from '../../partykit/local/relay-process.ts';
import { workerRuntime } from '../../partykit/local/worker-runtime.ts';
import { distribution, place, type Distribution } from '../../widget/build/distribution.ts';
import { integrityOf, pinnedTags } from '../../widget/build/integrity.ts';
import { launchChromium } from '../support/chromium.ts';
import { startHostPage, type HostPage, type ServedFile } from '../support/host-page.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

let browser: Browser;
let built: Distribution;

beforeAll(async () => {
  browser = await launchChromium();
  built = await distribution(PROJECT);
});

afterAll(() => browser.close());

const DEPLOYED = { 'cross-origin-resource-policy': 'cross-origin', 'x-content-type-options': 'nosniff' };

/** PartyKit, which is for trying things, has headers of its own. */
const RUNTIMES = [
  { runtime: partykitRuntime, latest: {}, versioned: {} },
  {
    runtime: workerRuntime,
    latest: { ...DEPLOYED, 'cache-control': 'public, max-age=300' },
    versioned: { ...DEPLOYED, 'cache-control': 'public, max-age=31536000, immutable' },
  },
];

describe.each(RUNTIMES)('by $runtime.name', ({ runtime, latest, versioned }) => {
  let folder: string;
  let relay: RelayProcess;
  let host: HostPage;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ivy-served-'));
    const assets = join(folder, 'dist');
    await place(assets, built.files);
    relay = await startRelay({ port: 0, stateDir: join(folder, 'state'), assets, runtime, variables: {} });
    const tags = pinnedTags(relay.url, built);
    host = await startHostPage({
      files: {
        '/pinned': pageWith(tags),
        '/module': pageWith(tags.replaceAll('<script', '<script type="module"')),
        '/changed': pageWith(tags.replaceAll(/sha384-[^"]+/g, integrityOf('of something else'))),
      },
    });
  });

  afterAll(async () => {
    await host.close();
    await relay.stop();
    await rm(folder, { recursive: true });
  });

  it('[A18] they may be read by every page, byte by byte', async () => {
    for (const [path, content] of built.files) {
      if (!path.endsWith('.js')) continue;
      const response = await fetch(`${relay.url}/${path}`, { headers: { origin: host.url } });
      expect(await response.text()).toBe(content);
      const headers = Object.fromEntries(response.headers);
      expect(headers['content-type'], path).toMatch(/^text\/javascript/);
      expect(headers['access-control-allow-origin'], path).toBe('*');
      expect(headers, path).toMatchObject(path.startsWith(built.version) ? versioned : latest);
    }
  });

  it.each(['/pinned', '/module'])(
    '[A18] a page has them by version and hash, and nothing from anywhere else (%s)',
    async (path) => {
      const page = await browser.newPage();
      const origins = requestedOrigins(page);
      await page.goto(host.url + path);
      await page.waitForFunction('document.querySelector("ivy-chat")?.connected');
      expect(host.sockets(), 'connections to the page’s own server, not to the script’s').toBe(0);
      expect([...origins].sort()).toEqual([host.url, relay.url].sort());
      await page.close();
    },
  );

  it('[A18] a page does not run one that has another hash', async () => {
    const page = await browser.newPage();
    await page.goto(`${host.url}/changed`);
    await page.waitForFunction('refused.length === 2');
    expect(await page.evaluate('customElements.get("ivy-chat") === undefined')).toBe(true);
    await page.close();
  });
});

/** A page of a stranger, which notes the scripts that its browser refuses. */
function pageWith(tags: string): ServedFile {
  const body = `<!doctype html>
    <link rel="icon" href="data:," />
    <script>
      const refused = [];
      addEventListener('error', ({ target }) => refused.push(target.src), { capture: true });
    </script>
    ${tags}
    <ivy-chat thread-id="${randomUUID()}"></ivy-chat>`;
  return { body };
}

/** Of everything that is loaded, as it comes; filled while the page goes on. */
function requestedOrigins(page: Page): ReadonlySet<string> {
  const origins = new Set<string>();
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol !== 'data:') origins.add(url.origin);
  });
  return origins;
}
