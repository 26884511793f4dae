/** What all recipes are tried with: the recipe as it stands in the documents, a relay with the demo agent, and a browser. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Browser, BrowserContext, Page } from 'puppeteer-core';
import { expect } from 'vitest';
import * as z from 'zod/mini';
import { startDemo, type Demo } from '../../demo/runner/demo.ts';
import type { ChatPage } from '../support/chat-page.ts';
import { launchChromium } from '../support/chromium.ts';
import { sampleUnder } from '../support/document-samples.ts';
import { HostConversation } from '../support/host-conversation.ts';
import { startHostPage, type HostPage } from '../support/host-page.ts';

/** Its answer is short, so that a picture shows the page as well. */
const QUESTION = 'Hello!';

export class Kitchen {
  /** For projects and servers; gone at the end. */
  readonly folder: string;
  readonly #browser: Browser;
  readonly #demo: Demo;
  /** Only lends the conversations what they need of a site. */
  readonly #site: HostPage;
  readonly #contexts: BrowserContext[] = [];

  private constructor(folder: string, browser: Browser, demo: Demo, site: HostPage) {
    this.folder = folder;
    this.#browser = browser;
    this.#demo = demo;
    this.#site = site;
  }

  static async open(): Promise<Kitchen> {
    const folder = await mkdtemp(join(tmpdir(), 'ivy-recipes-'));
    const demo = await startDemo({
      port: 0,
      demoPort: 0,
      agentPort: 0,
      stateDir: join(folder, 'state'),
      variables: {},
    });
    return new Kitchen(folder, await launchChromium(), demo, await startHostPage({ files: {} }));
  }

  get relayUrl(): string {
    return this.#demo.relayUrl;
  }

  /** A recipe of demo/docs/recipes.md, with the relay that is running here. */
  recipe(heading: string, language: string, which = 0): string {
    return sampleUnder('demo/docs/recipes.md', heading, language, which)
      .replaceAll('https://chat.example.com', this.relayUrl)
      .replaceAll('chat.example.com', this.relayUrl);
  }

  /** A new visitor. @param frame where the chat is, if it is in one */
  async visit(address: string, frame?: string): Promise<Visit> {
    const context = await this.#browser.createBrowserContext();
    this.#contexts.push(context);
    const page = await context.newPage();
    await page.setViewport({ width: 720, height: 520 });
    const conversation = new HostConversation(page, this.#site);
    await conversation.listen();
    await page.goto(address);
    if (frame !== undefined) await conversation.enterFrame(frame);
    return new Visit(page, conversation, frame);
  }

  /** After each test. */
  async clear(): Promise<void> {
    for (const context of this.#contexts.splice(0)) await context.close();
  }

  async close(): Promise<void> {
    await this.clear();
    await this.#browser.close();
    await this.#site.close();
    await this.#demo.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Below a folder. */
export async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}

export class Visit {
  readonly page: Page;
  readonly chat: ChatPage;
  readonly #conversation: HostConversation;
  readonly #frame: string | undefined;

  constructor(page: Page, conversation: HostConversation, frame: string | undefined) {
    this.page = page;
    this.chat = conversation.chat;
    this.#conversation = conversation;
    this.#frame = frame;
  }

  get thread(): Promise<string> {
    return this.#conversation.read(z.string(), () => document.querySelector('ivy-chat')?.thread);
  }

  /** Presses the button of a launcher. */
  async openLauncher(): Promise<void> {
    await this.chat.connected();
    await this.page.click('ivy-chat >>> [part~="launcher-button"]');
  }

  /**
   * Asks as a person does, gets an answer, and finds both again after a reload; nobody complained.
   * @param picture name of the PNG that is made of the answer, where `RECIPE_PICTURES` names a folder for them
   * @param shown what the page itself has made of the answer
   */
  async isWell(picture?: string, shown?: () => Promise<unknown>): Promise<void> {
    await this.chat.connected();
    await this.chat.ask(QUESTION);
    const { text, status } = await this.chat.nextAnswer();
    expect(status).toBe('complete');
    expect(text.length).toBeGreaterThan(40);
    await shown?.();
    if (picture !== undefined) await this.#picture(picture);
    await this.page.reload();
    if (this.#frame !== undefined) await this.#conversation.enterFrame(this.#frame);
    await this.chat.connected();
    expect(await this.chat.idle()).toBe(text);
    expect(this.#conversation.complaints.filter((line) => !line.includes('favicon'))).toEqual([]);
  }

  async #picture(name: string): Promise<void> {
    const folder = process.env['RECIPE_PICTURES'];
    if (folder === undefined) return;
    await mkdir(folder, { recursive: true });
    await this.page.evaluate('scrollTo(0, 0)');
    await writeFile(resolve(folder, `${name}.png`), await this.page.screenshot());
  }
}
