/** Pages with errors of their own in what the chat calls: listeners, and the function that gets a token. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { documentWith, HostBrowser } from '../../support/host-conversation.ts';

const SCRIPT = '<script src="/ivy-chat.js"></script>';
const EVENTS = [
  'ivy-connection-change',
  'ivy-done',
  'ivy-error',
  'ivy-history',
  'ivy-message',
  'ivy-open-change',
  'ivy-streaming-change',
  'ivy-token',
];

let browser: HostBrowser;

beforeAll(async () => {
  browser = await HostBrowser.start();
});
afterEach(() => browser.tidy());
afterAll(() => browser.close());

it('[H21] an error in a listener of each event is the page’s own, and the conversation goes on', async () => {
  const host = await browser.open({
    html: documentWith(
      `<script>
        for (const name of ${JSON.stringify(EVENTS)})
          for (const capture of [true, false])
            addEventListener(name, ({ target }) => {
              if (target.id === 'second') target.remove();
              throw new Error('theirs in ' + name);
            }, capture);
      </script>${SCRIPT}`,
      `<ivy-chat thread-id="host-page" locale="en" launcher open></ivy-chat>
       <ivy-chat thread-id="not an id" id="second"></ivy-chat>`,
    ),
  });
  await host.exchange();
  await host.read(z.literal(true), async () => {
    const chat = document.querySelector('ivy-chat');
    chat?.hide();
    await chat?.updateComplete;
    chat?.show();
    return true;
  });
  await host.exchange('And again?');
  expect(host.complaints.filter((line) => !line.startsWith('uncaught: theirs in '))).toEqual([]);
  const heard = new Set(host.complaints.map((line) => /theirs in (.*)/.exec(line)?.[1]));
  expect([...heard].sort()).toEqual(EVENTS);
});

it.each([
  ['throws', '() => { throw new Error("theirs") }'],
  ['fails', '() => Promise.reject(new Error("theirs"))'],
  ['fails with nothing', '() => Promise.reject()'],
  ['never answers', '() => new Promise(() => {})'],
  ['answers with nothing', '() => undefined'],
  ['answers with an object', 'async () => ({})'],
  ['is no function', '"theirs"'],
])('[H21] a page whose getToken %s is connected once it has mended it', async (_, getToken) => {
  const host = await browser.open({
    html: documentWith(
      SCRIPT,
      `<script>
        const chat = document.createElement('ivy-chat');
        chat.threadId = 'host-page';
        const theirs = ${getToken};
        window.asked = 0;
        chat.getToken = typeof theirs === 'function' ? () => { asked += 1; return theirs(); } : theirs;
        document.body.append(chat);
      </script>`,
    ),
  });
  await host.until(z.literal(true), () => {
    const chat = document.querySelector('ivy-chat');
    return typeof chat?.getToken === 'function'
      ? Reflect.get(window, 'asked') > 0
      : chat?.shadowRoot !== null;
  });
  await host.read(z.literal(true), () => {
    const chat = document.querySelector('ivy-chat');
    if (chat !== null) chat.getToken = () => Promise.resolve('good');
    return dispatchEvent(new Event('online'));
  });
  await host.exchange();
  const sockets = host.requests.filter((address) => address.startsWith('ws'));
  expect(sockets.map((address) => new URL(address).searchParams.get('token'))).toEqual(['good']);
  host.isQuiet();
});
