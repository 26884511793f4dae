/** The gallery's pages in Chromium, each state as it is meant to be looked at: in its window, with its device. */
import { fileURLToPath } from 'node:url';
import type { Browser, CDPSession, Page } from 'puppeteer-core';
import { siteFiles } from '../../demo/build/site-files.ts';
import { startSite, type SiteServer } from '../../demo/runner/site-server.ts';
import type { GalleryState, WindowSize } from '../../demo/gallery/state.ts';
import { distribution } from '../../widget/build/distribution.ts';
import { launchChromium } from './chromium.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

/** A mouse, which a machine without a screen has none of: something fine that can hover. Fingers replace it. */
const MOUSE =
  '--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4';

export const SCHEMES = ['light', 'dark'] as const;
export type Scheme = (typeof SCHEMES)[number];

export class GalleryBrowser {
  /** Uncaught errors, errors on the console and requests that came to nothing, since the last `open`. */
  readonly problems: string[] = [];
  readonly page: Page;
  readonly #browser: Browser;
  readonly #site: SiteServer;
  readonly #session: CDPSession;

  private constructor(browser: Browser, site: SiteServer, page: Page, session: CDPSession) {
    this.#browser = browser;
    this.#site = site;
    this.#session = session;
    this.page = page;
    page.on('pageerror', (error) => this.problems.push(String(error)));
    page.on('requestfailed', (request) => this.problems.push(`failed: ${request.url()}`));
    page.on('console', (message) => {
      // What the chat tells the developer of its page is meant.
      const isOurs = message.type() === 'warn' && message.text().startsWith('ivy-chat: ');
      if (/^(?:error|warn)$/.test(message.type()) && !isOurs) this.problems.push(message.text());
    });
  }

  static async start(): Promise<GalleryBrowser> {
    const site = await startSite({
      port: 0,
      files: distribution(PROJECT).then(({ files }) => siteFiles(PROJECT, files)),
      settings: { relay: '' },
    });
    const browser = await launchChromium({ args: [MOUSE] });
    const page = await browser.newPage();
    return new GalleryBrowser(browser, site, page, await page.createCDPSession());
  }

  /** The page with all of them. */
  async openAll({ width, height }: WindowSize): Promise<void> {
    this.problems.length = 0;
    await this.page.setViewport({ width, height });
    await this.page.goto(`${this.#site.url}/gallery.html`);
  }

  /** Resolves when the state is there and nothing in it moves. */
  async open(state: GalleryState, window: WindowSize, scheme: Scheme): Promise<void> {
    this.problems.length = 0;
    const { width, height } = window;
    // What is this narrow is a phone: fingers instead of a mouse.
    const isPhone = width <= 480;
    await this.page.setViewport({ width, height, isMobile: isPhone, hasTouch: isPhone });
    await this.#emulate(state, scheme);
    await this.page.goto(`${this.#site.url}/gallery.html?state=${state.name}`);
    await this.page.waitForSelector('[data-gallery]');
    await this.#hold();
  }

  /** The same page in the other colours. */
  async recolour(state: GalleryState, scheme: Scheme): Promise<void> {
    await this.#emulate(state, scheme);
    await this.#hold();
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#site.close();
  }

  async #emulate({ device }: GalleryState, scheme: Scheme): Promise<void> {
    await this.#session.send('Emulation.setEmulatedMedia', {
      media: device?.print === true ? 'print' : 'screen',
      features: [
        { name: 'prefers-color-scheme', value: scheme },
        {
          name: 'prefers-reduced-motion',
          value: device?.reducedMotion === true ? 'reduce' : 'no-preference',
        },
        { name: 'forced-colors', value: device?.forcedColours === true ? 'active' : 'none' },
      ],
    });
  }

  /** Everything that moves is at its end, or at one moment of what has none. */
  async #hold(): Promise<void> {
    await this.page.evaluate(async () => {
      // Code gets its colours when there is time for it.
      for (let turns = 0; turns < 3; turns += 1) {
        await new Promise((resolve) => setTimeout(resolve));
        await new Promise((resolve) => requestIdleCallback(resolve, { timeout: 100 }));
      }
      for (let frames = 0; frames < 2; frames += 1) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
        const chats = [...document.querySelectorAll('ivy-chat')];
        const roots = [document, ...chats.flatMap(({ shadowRoot }) => shadowRoot ?? [])];
        for (const animation of roots.flatMap((root) => root.getAnimations())) {
          if (animation.effect?.getComputedTiming().endTime === Infinity) {
            animation.pause();
            animation.currentTime = 400;
          } else animation.finish();
        }
      }
    });
  }
}
