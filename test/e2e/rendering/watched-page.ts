/** A page with `<ivy-chat>` that notices whatever its texts bring about, by itself and at the network (rule X8). */
import type { Browser, Page } from 'puppeteer-core';
import { expect } from 'vitest';
import * as z from 'zod/mini';
import { LISTS, watchPage } from '../../rendering/oracle.ts';
import { startHostPage, type HostPage } from '../../support/host-page.ts';

/** Reports what is not needed, and forbids nothing: a script that gets through should run, and be seen to. */
const POLICY =
  "default-src 'none'; script-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types ivy-chat";

/** Every name but this machine's is unknown: what asks for one is seen, and goes no further. */
export const NO_NETWORK = '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost';

const watchedSchema = z.object({ found: z.array(z.string()), elements: z.number() });

export class WatchedPage {
  readonly page: Page;
  readonly #site: HostPage;
  readonly #browser: Browser;
  /** Uncaught errors, dialogs, windows and complaints of the browser. */
  readonly #noticed: string[] = [];
  readonly #requests: string[] = [];

  private constructor(browser: Browser, page: Page, site: HostPage) {
    this.#browser = browser;
    this.page = page;
    this.#site = site;
  }

  /** An agent says everything that it is told, a few letters at a time. */
  static async open(browser: Browser, script: string, body: string): Promise<WatchedPage> {
    const head =
      '<meta charset="utf-8"><title>Watched</title><link rel="icon" href="data:,"><script src="/ivy-chat.js"></script>';
    const site = await startHostPage({
      answer: (message) => message.match(/[^]{1,9}/gu) ?? [],
      files: {
        '/': {
          body: `<!doctype html><html lang="en"><head>${head}</head><body>${body}</body></html>`,
          headers: { 'content-security-policy-report-only': `${POLICY}; img-src data:` },
        },
        '/ivy-chat.js': { body: script },
      },
    });
    const page = await browser.newPage();
    const watched = new WatchedPage(browser, page, site);
    await watched.#listen();
    await page.evaluateOnNewDocument(watchPage, LISTS);
    await page.goto(site.url);
    browser.on('targetcreated', watched.#onTarget);
    return watched;
  }

  async #listen(): Promise<void> {
    this.page.on('pageerror', (error) => this.#noticed.push(`uncaught: ${String(error)}`));
    this.page.on('dialog', (dialog) => {
      this.#noticed.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    this.page.on('console', (message) => {
      if (message.type() === 'error') this.#noticed.push(`console: ${message.text()}`);
    });
    const network = await this.page.createCDPSession();
    network.on('Network.requestWillBeSent', ({ request }) => this.#requests.push(request.url));
    network.on('Network.webSocketCreated', ({ url }) => this.#requests.push(new URL(url).origin));
    await network.send('Network.enable');
  }

  /** Nothing was found, asked for or thrown, while at least so many elements were looked at. */
  async isUnharmed(elementsMin: number): Promise<void> {
    const seen: unknown = await this.page.evaluate(() => ({ ...window.watched, check: undefined }));
    const { found, elements } = watchedSchema.parse(seen);
    expect(found).toEqual([]);
    expect(elements).toBeGreaterThan(elementsMin);
    expect(this.#noticed).toEqual([]);
    const own = [`${this.#site.url}/`, `${this.#site.url}/ivy-chat.js`, 'data:,'];
    const socket = this.#site.url.replace('http', 'ws');
    expect(this.#requests.filter((url) => !own.includes(url) && url !== socket)).toEqual([]);
    expect(this.#requests).toContain(socket);
    expect(this.page.url()).toBe(own[0]);
  }

  async close(): Promise<void> {
    this.#browser.off('targetcreated', this.#onTarget);
    await this.page.close();
    await this.#site.close();
  }

  readonly #onTarget = (): void => {
    this.#noticed.push('another page was opened');
  };
}
