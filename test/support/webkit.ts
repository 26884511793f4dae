/**
 * WebKit for tests, where WebKitGTK's driver is installed: the driver, the small browser that comes with it, and a
 * display when there is none.
 */
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { LOCALE_ENVIRONMENT } from './chromium.ts';
import { chosenProgram, firstExecutable, placesOf } from './installed-program.ts';
import { TiedProcess } from './tied-process.ts';
import { isReady, WebDriverSession } from './web-driver.ts';

/** Nothing tells when the driver listens, so it is asked this often, and so long. */
const POLL_MS = 50;
const START_LIMIT_MS = 20_000;

const SCREEN = '1280x1024x24';

export interface WebKit {
  readonly driverPath: string;
  /** Undefined where there is a display. */
  readonly xvfbPath: string | undefined;
}

/** What a machine lacks for it; each is also the name of Debian's package. */
export type MissingForWebKit = 'webkit2gtk-driver' | 'xvfb';

/**
 * Looks for `WEBKIT_DRIVER_PATH`, else for the system's driver, and for Xvfb where `DISPLAY` names no display.
 *
 * @throws if `WEBKIT_DRIVER_PATH` names nothing that can be run
 */
export async function findWebKit(
  variables: NodeJS.ProcessEnv = process.env,
): Promise<WebKit | readonly MissingForWebKit[]> {
  const driverPath =
    (await chosenProgram('WEBKIT_DRIVER_PATH', variables)) ??
    (await firstExecutable(placesOf(['WebKitWebDriver'], variables)));
  const needsDisplay = !variables['DISPLAY'];
  const xvfbPath = needsDisplay ? await firstExecutable(placesOf(['Xvfb'], variables)) : undefined;
  const missing: MissingForWebKit[] = [];
  if (driverPath === undefined) missing.push('webkit2gtk-driver');
  if (needsDisplay && xvfbPath === undefined) missing.push('xvfb');
  return driverPath === undefined || missing.length > 0 ? missing : { driverPath, xvfbPath };
}

/** A browser with one session, and what it runs on. */
export interface RunningWebKit {
  readonly session: WebDriverSession;
  /** Ends all its processes and removes what they wrote. */
  close(): Promise<void>;
}

export async function launchWebKit({ driverPath, xvfbPath }: WebKit): Promise<RunningWebKit> {
  const folder = await mkdtemp(join(tmpdir(), 'ivy-webkit-'));
  const processes: TiedProcess[] = [];
  const close = async (): Promise<void> => {
    // The driver goes first: without its display the browser would complain.
    for (const running of processes.reverse()) await running.end();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const environment = {
      ...process.env,
      ...LOCALE_ENVIRONMENT,
      ...DRAWING,
      ...(await homeIn(folder)),
    };
    if (xvfbPath !== undefined) {
      const xvfb = startXvfb(xvfbPath);
      processes.push(xvfb);
      Object.assign(environment, { DISPLAY: await displayOf(xvfb) });
    }
    const port = await freePort();
    const driver = new TiedProcess([driverPath, `--port=${port}`], {
      environment,
      folder,
      output: ['ignore', 'ignore'],
    });
    processes.push(driver);
    const address = `http://127.0.0.1:${port}`;
    await listening(driver, address);
    return { session: await WebDriverSession.open(address, {}), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * Drawn by the processor: where there is no graphics card the driver of one is imitated, and a page that has begun to
 * move stands still for seconds.
 */
const DRAWING = { WEBKIT_SKIA_ENABLE_CPU_RENDERING: '1', WEBKIT_DISABLE_DMABUF_RENDERER: '1' };

/** A home of its own, and no ties to the services of a desktop. */
async function homeIn(folder: string): Promise<Readonly<Record<string, string>>> {
  const runtime = join(folder, 'runtime');
  await mkdir(runtime, { mode: 0o700 });
  return {
    HOME: folder,
    XDG_CACHE_HOME: join(folder, 'cache'),
    XDG_CONFIG_HOME: join(folder, 'config'),
    XDG_DATA_HOME: join(folder, 'data'),
    XDG_RUNTIME_DIR: runtime,
    GDK_BACKEND: 'x11',
    GSETTINGS_BACKEND: 'memory',
    NO_AT_BRIDGE: '1',
  };
}

function startXvfb(path: string): TiedProcess {
  const command = [path, '-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp', '-noreset'];
  return new TiedProcess(command, { environment: process.env, output: ['ignore', 'ignore', 'pipe'] });
}

/** Xvfb takes the first free number and writes it when it is ready. */
async function displayOf(xvfb: TiedProcess): Promise<string> {
  const written = xvfb.child.stdio[3] as Readable;
  const ended = xvfb.exited.then(() => {
    throw new Error('Xvfb did not start.');
  });
  const [number] = (await Promise.race([once(written, 'data'), ended])) as [Buffer];
  return `:${number.toString().trim()}`;
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await once(server.close(), 'close');
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.');
  return address.port;
}

async function listening(driver: TiedProcess, address: string): Promise<void> {
  const deadline = performance.now() + START_LIMIT_MS;
  while (!(await isReady(address))) {
    if (driver.ended || performance.now() > deadline) throw new Error('The driver of WebKit did not start.');
    await sleep(POLL_MS);
  }
}
