/** Drives Chromium (over its own protocol) and Firefox (over WebDriver BiDi) by Puppeteer. */
import type { Browser, Page } from 'puppeteer-core';
import type * as z from 'zod/mini';
import {
  callOf,
  PAGE_LIMIT_MS,
  type DrivenBrowser,
  type DrivenPage,
  type Look,
  type PageInput,
  type Point,
} from './driven-page.ts';

export class PuppeteerBrowser implements DrivenBrowser {
  readonly #browser: Browser;
  readonly #close: () => Promise<void>;

  /** @param close ends the browser */
  constructor(browser: Browser, close: () => Promise<void>) {
    this.#browser = browser;
    this.#close = close;
  }

  async open(address: string): Promise<DrivenPage> {
    const page = await this.#browser.newPage();
    await page.goto(address);
    return new PuppeteerPage(page);
  }

  close(): Promise<void> {
    return this.#close();
  }
}

export class PuppeteerPage implements DrivenPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async read<Output, Input extends PageInput>(
    schema: z.ZodMiniType<Output>,
    look: Look<Input>,
    ...input: Input
  ): Promise<Output> {
    const found: unknown = await this.#page.evaluate(callOf(look, input));
    return schema.parse(found);
  }

  async until<Output, Input extends PageInput>(
    schema: z.ZodMiniType<Output>,
    look: Look<Input>,
    ...input: Input
  ): Promise<Output> {
    const found = await this.#page.waitForFunction(callOf(look, input), { timeout: PAGE_LIMIT_MS });
    return schema.parse(await found.jsonValue());
  }

  click({ x, y }: Point): Promise<void> {
    return this.#page.mouse.click(x, y);
  }

  type(text: string): Promise<void> {
    return this.#page.keyboard.type(text);
  }

  pressEnter(): Promise<void> {
    return this.#page.keyboard.press('Enter');
  }

  async reload(): Promise<void> {
    await this.#page.reload();
  }

  screenshot(): Promise<Uint8Array> {
    return this.#page.screenshot();
  }

  close(): Promise<void> {
    return this.#page.close();
  }
}
