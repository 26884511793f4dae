/** Firefox for tests, where one is installed: found, and started with a profile and a home of its own. */
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch, type LaunchOptions } from 'puppeteer-core';
import { LOCALE_ENVIRONMENT } from './chromium.ts';
import type { DrivenBrowser } from './driven-page.ts';
import { chosenProgram, firstExecutable, placesOf } from './installed-program.ts';
import { PuppeteerBrowser } from './puppeteer-browser.ts';
import { endRest, tiedCommand } from './tied-process.ts';

const LINUX_COMMANDS = ['firefox-esr', 'firefox'];

const MAC_PROGRAM = '/Applications/Firefox.app/Contents/MacOS/firefox';

const PREFERENCES = { 'intl.accept_languages': 'en-US', 'intl.locale.requested': 'en-US' };

/**
 * The path of `FIREFOX_PATH`, else of the system's Firefox, else undefined.
 *
 * @throws if `FIREFOX_PATH` names nothing that can be run
 */
export async function findFirefox(variables: NodeJS.ProcessEnv = process.env): Promise<string | undefined> {
  const chosen = await chosenProgram('FIREFOX_PATH', variables);
  if (chosen !== undefined) return chosen;
  return firstExecutable(process.platform === 'darwin' ? [MAC_PROGRAM] : placesOf(LINUX_COMMANDS, variables));
}

/**
 * Puppeteer's options for it. Firefox has no pipe that would tell it of this process's end, so it is tied to it.
 *
 * @param folder a new one, for its profile and whatever else it writes
 */
export function firefoxLaunchOptions(executablePath: string, folder: string): LaunchOptions {
  const profile = join(folder, 'profile');
  const command = [executablePath, '--headless', '--profile', profile, 'about:blank'];
  const { program, parameters } = tiedCommand(command, folder);
  return {
    browser: 'firefox',
    executablePath: program,
    // Puppeteer's own would come before the command; it still appends the port, and fills the profile.
    ignoreDefaultArgs: true,
    args: parameters,
    extraPrefsFirefox: PREFERENCES,
    // The first of these handlers would kill the group with what removes its folder, the others ignore the signal.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    // It refuses to run as root in the home of another.
    env: { ...process.env, ...LOCALE_ENVIRONMENT, HOME: folder },
  };
}

/** Puppeteer kills the whole group when this process exits by itself, so the folder must go from here then. */
export async function createFirefoxFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ivy-firefox-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** @param executablePath as `findFirefox` gives it */
export async function launchFirefox(executablePath: string): Promise<DrivenBrowser> {
  const folder = await createFirefoxFolder();
  const browser = await launch(firefoxLaunchOptions(executablePath, folder));
  const groupId = browser.process()?.pid;
  return new PuppeteerBrowser(browser, async () => {
    await browser.close();
    if (groupId !== undefined) await endRest(groupId);
    await rm(folder, { recursive: true, force: true });
  });
}
