/** Tokens as a page lives with them: a real browser, the script as it is built, and a real relay (F41, A1, A2). */
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { roomOfThread } from '#protocol';
import { widgetScript } from '../../demo/runner/widget-script.ts';
import { launchChromium } from '../support/chromium.ts';
import { documentWith, HostConversation } from '../support/host-conversation.ts';
import { startHostPage, type HostPage } from '../support/host-page.ts';
import { SECRET, tokenFor } from '../support/knock.ts';
import { useRelaySources } from '../support/relay-sources.ts';
import { freshThread, useRelay } from '../support/running-relay.ts';
import { useAgent } from '../support/scripted-agent.ts';

let site: HostPage;
let browser: Browser;
const opened: HostConversation[] = [];

/** Sets the thread last, as the documents advise, and writes down what the chat says of itself. */
const PAGE = documentWith(
  '<script src="/ivy-chat.js"></script>',
  `<ivy-chat locale="en"></ivy-chat><script>
    const chat = document.querySelector('ivy-chat');
    const query = new URLSearchParams(location.search);
    window.told = { connections: [], errors: [], text: '' };
    chat.addEventListener('ivy-connection-change', (event) => told.connections.push(event.connected));
    chat.addEventListener('ivy-error', (event) => told.errors.push(event.error.code));
    chat.addEventListener('ivy-token', (event) => (told.text += event.content));
    chat.host = query.get('host');
    chat.getToken = () => window.freshToken();
    chat.threadId = query.get('thread');
  </script>`,
);

beforeAll(async () => {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const [script, chromium] = await Promise.all([widgetScript(root), launchChromium()]);
  browser = chromium;
  const files = { '/': { body: PAGE }, '/ivy-chat.js': { body: script }, '/favicon.ico': { body: '' } };
  site = await startHostPage({ files });
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((page) => page.close()));
});

afterAll(async () => {
  await browser.close();
  await site.close();
});

const sources = useRelaySources();
const agent = useAgent();
const relay = useRelay(
  () => ({ AST_URL: agent.url, ALLOWED_ORIGINS: site.url, IVY_JWT_SECRET: SECRET }),
  () => sources.folder,
);

/** Clocks may differ by half a minute, so a token is good for that much longer than it says. */
const TOLERANCE_S = 30;

/** Good for `seconds`, or for up to one less. */
function tokenOf(
  thread: string,
  seconds: number,
  claims: Parameters<typeof tokenFor>[1] = {},
): Promise<string> {
  return tokenFor(thread, { exp: Math.floor(Date.now() / 1000) + seconds - TOLERANCE_S, ...claims });
}

async function open(
  thread: string,
  freshToken: () => Promise<string>,
  origin = site.url,
): Promise<HostConversation> {
  const page = await browser.newPage();
  const conversation = new HostConversation(page, site);
  opened.push(conversation);
  await conversation.listen();
  await page.exposeFunction('freshToken', freshToken);
  await page.goto(`${origin}/?thread=${thread}&host=${relay.host}`);
  return conversation;
}

const toldSchema = z.object({
  connections: z.array(z.boolean()),
  errors: z.array(z.string()),
  text: z.string(),
});

const told = (page: HostConversation) => page.read(toldSchema, () => Reflect.get(window, 'told') as unknown);

const socketsOf = ({ requests }: HostConversation): readonly string[] =>
  requests.filter((address) => address.startsWith('ws:'));

async function refused(page: HostConversation): Promise<string> {
  return page.until(z.string(), () =>
    document.querySelector('ivy-chat')?.shadowRoot?.querySelector('.pill.refused')?.textContent.trim(),
  );
}

it('[F41] a long answer goes on over several tokens, on one connection and without a gap', async () => {
  const thread = freshThread();
  let tokens = 0;
  const page = await open(thread, () => {
    tokens += 1;
    return tokenOf(thread, 5);
  });
  await page.chat.connected();
  await page.chat.ask('Go on');
  const call = await agent.next();
  let text = '';
  // The first token ends in the middle, and so do those after it.
  for (const end = Date.now() + 11_000; Date.now() < end;) {
    const word = `${text.length} `;
    call.token(word);
    text += word;
    await sleep(20);
  }
  call.complete(text);
  call.done();
  call.end();

  expect(await page.chat.nextAnswer()).toMatchObject({ status: 'complete' });
  expect(await told(page)).toEqual({ connections: [true], errors: [], text });
  expect((await page.chat.messages())[0]?.at(-1)?.content).toBe(text);
  const renewals = page.sent.filter((frame) => frame.includes('"auth"'));
  expect(renewals.length).toBeGreaterThanOrEqual(3);
  expect(tokens).toBe(1 + renewals.length);
  expect(socketsOf(page)).toHaveLength(1);
  page.isQuiet();
});

it('[F41] a newer token that is refused ends the conversation with its reason, after one more try', async () => {
  const thread = freshThread();
  let tokens = 0;
  const page = await open(thread, () => {
    tokens += 1;
    return tokens === 1 ? tokenOf(thread, 5) : tokenOf(thread, -1);
  });
  await page.chat.connected();

  expect(await refused(page)).toContain('Sign in again');
  const sockets = socketsOf(page).length;
  const { connections, errors } = await told(page);
  expect(connections).toEqual([true, false]);
  expect(new Set(errors)).toEqual(new Set(['unauthorized']));
  expect(errors.length).toBeLessThanOrEqual(2);
  expect([sockets, tokens]).toEqual([2, 3]);
  // Longer than the wait before any second try.
  await sleep(1_500);
  expect([socketsOf(page).length, tokens]).toEqual([sockets, 3]);
  expect(page.complaints).toEqual([]);
});

it('[A1] the same page under another name is refused, and its console says what to do', async () => {
  const thread = freshThread();
  const page = await open(thread, () => tokenOf(thread, 300), site.url.replace('localhost', '127.0.0.1'));

  expect(await refused(page)).not.toBe('');
  expect(await told(page)).toEqual({ connections: [], errors: ['forbidden'], text: '' });
  expect(page.warnings).toEqual([expect.stringContaining('ALLOWED_ORIGINS')]);
  expect(socketsOf(page)).toHaveLength(1);
  await relay.printed(`"origin":"http://127.0.0.1:${site.port}"`);
});

it('[A2] a spectator’s page follows the answer word by word, and offers nothing to press', async () => {
  const thread = freshThread();
  const page = await open(thread, () => tokenOf(thread, 300, { access: 'read' }));
  await page.chat.connected();
  const query = { v: '1', token: await tokenOf(thread, 300) };
  const writer = await relay.connectTo(roomOfThread(thread), query, site.url);
  writer.send({ type: 'message', content: 'Who is watching?' });
  const call = await agent.next();
  let text = '';
  for (const word of ['One ', 'two ', 'three ']) {
    call.token(word);
    text += word;
    await page.chat.streamingAtLeast(text.length);
  }

  const shown = await page.read(z.array(z.unknown()), () => {
    const root = document.querySelector('ivy-chat')?.shadowRoot;
    const field = root?.querySelector('textarea');
    return [
      field?.readOnly,
      field?.placeholder,
      root?.querySelectorAll('[part="stop-button"], [part="clear-button"]:not([hidden], [disabled])').length,
    ];
  });
  expect(shown).toEqual([true, 'You can only read here.', 0]);
  call.complete(text);
  call.done();
  call.end();
  expect(await page.chat.nextAnswer()).toEqual({ text, status: 'complete' });
  expect(await page.chat.turns()).toEqual(['Who is watching?', 'One two three']);
  page.isQuiet();
});
