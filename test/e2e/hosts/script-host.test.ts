/** Pages that load the script from another server, in every way there is. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { documentWith, HostBrowser } from '../../support/host-conversation.ts';

let browser: HostBrowser;

beforeAll(async () => {
  browser = await HostBrowser.start();
});
afterEach(() => browser.tidy());
afterAll(() => browser.close());

it.each([
  ['a classic script', (address: string) => `<script src="${address}"></script>`],
  ['a script that comes when it comes', (address: string) => `<script async src="${address}"></script>`],
  ['a module', (address: string) => `<script type="module" src="${address}"></script>`],
  [
    'a script by another script',
    (address: string) => `<script>
      const script = document.createElement('script');
      script.src = '${address}';
      document.head.append(script);
    </script>`,
  ],
])('[H15] %s from another server connects to that server', async (_, head) => {
  const headers = { 'access-control-allow-origin': '*' };
  const relay = await browser.serve({ files: { '/ivy-chat.js': { body: browser.script, headers } } });
  const host = await browser.open({ html: documentWith(head(`${relay.url}/ivy-chat.js`)) });
  await host.exchange();
  const sockets = host.requests.filter((one) => one.startsWith('ws'));
  expect(sockets.map((one) => new URL(one).host)).toEqual([new URL(relay.url).host]);
  host.isQuiet();
});
