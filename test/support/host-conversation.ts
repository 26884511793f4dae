/**
 * A conversation on a stranger's page, in a real browser with the script as it is built: opens the page, asks, watches the
 * answer come, and keeps everything that the browser had to complain about meanwhile.
 */
import { fileURLToPath } from 'node:url';
import type { Browser, LaunchOptions, Page } from 'puppeteer-core';
import { expect, vi } from 'vitest';
import * as z from 'zod/mini';
import { widgetScript } from '../../demo/runner/widget-script.ts';
import { ChatPage } from './chat-page.ts';
import { launchChromium } from './chromium.ts';
import type { Look, PageInput } from './driven-page.ts';
import { startHostPage, type HostPage, type HostPageOptions, type ServedFile } from './host-page.ts';
import { PolledFrame } from './polled-frame.ts';

/** An answer in Markdown, as an agent gives it: a few letters at a time. */
export const ANSWER =
  'Of **course**:\n\n1. run `npm start`\n2. see [the page](https://ivy.example/)\n\n```js\nlet x = 1;\n```\n';

/** What its bold text, link and code are when they are drawn. */
const DRAWN = ['course', 'npm start', 'the page', 'let x = 1;'];

const WAIT = { timeout: 10_000, interval: 20 };

export const TAG = '<ivy-chat thread-id="host-page" locale="en"></ivy-chat>';

/** Where a policy of a test sends its reports: `report-uri`. Each that comes is a complaint. */
export const REPORTS = '/policy-reports';

export interface HostedPage extends Partial<HostPageOptions> {
  /** The document at `/`. */
  readonly html: string;
  /** Of that document. */
  readonly headers?: ServedFile['headers'];
  /** What is opened instead of `/`. */
  readonly path?: string;
  /** Runs before any script of each document, as text: for what an old browser lacks. */
  readonly before?: () => void;
}

/** A document with the script, and the tag in it unless the test has its own way to place it. */
export function documentWith(head: string, body: string = TAG): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8" />${head}</head><body>${body}</body></html>`;
}

export class HostBrowser {
  /** The built `ivy-chat.js`. */
  readonly script: string;
  readonly #browser: Browser;
  readonly #opened: (HostConversation | HostPage)[] = [];

  private constructor(browser: Browser, script: string) {
    this.#browser = browser;
    this.script = script;
  }

  static async start(options: LaunchOptions = {}): Promise<HostBrowser> {
    const root = fileURLToPath(new URL('../..', import.meta.url));
    const [browser, script] = await Promise.all([launchChromium(options), widgetScript(root)]);
    return new HostBrowser(browser, script);
  }

  /** Serves it, with the script at `/ivy-chat.js`, and opens it in a new tab. */
  async open({ html, headers, path = '/', before, files, ...rest }: HostedPage): Promise<HostConversation> {
    const document = { body: html, ...(headers === undefined ? {} : { headers }) };
    const site = await this.serve({ ...rest, files: { '/': document, ...files } });
    const page = await this.#browser.newPage();
    const conversation = new HostConversation(page, site);
    this.#opened.push(conversation);
    await conversation.listen();
    if (before !== undefined) await page.evaluateOnNewDocument(before);
    await page.goto(site.url + path);
    return conversation;
  }

  /** Another origin, with the script, rooms and these files. */
  async serve({ files, ...rest }: Partial<HostPageOptions> = {}): Promise<HostPage> {
    const site = await startHostPage({
      answer: () => ANSWER.match(/[^]{1,4}/g) ?? [],
      tokenMs: 12,
      ...rest,
      files: {
        '/ivy-chat.js': { body: this.script },
        '/favicon.ico': { body: '' },
        [REPORTS]: { body: '' },
        ...files,
      },
    });
    this.#opened.push(site);
    return site;
  }

  /** Ends what a test has opened: to be called after each. */
  async tidy(): Promise<void> {
    const opened = this.#opened.splice(0).reverse();
    await Promise.all(opened.map((one) => one.close()));
  }

  async close(): Promise<void> {
    await this.tidy();
    await this.#browser.close();
  }
}

export class HostConversation {
  readonly page: Page;
  readonly site: HostPage;
  readonly chat: ChatPage;
  /** Uncaught errors and rejections, errors in the console (refusals of a policy are there too) and reports. */
  readonly #complaints: string[] = [];
  readonly #warnings: string[] = [];
  readonly #requests: string[] = [];
  readonly #sent: string[] = [];
  readonly #driven: PolledFrame;

