/**
 * The package from a clean clone to a conversation: packed, installed with npm into projects that know nothing of this one,
 * built there, and driven in a browser against a relay with the demo agent.
 */
import { randomUUID } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { startDemo, type Demo } from '../../../demo/runner/demo.ts';
import { ChatPage } from '../../support/chat-page.ts';
import { launchChromium } from '../../support/chromium.ts';
import { PuppeteerPage } from '../../support/puppeteer-browser.ts';
import { packCleanClone } from './clean-clone.ts';
import { FreshProject, type Site } from './fresh-project.ts';

const QUESTION = 'How do I embed the chat?';
const LONG_MS = 300_000;

let folder: string;
let tarball: string;
let browser: Browser;
let demo: Demo;
const sites: Site[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ivy-fresh-'));
  tarball = await packCleanClone(folder);
  browser = await launchChromium();
  demo = await startDemo({
    port: 0,
    demoPort: 0,
    agentPort: 0,
    stateDir: join(folder, 'state'),
    variables: {},
  });
}, LONG_MS);

afterEach(async () => {
  for (const site of sites.splice(0)) await site.close();
});

afterAll(async () => {
  await demo.stop();
  await browser.close();
  await rm(folder, { recursive: true, force: true });
});

interface Opened {
  readonly page: Page;
  /** Errors, uncaught and in the console. */
  readonly complaints: readonly string[];
}

async function open(site: Site): Promise<Opened> {
  sites.push(site);
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    const { url = '' } = message.location();
    if (message.type() === 'error' && !url.endsWith('/favicon.ico')) complaints.push(message.text());
  });
  const query = new URLSearchParams({ relay: demo.relayUrl, thread: randomUUID() });
  await page.goto(`${site.url}/?${query.toString()}`);
  return { page, complaints };
}

/** Asks as a person does, gets an answer, and finds both again after a reload. */
async function isWell({ page, complaints }: Opened): Promise<void> {
  const driven = new PuppeteerPage(page);
  const chat = new ChatPage(driven);
  await chat.connected();
  await chat.ask(QUESTION);
  const { text, status } = await chat.nextAnswer();
  expect(status).toBe('complete');
  expect(text.length).toBeGreaterThan(40);
  await driven.reload();
  await chat.connected();
  expect(await chat.idle()).toBe(text);
  expect((await chat.turns())[0]).toBe(QUESTION);
  expect(complaints).toEqual([]);
}

describe('a project of Vite', () => {
  let project: FreshProject;

  beforeAll(async () => {
    project = await FreshProject.make(join(folder, 'vite'), 'vite', [tarball, 'vite@8']);
  }, LONG_MS);

  it('has a chat while it is developed', async () => {
    await isWell(await open(await project.develop()));
  });

  it('has a chat when it is built', async () => {
    await project.run('vite', 'build');
    await isWell(await open(await project.serve('dist')));
  });

  it('got no package that it does not need', async () => {
    const installed = await readdir(join(project.folder, 'node_modules'));
    expect(installed).not.toContain('react');
    expect(installed).toEqual(expect.arrayContaining(['ivy-chat', 'lit', 'partysocket', 'zod']));
  });
});

it('a page made by hand has a chat with the scripts of the package', async () => {
  const project = await FreshProject.make(join(folder, 'static'), 'static', [tarball]);
  const site = join(project.folder, 'site');
  await mkdir(site);
  await cp(join(project.folder, 'index.html'), join(site, 'index.html'));
  for (const script of ['ivy-chat.js', 'ivy-chat-colours.js'])
    await cp(join(project.folder, 'node_modules/ivy-chat/dist', script), join(site, script));
  await isWell(await open(await project.serve('site')));
});

describe.each([18, 19])('a project of React %i', (version) => {
  let project: FreshProject;

  beforeAll(async () => {
    project = await FreshProject.make(join(folder, `react-${String(version)}`), 'react', [
      ...[tarball, 'vite@8', 'typescript@6'],
      ...['react', 'react-dom', '@types/react', '@types/react-dom'].map(
        (name) => `${name}@${String(version)}`,
      ),
    ]);
  }, LONG_MS);

  it('compiles', async () => {
    expect(await project.run('tsc')).toBe('');
  });

  it('holds one conversation by the hook and by the element', async () => {
    await project.run('vite', 'build');
    const opened = await open(await project.serve('dist'));
    const { page } = opened;
    const driven = new PuppeteerPage(page);
    await page.waitForSelector('input:enabled');
    await page.type('input', 'Hello from the hook');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.growing:not(:empty)');
    await page.waitForSelector('.assistant');
    const texts = await driven.read(z.array(z.string()), () =>
      [...document.querySelectorAll('form p')].map(({ textContent }) => textContent),
    );
    expect(texts).toHaveLength(2);
    expect(texts[0]).toBe('Hello from the hook');
    const chat = new ChatPage(driven);
    await chat.connected();
    const [messages] = await chat.messages();
    expect(messages?.map(({ content }) => content)).toEqual(texts);
    await chat.ask('Hello from the element');
    await driven.until(z.literal(true), () => document.querySelectorAll('form p.assistant').length === 2);
    expect(opened.complaints).toEqual([]);
  });
});
