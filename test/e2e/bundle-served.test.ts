/** The scripts as a page of another origin gets them from a relay, on both runtimes, pinned by the tags of the README. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { get, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer as readBytes } from 'node:stream/consumers';
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

const EVERYWHERE = { 'cross-origin-resource-policy': 'cross-origin', 'x-content-type-options': 'nosniff' };
const LATEST = { ...EVERYWHERE, 'cache-control': 'public, max-age=300' };
const VERSIONED = { ...EVERYWHERE, 'cache-control': 'public, max-age=31536000, immutable' };

/** Cloudflare compresses what it serves at its edge, and so not on this machine. */
const RUNTIMES = [
  { runtime: partykitRuntime, encodings: ['br', 'gzip'] },
  { runtime: workerRuntime, encodings: [] },
];

describe.each(RUNTIMES)('by $runtime.name', ({ runtime, encodings }) => {
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
      expect(headers, path).toMatchObject(path.startsWith(built.version) ? VERSIONED : LATEST);
    }
  });

  it('a browser that has them is told so, whatever it takes, and gets nothing twice', async () => {
    for (const path of ['ivy-chat.js', `${built.version}/ivy-chat.js`]) {
      const etag = (await fetch(`${relay.url}/${path}`)).headers.get('etag') ?? '';
      expect(etag, path).toMatch(/^(?:W\/)?"[^"]{16,}"$/);
      for (const accepted of ['br', 'identity']) {
        const headers = { 'if-none-match': etag, 'accept-encoding': accepted };
        const again = await fetch(`${relay.url}/${path}`, { headers });
        expect([again.status, await again.text()], path).toEqual([304, '']);
        expect(again.headers.get('etag'), path).toBe(etag);
      }
      const other = await fetch(`${relay.url}/${path}`, { headers: { 'if-none-match': '"other"' } });
      expect(other.status, path).toBe(200);
    }
  });

  it('they come compressed', async () => {
    const whole = Buffer.byteLength(built.files.get('ivy-chat.js') ?? '');
    for (const encoding of encodings) {
      const { headers, bytes } = await rawAnswer(`${relay.url}/ivy-chat.js`, encoding);
      expect(headers['content-encoding']).toBe(encoding);
      expect(headers.vary).toMatch(/accept-encoding/i);
      expect(bytes, encoding).toBeLessThan(whole * 0.4);
    }
    const plain = await rawAnswer(`${relay.url}/ivy-chat.js`, 'identity');
    expect([plain.headers['content-encoding'], plain.bytes]).toEqual([undefined, whole]);
  });

  it('the page for frames is there, for the pages that may connect, and asks for these files', async () => {
    const response = await fetch(`${relay.url}/embed?thread=anything`);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toContain(
      "frame-ancestors 'self' http://localhost:* ",
    );
    const names = [...(await response.text()).matchAll(/src="([^"]+)"/g)].map(([, name]) => name);
    expect(names.filter((name) => built.files.has(name ?? ''))).toEqual(['ivy-chat.js', 'ivy-chat-embed.js']);
    const etag = response.headers.get('etag') ?? '';
    const again = await fetch(`${relay.url}/embed`, { headers: { 'if-none-match': etag } });
    expect(again.status).toBe(304);
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

/** As it comes: `fetch` takes it apart. */
async function rawAnswer(
  url: string,
  encoding: string,
): Promise<{ readonly headers: IncomingHttpHeaders; readonly bytes: number }> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': encoding } }, resolve).on('error', reject);
  });
  return { headers: response.headers, bytes: (await readBytes(response)).length };
}

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
