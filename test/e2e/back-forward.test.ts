/**
 * The back button: a page with the chat on it is kept by the browser while an answer is being written, and goes on where
 * it was (F45). Chromium only: the other engines' drivers turn this cache off.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startDemo, type Demo } from '../../demo/runner/demo.ts';
import { launchChromium } from '../support/chromium.ts';

let demo: Demo;
let browser: Browser;
let stateDir: string;

beforeAll(async () => {
  stateDir = await mkdtemp(join(tmpdir(), 'ivy-e2e-'));
  browser = await launchChromium({ args: ['--enable-features=BackForwardCache'] });
  const pace = { firstTokenMs: 100, tokenMs: 20 };
  demo = await startDemo({ port: 0, demoPort: 0, agentPort: 0, stateDir, variables: {}, pace });
});

afterAll(async () => {
  await browser.close();
  await demo.stop();
  await rm(stateDir, { recursive: true });
});

it('[F45] keeps the page for the way back, and catches up with what was written meanwhile', async () => {
  const page = await browser.newPage();
  await page.goto(`${demo.siteUrl}/?thread=e2e-back-1-5f0c2a8e-7d41-4b6e-9a3f-1c8d7e2b4a60`);
  await page.waitForFunction(() => document.querySelector('ivy-chat')?.connected === true);
  await page.evaluate(() => {
    const chat = document.querySelector('ivy-chat');
    const seen = { persisted: [] as boolean[], connections: [] as boolean[] };
    Object.assign(globalThis, { seen });
    addEventListener('pageshow', ({ persisted }) => seen.persisted.push(persisted));
    chat?.addEventListener('ivy-connection-change', ({ connected }) => seen.connections.push(connected));
    chat?.sendMessage('How does a reload work?');
  });
  await page.waitForFunction(() => (document.querySelector('ivy-chat')?.streamingContent.length ?? 0) > 40);

  await page.goto(`${demo.siteUrl}/side-by-side.html?thread=e2e-back-2-5f0c2a8e-7d41-4b6e-9a3f-1c8d7e2b4a60`);
  await page.goBack();

  const seen = () => page.evaluate(() => Reflect.get(globalThis, 'seen') as unknown);
  expect(await seen(), 'undefined: the page was loaded anew').toMatchObject({ persisted: [true] });
  await page.waitForFunction(() => document.querySelector('ivy-chat')?.messages.length === 2);
  const [question, answer] = await page.evaluate(() => {
    const chat = document.querySelector('ivy-chat');
    return (chat?.messages ?? []).map(({ content, status }) => ({ content, status }));
  });
  expect(question?.content).toBe('How does a reload work?');
  expect(answer?.status).toBe('complete');
  expect(await seen()).toMatchObject({ connections: [false, true] });

  // The whole of it, once: as another page reads it from the relay.
  const other = await browser.newPage();
  await other.goto(`${demo.siteUrl}/?thread=e2e-back-1-5f0c2a8e-7d41-4b6e-9a3f-1c8d7e2b4a60`);
  await other.waitForFunction(() => document.querySelector('ivy-chat')?.messages.length === 2);
  const stored = await other.evaluate(() => document.querySelector('ivy-chat')?.messages.at(-1)?.content);
  expect(answer?.content).toBe(stored);
});
