/** The three engines that the widget is tested in, and which of them this machine has. */
import { findChromium, launchChromium } from './chromium.ts';
import type { DrivenBrowser } from './driven-page.ts';
import { findFirefox, launchFirefox } from './firefox.ts';
import { PuppeteerBrowser } from './puppeteer-browser.ts';
import { WebDriverBrowser } from './web-driver-browser.ts';
import { findWebKit, launchWebKit, type WebKit } from './webkit.ts';

export const ENGINES = ['chromium', 'firefox', 'webkit'] as const;

export type Engine = (typeof ENGINES)[number];

export function isEngine(name: string): name is Engine {
  return ENGINES.some((engine) => engine === name);
}

/**
 * The one that `TEST_BROWSER` names; Chromium when it is not set or empty.
 *
 * @throws if it names none of them
 */
export function engineOfRun(variables: NodeJS.ProcessEnv = process.env): Engine {
  const name = variables['TEST_BROWSER'] ?? '';
  if (name === '') return 'chromium';
  if (isEngine(name)) return name;
  throw new Error(`TEST_BROWSER is ${JSON.stringify(name)}; it can be ${ENGINES.join(', ')}.`);
}

/**
 * What must be installed for it, by the names of Debian's packages; empty when nothing is missing.
 *
 * @throws if a variable such as `FIREFOX_PATH` names nothing that can be run
 */
export async function missingFor(
  engine: Engine,
  variables: NodeJS.ProcessEnv = process.env,
): Promise<readonly string[]> {
  switch (engine) {
    case 'chromium':
      // CHROME_PATH alone is asked about loudly; without any browser here, `chromium` is what to install.
      if (variables['CHROME_PATH']) await findChromium(variables);
      return findChromium(variables).then(
        () => [],
        () => ['chromium'],
      );
    case 'firefox':
      return (await findFirefox(variables)) === undefined ? ['firefox-esr'] : [];
    case 'webkit': {
      const found = await findWebKit(variables);
      return 'driverPath' in found ? [] : found;
    }
  }
}

/** @throws if it is not installed */
export async function launchEngine(engine: Engine): Promise<DrivenBrowser> {
  switch (engine) {
    case 'chromium': {
      const browser = await launchChromium();
      return new PuppeteerBrowser(browser, () => browser.close());
    }
    case 'firefox':
      return launchFirefox(await firefoxHere());
    case 'webkit': {
      const running = await launchWebKit(await webKitHere());
      return WebDriverBrowser.of(running.session, () => running.close());
    }
  }
}

/** @throws if it is not installed */
export async function firefoxHere(): Promise<string> {
  const path = await findFirefox();
  if (path === undefined) throw new Error(notInstalled('firefox', ['firefox-esr']));
  return path;
}

/** @throws if it is not installed */
export async function webKitHere(): Promise<WebKit> {
  const found = await findWebKit();
  if ('driverPath' in found) return found;
  throw new Error(notInstalled('webkit', found));
}

/** One line with what to do about it. */
export function notInstalled(engine: Engine, packages: readonly string[]): string {
  return `${engine} is not installed here; on Debian: apt install ${packages.join(' ')}`;
}
