import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PLAIN_PAGES } from '../../../demo/build/page-names.ts';
import { staticFiles } from '../../../demo/build/site-files.ts';
import { fillThreads, startSite, type SiteServer } from '../../../demo/runner/site-server.ts';
import { parseThreadId } from '../../../partykit/protocol/index.ts';

const DIRECTORY = fileURLToPath(new URL('../../../demo/site', import.meta.url));
const RELAY = 'http://localhost:4321';

const PAGE =
  '<meta name="ivy-relay" content="%RELAY%"><meta name="ivy-runner" content="%RUNNER%"><meta name="ivy-service" content="%SERVICE%">';
const FILES = new Map<string, string | Uint8Array>([
  ['index.html', PAGE],
  ['docs/embed.html', PAGE],
  ['assets/index-Ab1_x.js', 'let percent = "%RELAY%";'],
  ['docs/images/a.png', new Uint8Array([1, 2, 3])],
  ...PLAIN_PAGES.map((name) => [name, readFileSync(`${DIRECTORY}/${name}`, 'utf8')] as const),
]);

function threadsOf(html: string): readonly string[] {
  return [...html.matchAll(/<ivy-chat [^>]*thread-id="([^"]*)"/g)].map(([, id = '']) => id);
}

function runnerTokenOf(html: string): string {
  return /name="ivy-runner" content="([^"]*)"/.exec(html)?.[1] ?? '';
}

describe('fillThreads', () => {
  it('gives each of the page’s threads a name of its own, and equal ones the same', () => {
    const page =
      '<ivy-chat thread-id="a"></ivy-chat><ivy-chat thread-id="b"></ivy-chat><ivy-chat thread-id="a"></ivy-chat>';
    expect(threadsOf(fillThreads(page, 'mine'))).toEqual(['mine', 'mine-2', 'mine']);
  });
});

describe('the plain pages', () => {
  it('have threads that nobody can guess, and two where the page says two', () => {
    const threads = PLAIN_PAGES.map((name) => threadsOf(String(FILES.get(name))));
    expect(threads.map((ids) => new Set(ids).size)).toEqual([1, 2]);
    expect(threads.map((ids) => ids.length)).toEqual([2, 2]);
    for (const id of threads.flat()) expect(id).toMatch(/^demo-[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    expect(threads.flat().every((id) => parseThreadId(id).ok)).toBe(true);
  });

  it('are not for a public site, where all visitors would be in one conversation', () => {
    const kept = staticFiles(FILES, 'https://chat.example.com');
    expect([...kept.keys()]).toEqual([...FILES.keys()].filter((name) => !PLAIN_PAGES.includes(name)));
    expect(kept.get('index.html')).toContain('content="https://chat.example.com"');
    expect(runnerTokenOf(String(kept.get('index.html')))).toBe('');
  });
});

describe('the site', () => {
  let site: SiteServer;
  let kills = 0;

  beforeAll(async () => {
    site = await startSite({
      port: 0,
      files: Promise.resolve(FILES),
      settings: { relay: RELAY },
      killRelay: () => Promise.resolve((kills += 1)),
    });
  });

  afterAll(() => site.close());

  it.each(PLAIN_PAGES)('serves %s with the relay in its place', async (name) => {
    const response = await fetch(`${site.url}/${name}`);
    const html = await response.text();
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(html).toContain(`<script src="${RELAY}/ivy-chat.js" async></script>`);
    expect(html).not.toContain('%');
  });

  it('serves pages below folders and files of every kind, and fills in pages alone', async () => {
    expect(await (await fetch(`${site.url}/docs/embed.html`)).text()).toContain(`content="${RELAY}"`);
    const script = await fetch(`${site.url}/assets/index-Ab1_x.js`);
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(await script.text()).toContain('%RELAY%');
    const image = await fetch(`${site.url}/docs/images/a.png`);
    expect(image.headers.get('content-type')).toBe('image/png');
    expect([...new Uint8Array(await image.arrayBuffer())]).toEqual([1, 2, 3]);
  });

  it('puts the thread of the address into a plain page, and nothing else', async () => {
    const plain = `${site.url}/${PLAIN_PAGES[0] ?? ''}`;
    expect(threadsOf(await (await fetch(`${plain}?thread=test-1`)).text())).toEqual(['test-1', 'test-1']);
    const html = await (await fetch(`${plain}?thread=${encodeURIComponent('"><script>')}`)).text();
    expect(html).toBe(await (await fetch(plain)).text());
  });

  it.each(['/nothing.html', '/../package.json', '/%2e%2e/package.json', '/docs/', '//', '/__proto__.html'])(
    'has no %s',
    async (path) => {
      expect((await fetch(site.url + path)).status).toBe(404);
    },
  );

  it('says so when the pages cannot be built', async () => {
    const broken = await startSite({
      port: 0,
      files: Promise.reject(new Error('not today')),
      settings: { relay: RELAY },
    });
    expect((await fetch(broken.url)).status).toBe(500);
    await broken.close();
  });

  describe('with a runner', () => {
    const kill = (headers: Readonly<Record<string, string>>, method = 'POST'): Promise<Response> =>
      fetch(`${site.url}/runner/kill-relay`, { method, headers });

    it('lets its own pages kill the relay', async () => {
      const token = runnerTokenOf(await (await fetch(site.url)).text());
      expect(token.length).toBeGreaterThanOrEqual(32);
      const response = await kill({ origin: site.url, 'x-ivy-runner': token });
      expect(response.status).toBe(200);
      expect(await response.json()).toEqual({ awayMs: 1 });
      expect(kills).toBe(1);
    });

    it('lets nobody else', async () => {
      const token = runnerTokenOf(await (await fetch(site.url)).text());
      const before = kills;
      const refused = await Promise.all([
        kill({ origin: site.url }),
        kill({ origin: site.url, 'x-ivy-runner': `${token.slice(1)}x` }),
        kill({ origin: 'https://evil.example', 'x-ivy-runner': token }),
        kill({ 'x-ivy-runner': token }),
        kill({ origin: site.url, 'x-ivy-runner': token }, 'PUT'),
      ]);
      expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
      expect(kills).toBe(before);
    });

    it('shows the token to nobody who came by another name (DNS rebinding)', async () => {
      const html = await new Promise<string>((resolve, reject) => {
        request(site.url, { headers: { host: 'evil.example' } }, (response) => {
          let text = '';
          response.on('data', (data) => (text += String(data)));
          response.on('end', () => resolve(text));
        })
          .on('error', reject)
          .end();
      });
      expect(html).toContain(RELAY);
      expect(runnerTokenOf(html)).toBe('');
    });
  });

  it('has no lever without a runner', async () => {
    const bare = await startSite({ port: 0, files: Promise.resolve(FILES), settings: { relay: RELAY } });
    expect(runnerTokenOf(await (await fetch(bare.url)).text())).toBe('');
    expect((await fetch(`${bare.url}/runner/kill-relay`, { method: 'POST' })).status).toBe(404);
    await bare.close();
  });
});
