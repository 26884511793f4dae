/** Pages that change what addresses mean, or that keep to themselves. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { documentWith, HostBrowser, TAG, type HostConversation } from '../../support/host-conversation.ts';

const SCRIPT = '<script src="/ivy-chat.js"></script>';

let browser: HostBrowser;

beforeAll(async () => {
  browser = await HostBrowser.start();
});
afterEach(() => browser.tidy());
afterAll(() => browser.close());

/** Everything that was asked for, but for what stands in the page itself. */
function hostsOf(host: HostConversation): ReadonlySet<string> {
  return new Set(host.requests.map((address) => new URL(address).host));
}

it('[H16] a page with a base address elsewhere has a conversation, and nothing is asked of that base', async () => {
  const relay = await browser.serve();
  const host = await browser.open({
    html: documentWith(
      `<base href="http://elsewhere.invalid/a/b/" /><script src="${relay.url}/ivy-chat.js"></script>`,
    ),
  });
  await host.isWell();
  expect(hostsOf(host)).toEqual(new Set([new URL(host.site.url).host, new URL(relay.url).host]));
});

it.each([
  ['a base in a folder', '<base href="/deep/down/" />', {}],
  ['a base that opens links elsewhere', '<base target="_top" />', {}],
  ['no referrer', '<meta name="referrer" content="no-referrer" />', { 'referrer-policy': 'no-referrer' }],
  ['a shortened domain', '<script>document.domain = "localhost"</script>', { 'origin-agent-cluster': '?0' }],
  [
    'no share in other origins',
    '',
    { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' },
  ],
  [
    'no rights',
    '',
    { 'permissions-policy': 'clipboard-write=(), clipboard-read=(), fullscreen=(), autoplay=()' },
  ],
])('[H16] a page with %s has a conversation', async (_, head, headers) => {
  const host = await browser.open({ html: documentWith(`${head}${SCRIPT}`), headers });
  await host.isWell();
  expect(hostsOf(host)).toEqual(new Set([new URL(host.site.url).host]));
});

it('[H16] a page that is isolated from other origins takes the script of one that offers it', async () => {
  const body = browser.script;
  const relay = await browser.serve({
    files: { '/ivy-chat.js': { body, headers: { 'cross-origin-resource-policy': 'cross-origin' } } },
  });
  const host = await browser.open({
    html: documentWith(`<script src="${relay.url}/ivy-chat.js"></script>`),
    headers: { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' },
  });
  expect(await host.read(z.boolean(), () => crossOriginIsolated)).toBe(true);
  await host.isWell();
});

it('[H16] the script finds its relay on a page whose names stand in for what the browser calls so', async () => {
  const host = await browser.open({
    html: documentWith(
      '',
      `<form name="body"></form><img name="currentScript" alt="" /><form name="activeElement"></form>${TAG}${SCRIPT}`,
    ),
  });
  await host.isWell();
});
