/** Gives @web/test-runner a browser of any of the three engines, for the tests of test/element. */
import { chromeLauncher, puppeteerCore } from '@web/test-runner-chrome';
import type { BrowserLauncher } from '@web/test-runner-core';
import * as z from 'zod/mini';
import { chromiumLaunchOptions } from './chromium.ts';
import { firefoxHere, webKitHere, type Engine } from './engine.ts';
import { createFirefoxFolder, firefoxLaunchOptions } from './firefox.ts';
import type { WebDriverSession } from './web-driver.ts';
import { launchWebKit, type RunningWebKit, type WebKit } from './webkit.ts';

/** What Puppeteer's launcher gives its pages, so that elements are as wide everywhere. */
const VIEWPORT = { width: 800, height: 600 };

/** @throws if it is not installed */
export async function elementLauncher(engine: Engine): Promise<BrowserLauncher> {
  switch (engine) {
    case 'chromium':
      return chromeLauncher({ launchOptions: await chromiumLaunchOptions() });
    case 'firefox': {
      const launchOptions = firefoxLaunchOptions(await firefoxHere(), await createFirefoxFolder());
      // With a Puppeteer of ours it neither looks for Chrome nor calls this one Chrome.
      return chromeLauncher({ puppeteer: puppeteerCore, launchOptions });
    }
    case 'webkit':
      return new WebKitLauncher(await webKitHere());
  }
}

/** One test file after the other in one tab: a session of WebDriver looks at one tab at a time. */
class WebKitLauncher implements BrowserLauncher {
  readonly name = 'WebKit';
  readonly type = 'webdriver';
  readonly concurrency = 1;
  readonly #webKit: WebKit;
  #running: Promise<RunningWebKit> | undefined;
  #active: string | undefined;

  constructor(webKit: WebKit) {
    this.#webKit = webKit;
  }

  async startSession(sessionId: string, url: string): Promise<void> {
    const { session } = await (this.#running ??= this.#launch());
    this.#active = sessionId;
    await session.navigate(url);
  }

  isActive(sessionId: string): boolean {
    return this.#active === sessionId;
  }

  async getBrowserUrl(): Promise<string | undefined> {
    return (await this.#running)?.session.currentUrl();
  }

  async stopSession(): Promise<Record<string, never>> {
    this.#active = undefined;
    // Whatever the test left running ends with its page.
    await (await this.#running)?.session.navigate('about:blank');
    return {};
  }

  startDebugSession(): Promise<void> {
    return Promise.reject(new Error('WebKit’s driver cannot show a page for debugging.'));
  }

  async stop(): Promise<void> {
    await (await this.#running)?.close();
  }

  async #launch(): Promise<RunningWebKit> {
    const running = await launchWebKit(this.#webKit);
    try {
      await setViewport(running.session, VIEWPORT);
    } catch (error) {
      await running.close();
      throw error;
    }
    return running;
  }
}

interface Size {
  readonly width: number;
  readonly height: number;
}

const sizeSchema = z.object({ width: z.number(), height: z.number() });

/** WebDriver sizes windows; how much of one its bars take is only known when it is drawn. */
async function setViewport(session: WebDriverSession, wanted: Size): Promise<void> {
  await session.setWindowRect(wanted.width, wanted.height);
  const inner = sizeSchema.parse(await session.execute('return { width: innerWidth, height: innerHeight }'));
  await session.setWindowRect(2 * wanted.width - inner.width, 2 * wanted.height - inner.height);
}
