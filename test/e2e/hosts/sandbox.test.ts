/** Frames and pages without an origin, where the mere mention of storage throws. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { documentWith, HostBrowser } from '../../support/host-conversation.ts';

const SCRIPT = '<script src="/ivy-chat.js"></script>';

let browser: HostBrowser;

beforeAll(async () => {
  browser = await HostBrowser.start();
});
afterEach(() => browser.tidy());
afterAll(() => browser.close());

const REFUSED = ['null', 'SecurityError', 'SecurityError', 'SecurityError'];

/** Its origin, and what it is told that asks for a place to keep things. */
function refusals(): readonly string[] {
  const heard = [self.origin];
  for (const name of ['localStorage', 'sessionStorage', 'caches']) {
    try {
      // The name alone is enough.
      Reflect.get(window, name);
      heard.push('nothing');
    } catch (error) {
      heard.push(error instanceof DOMException ? error.name : 'another');
    }
  }
  return heard;
}

it.each([
  ['with an address of its own', '<iframe sandbox="allow-scripts" src="/frame"></iframe>'],
  [
    'that is written in the page around it',
    `<iframe sandbox="allow-scripts" srcdoc='${documentWith(SCRIPT).replaceAll("'", '&#39;')}'></iframe>`,
  ],
])('[H11] a sandboxed frame %s has a conversation without an origin', async (_, frame) => {
  const host = await browser.open({
    html: documentWith('<style>iframe { width: 500px; height: 600px }</style>', frame),
    files: { '/frame': { body: documentWith(SCRIPT) } },
  });
  await host.enterFrame('iframe');
  await host.exchange();
  expect(await host.read(z.array(z.string()), refusals)).toEqual(REFUSED);
  await host.page.reload();
  await host.enterFrame('iframe');
  await host.seesTheAnswer();
  await host.exchange('And again?');
  host.isQuiet();
});

it('[H11] a page that its own policy puts into a sandbox has a conversation', async () => {
  const host = await browser.open({
    html: documentWith(SCRIPT),
    headers: { 'content-security-policy': 'sandbox allow-scripts' },
  });
  await host.isWell();
  expect(await host.read(z.array(z.string()), refusals)).toEqual(REFUSED);
});
