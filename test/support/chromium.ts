/**
 * A real browser for tests, on any machine.
 *
 * Says which browser to use and how to start it; `launchChromium` starts one for a test that drives it itself, and
 * `web-test-runner.config.js` hands the same options to the element tests. What a page does is the tests' business.
 */
import { launch } from 'puppeteer-core';
import type { Browser, LaunchOptions } from 'puppeteer-core';
import { unpackBundledChromium } from './chromium-bundled.ts';
import { findSystemChromium } from './chromium-system.ts';
import { chosenProgram } from './installed-program.ts';

/** A browser to run tests in. */
export interface Chromium {
  readonly executablePath: string;
  /** Variables the browser needs on top of those of this process. */
  readonly environment: Record<string, string>;
  readonly source: 'CHROME_PATH' | 'system' | 'bundled';
}

/**
 * What every launch needs beyond Puppeteer's own defaults, which already are headless and turn off syncing, first-run
 * pages, background requests and throttling, and `/dev/shm`.
 */
export const CHROMIUM_ARGS: readonly string[] = [
  // The sandbox needs privileges that containers and root do not have; tests load only pages of ours.
  '--no-sandbox',
  '--disable-gpu',
  // Without a forking helper and a graphics process every process is the browser's own child, which it waits for;
  // else some outlive it, and stay as zombies where process 1 does not collect orphans, as in most containers.
  '--no-zygote',
  '--in-process-gpu',
  // Neither update itself nor try UDP, which sandboxes drop silently.
  '--disable-component-update',
  '--disable-quic',
  // Where LANG is C or POSIX the browser reports the language "en-US@posix", at which `Intl` throws.
  '--lang=en-US',
  '--accept-lang=en-US',
  // Hinting fits letters to pixels by the rules of each machine, and changes how wide text is.
  '--font-render-hinting=none',
];

/** The language and time zone tests may rely on, wherever they run. */
export const LOCALE_ENVIRONMENT = { LANGUAGE: 'en_US', LC_ALL: 'en_US.UTF-8', TZ: 'UTC' };

/**
 * Finds the browser to use: `CHROME_PATH`, else the system's Chrome or Chromium, else the one inside the npm package
 * `@sparticuz/chromium`, unpacked on first use.
 *
 * @param variables the environment variables to look in; a test may pass its own
 * @throws if `CHROME_PATH` names nothing that can be run, or if there is no browser for this machine
 */
export async function findChromium(variables: NodeJS.ProcessEnv = process.env): Promise<Chromium> {
  const chosen = await chosenProgram('CHROME_PATH', variables);
  if (chosen !== undefined) return { executablePath: chosen, environment: {}, source: 'CHROME_PATH' };
  const installed = await findSystemChromium(variables);
  if (installed !== undefined) return { executablePath: installed, environment: {}, source: 'system' };
  return { ...(await unpackBundledChromium()), source: 'bundled' };
}

/** Puppeteer's options for a browser that is found, locale and all, and dies with this process. */
export async function chromiumLaunchOptions(
  chromium?: Chromium,
): Promise<LaunchOptions & { args: string[] }> {
  const { executablePath, environment } = chromium ?? (await findChromium());
  return {
    executablePath,
    headless: true,
    // Over a pipe, since the browser then ends itself when this process is killed, and no port is opened.
    pipe: true,
    // Puppeteer's handlers of these two close the browser, but then this process would ignore the signal.
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [...CHROMIUM_ARGS],
    env: { ...process.env, ...LOCALE_ENVIRONMENT, ...environment },
  };
}

/**
 * Starts a browser with a new profile in a temporary folder. `close()` ends all its processes and removes the profile.
 *
 * @param options added to those every launch needs; `args` are appended
 */
export async function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  const needed = await chromiumLaunchOptions();
  return launch({ ...needed, ...options, args: [...needed.args, ...(options.args ?? [])] });
}
