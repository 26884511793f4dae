/**
 * Looks for a Chrome or Chromium this machine already has.
 *
 * Only the usual places of each platform are searched, and on Linux only what answers `--version`: Ubuntu's
 * `chromium-browser` is a script that does nothing but tell how to install a snap. `chromium.ts` decides when to ask.
 */
import { execFile } from 'node:child_process';
import { posix, win32 } from 'node:path';
import { promisify } from 'node:util';
import { isExecutable, placesOf } from './installed-program.ts';

/** A browser that needs longer than this to print its version is of no use to a test run. */
const VERSION_TIMEOUT_MS = 15_000;

const LINUX_COMMANDS = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser'];

const MAC_APPLICATIONS = ['Google Chrome', 'Chromium'];

const WINDOWS_PROGRAMS = ['Google\\Chrome\\Application\\chrome.exe', 'Chromium\\Application\\chrome.exe'];

/**
 * The path of the first usable browser found, or undefined.
 *
 * @param variables the environment variables that name the folders to search
 */
export async function findSystemChromium(variables: NodeJS.ProcessEnv): Promise<string | undefined> {
  for (const candidate of candidates(variables)) {
    if ((await isExecutable(candidate)) && (await isUsable(candidate))) return candidate;
  }
  return undefined;
}

function candidates(variables: NodeJS.ProcessEnv): string[] {
  switch (process.platform) {
    case 'darwin':
      return MAC_APPLICATIONS.flatMap((name) =>
        ['/Applications', posix.join(variables['HOME'] ?? '/', 'Applications')].map((folder) =>
          posix.join(folder, `${name}.app`, 'Contents', 'MacOS', name),
        ),
      );
    case 'win32':
      return WINDOWS_PROGRAMS.flatMap((program) =>
        [variables['PROGRAMFILES'], variables['PROGRAMFILES(X86)'], variables['LOCALAPPDATA']]
          .filter((folder) => folder !== undefined)
          .map((folder) => win32.join(folder, program)),
      );
    default:
      return placesOf(LINUX_COMMANDS, variables);
  }
}

/**
 * Whether a candidate is a browser a test can drive. A snap is not: its confinement hides /tmp, where profiles and
 * fixtures live, and it says that it is one behind its version number.
 */
async function isUsable(executablePath: string): Promise<boolean> {
  // chrome.exe opens a window when asked for its version, and macOS has neither stubs nor snaps.
  if (process.platform === 'win32' || process.platform === 'darwin') return true;
  try {
    const { stdout } = await promisify(execFile)(executablePath, ['--version'], {
      timeout: VERSION_TIMEOUT_MS,
    });
    return /\d+\.\d+/.test(stdout) && !/\bsnap\b/.test(stdout);
  } catch {
    return false;
  }
}
