import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillPage, startSite, type SiteServer } from '../../../demo/runner/site-server.ts';
import { parseThreadId } from '../../../partykit/protocol/index.ts';

const DIRECTORY = fileURLToPath(new URL('../../../demo/site', import.meta.url));
const RELAY = 'http://localhost:4321';
const PAGES = ['index.html', 'two-threads.html', 'side-by-side.html'];

/** The ids on the page's tags, without those in the snippet that it shows. */
function threadsOf(html: string): readonly string[] {
  return [...html.matchAll(/<ivy-chat [^>]*thread-id="([^"]*)"/g)].map(([, id = '']) => id);
}

describe('fillPage', () => {
  it('gives each of the page’s threads a name of its own, and equal ones the same', () => {
    const page =
      '<ivy-chat thread-id="a"></ivy-chat><ivy-chat thread-id="b"></ivy-chat><ivy-chat thread-id="a"></ivy-chat>';
    expect(threadsOf(fillPage(page, RELAY, 'mine'))).toEqual(['mine', 'mine-2', 'mine']);
  });

  it('leaves the page’s own threads when no other is asked for', () => {
    expect(fillPage('<ivy-chat thread-id="a"></ivy-chat>', RELAY)).toBe(
      '<ivy-chat thread-id="a"></ivy-chat>',
    );
  });
});

describe('the site', () => {
  let site: SiteServer;

  beforeAll(async () => {
    site = await startSite({ port: 0, directory: DIRECTORY, relayUrl: RELAY });
  });

  afterAll(() => site.close());

  it.each(PAGES)('serves %s with the relay in its place', async (name) => {
    const response = await fetch(`${site.url}/${name}`);
    const html = await response.text();
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(html).toContain(`<script src="${RELAY}/ivy-chat.js" async></script>`);
    expect(html).not.toContain('%');
  });

  it('has threads that nobody can guess, and two where the page says two', async () => {
    const threads = await Promise.all(
      PAGES.map(async (name) => threadsOf(await (await fetch(`${site.url}/${name}`)).text())),
    );
    expect(threads.map((ids) => new Set(ids).size)).toEqual([1, 2, 1]);
    expect(threads.map((ids) => ids.length)).toEqual([1, 2, 2]);
    for (const id of threads.flat()) expect(id).toMatch(/^demo-[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    expect(threads.flat().every((id) => parseThreadId(id).ok)).toBe(true);
  });

  it('puts the thread of the address into the page', async () => {
    const html = await (await fetch(`${site.url}/?thread=test-1`)).text();
    expect(threadsOf(html)).toEqual(['test-1']);
  });

  it('puts nothing else there', async () => {
    const html = await (await fetch(`${site.url}/?thread=${encodeURIComponent('"><script>')}`)).text();
    expect(html).toBe(await (await fetch(`${site.url}/`)).text());
  });

  it('shows the two lines of the embed as they are in the page', () => {
    const page = readFileSync(`${DIRECTORY}/index.html`, 'utf8');
    const shown =
      /<code>([^]*)<\/code>/.exec(page)?.[1]?.replaceAll('&lt;', '<').replaceAll('&gt;', '>') ?? '';
    const lines = shown.split('\n');
    expect(lines).toHaveLength(2);
    const used = page.slice(0, page.indexOf('<code>'));
    for (const line of lines) expect(used).toContain(line);
  });

  it('makes a script when it is asked for, once, and again when that failed', async () => {
    let asked = 0;
    const make = (): Promise<string> => {
      asked += 1;
      return asked === 1 ? Promise.reject(new Error('not today')) : Promise.resolve(`let asked = ${asked};`);
    };
    const other = await startSite({
      port: 0,
      directory: DIRECTORY,
      relayUrl: RELAY,
      scripts: { 'gallery.js': make },
    });
    expect((await fetch(`${other.url}/gallery.html`)).status).toBe(200);
    expect(asked).toBe(0);
    expect((await fetch(`${other.url}/gallery.js`)).status).toBe(404);
    for (let times = 0; times < 2; times += 1) {
      const response = await fetch(`${other.url}/gallery.js`);
      expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
      expect(await response.text()).toBe('let asked = 2;');
    }
    await other.close();
  });

  it.each(['/nothing.html', '/../package.json', '/%2e%2e/package.json', '/docs/embed.md', '//'])(
    'has no %s',
    async (path) => {
      expect((await fetch(site.url + path)).status).toBe(404);
    },
  );
});