  constructor(page: Page, site: HostPage) {
    this.page = page;
    this.site = site;
    this.#driven = new PolledFrame(page);
    this.chat = new ChatPage(this.#driven);
  }

  /** Everything that nobody should have to read: empty on a page that the chat is well on. */
  get complaints(): readonly string[] {
    const reports = this.site.requested.filter((path) => path === REPORTS);
    return [...this.#complaints, ...reports.map(() => 'policy: a report was sent')];
  }

  /** In the console. */
  get warnings(): readonly string[] {
    return this.#warnings;
  }

  /** Addresses that the page asked for, and those of its sockets. */
  get requests(): readonly string[] {
    return this.#requests;
  }

  /** Frames as they went over the wire to the relay. */
  get sent(): readonly string[] {
    return this.#sent;
  }

  /** The chat that is meant is in this frame from now on. */
  async enterFrame(selector: string): Promise<void> {
    const element = await this.page.$(selector);
    const frame = await element?.contentFrame();
    if (element === null || !frame) throw new Error(`there is no frame ${selector}`);
    this.#driven.enter(frame, element);
  }

  async listen(): Promise<void> {
    this.page.on('pageerror', (error) => this.#complaints.push(`uncaught: ${wordsOf(error)}`));
    this.page.on('console', (message) => {
      if (message.type() === 'error') this.#complaints.push(`console: ${message.text()}`);
      if (message.type() === 'warn') this.#warnings.push(message.text());
    });
    this.page.on('request', (request) => this.#requests.push(request.url()));
    const network = await this.page.createCDPSession();
    network.on('Network.webSocketCreated', ({ url }) => this.#requests.push(url));
    network.on('Network.webSocketFrameSent', ({ response }) => this.#sent.push(response.payloadData));
    await network.send('Network.enable');
  }

  /** Again and again, until the function, which runs where the chat is, returns something truthy. */
  until<Output, Input extends PageInput>(
    schema: z.ZodMiniType<Output>,
    look: Look<Input>,
    ...input: Input
  ): Promise<Output> {
    return this.#driven.until(schema, look, ...input);
  }

  read<Output, Input extends PageInput>(
    schema: z.ZodMiniType<Output>,
    look: Look<Input>,
    ...input: Input
  ): Promise<Output> {
    return this.#driven.read(schema, look, ...input);
  }

  /** Asks as a person does, and sees the whole answer come in pieces and be drawn. */
  async exchange(question = 'How do I start it?'): Promise<void> {
    await this.chat.connected();
    const [before = []] = await this.chat.messages();
    await this.chat.watchAnswers();
    await this.chat.ask(question);
    expect(await this.#answerAfter(before.length)).toBe(ANSWER);
    expect((await this.chat.answerStates()).length, 'the answer came in pieces').toBeGreaterThan(2);
    await this.seesTheAnswer(question);
  }

  /** The conversation on the screen ends with this question and its answer. */
  async seesTheAnswer(question = 'How do I start it?'): Promise<void> {
    await this.chat.connected();
    await vi.waitFor(async () => expect(await this.#drawn()).toEqual(DRAWN), WAIT);
    // The newest parts are drawn a few letters before the end.
    await this.chat.idle();
    expect((await this.chat.turns()).at(-2)).toBe(question);
  }

  /** Until `count` messages have become two more, and nothing is being written. */
  #answerAfter(count: number): Promise<string> {
    return this.until(
      z.string(),
      (known) => {
        const chat = document.querySelector('ivy-chat');
        return chat?.isStreaming === false && chat.messages[known + 1]?.content;
      },
      count,
    );
  }

  #drawn(): Promise<readonly string[]> {
    return this.read(z.array(z.string()), () => {
      const answers = document.querySelector('ivy-chat')?.shadowRoot?.querySelectorAll('[part~="answer"]');
      const parts = answers?.[answers.length - 1]?.querySelectorAll('strong, a, code') ?? [];
      const texts: string[] = [];
      for (const { textContent } of parts) texts.push(textContent.trim());
      return texts;
    });
  }

  /** An exchange, a reload, and the conversation is there again and goes on; and nobody complained. */
  async isWell(): Promise<void> {
    await this.exchange();
    await this.page.reload();
    await this.seesTheAnswer();
    await this.exchange('And again?');
    this.isQuiet();
  }

  isQuiet(): void {
    expect(this.complaints).toEqual([]);
    expect(this.warnings).toEqual([]);
  }

  close(): Promise<void> {
    return this.page.close();
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
