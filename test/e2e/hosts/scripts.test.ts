/** Pages that include the script more than once. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import * as z from 'zod/mini';
import packageJson from '../../../package.json' with { type: 'json' };
import { documentWith, HostBrowser } from '../../support/host-conversation.ts';

const { version } = packageJson;
const OTHER = '99.0.0';

let browser: HostBrowser;
let other: string;

beforeAll(async () => {
  browser = await HostBrowser.start();
  other = browser.script.replaceAll(version, OTHER);
});
afterEach(() => browser.tidy());
afterAll(() => browser.close());

it.each([
  ['classic scripts', '<script src="/ivy-chat.js"></script><script src="/ivy-chat.js?again"></script>'],
  [
    'modules',
    '<script type="module" src="/ivy-chat.js"></script><script type="module" src="/ivy-chat.js?again"></script>',
  ],
  [
    'a classic script and a module',
    '<script src="/ivy-chat.js"></script><script type="module" src="/ivy-chat.js?again"></script>',
  ],
  [
    'scripts that come when they come',
    '<script async src="/ivy-chat.js"></script><script async src="/ivy-chat.js?again"></script>',
  ],
])('[H4] a page has one chat of two copies of the script, as %s', async (_, head) => {
  const host = await browser.open({ html: documentWith(head) });
  await host.isWell();
  expect(host.requests.filter((address) => address.startsWith('ws'))).toHaveLength(2); // before and after the reload
});

it.each([
  ['a newer one', '/ivy-chat.js', '/other.js', version, OTHER],
  ['an older one', '/other.js', '/ivy-chat.js', OTHER, version],
])(
  '[H4] the first of two versions counts, and %s after it says once that it does nothing',
  async (...row) => {
    const [, first, second, wins, yields] = row;
    const host = await browser.open({
      html: documentWith(`<script src="${first}"></script><script src="${second}"></script>`),
      files: { '/other.js': { body: other } },
    });
    await host.exchange();
    expect(host.complaints).toEqual([]);
    expect(host.warnings).toEqual([expect.stringContaining(wins)]);
    expect(host.warnings[0]).toContain(yields);
    const there = await host.read(z.array(z.string()), () => {
      const versions: unknown[] = [];
      for (const holder of [customElements.get('ivy-chat'), Reflect.get(window, 'ivyChat')])
        versions.push(Reflect.get(Object(holder), 'version'));
      return versions;
    });
    expect(there).toEqual([wins, wins]);
  },
);
