/**
 * The relay on this machine: `partykit dev` as a child, from the first check of its port to the end of its last process.
 * What it may touch outside is held down by confine.mjs; which variables it gets is the caller's business.
 */
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { RELAY_VARIABLES } from './environment.ts';
import { portObstacle, portUnavailable } from './port.ts';
import { groupEnds, groupRuns, signalGroup } from './process-group.ts';
import { announcedPort, readRelayOutput, type RelayLine } from './relay-output.ts';
import { createRunDirectory, type RunDirectory } from './run-directory.ts';
import { StartError } from './start-error.ts';

/** PartyKit takes about 2 s on an idle machine, and three times that on a busy one. */
const START_LIMIT_MS = 20_000;

/** Between two questions whether it answers yet. */
const PROBE_INTERVAL_MS = 50;
const PROBE_LIMIT_MS = 2_000;

/** After an error line, for the lines that say where: they come in one burst. */
const BURST_MS = 100;

/** From asking a process to end until it is killed. Storage is written through, so nothing is lost by it. */
const STOP_GRACE_MS = 2_000;

/** From killing it until it must be gone, also when the machine is busy. */
const KILL_LIMIT_MS = 5_000;

const KEPT_ERROR_LINES = 20;

/**
 * PartyKit picks free ports for its own use a second before it takes them, and on a busy machine another program may be
 * faster. Nobody asked for those ports, so the next try takes others.
 */
const ATTEMPTS = 3;

const PARTYKIT_FOLDER = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const CONFINE = new URL('./confine.mjs', import.meta.url).href;

export interface RelayOptions {
  /** 0 takes any free one. */
  readonly port: number;
  /** Where conversations are kept; made when it is not there. Two relays must not share it at the same time. */
  readonly stateDir: string;
  /** Reach the relay as they are, by a file that only this user can read. */
  readonly variables: Readonly<Record<string, string>>;
  /** Address to listen on. @default '127.0.0.1' */
  readonly host?: string;
  /** Path of the server's module. @default 'partykit/server.ts' */
  readonly entry?: string;
  /** Folder of files to serve beside the rooms; made when it is not there. @default 'dist' */
  readonly assets?: string;
  /** Gets every line that PartyKit or the relay prints. */
  readonly onLine?: (line: RelayLine) => void;
  /** Aborting it gives up a start that is under way; a relay that runs is ended by `stop`. */
  readonly signal?: AbortSignal;
}

export interface RelayExit {
  /** Whether `stop` or `kill` asked for it. */
  readonly requested: boolean;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The last lines of its error output, oldest first. */
  readonly errors: readonly string[];
}

export interface RelayProcess {
  /** Origin without a slash at its end: `http://localhost:1999`. */
  readonly url: string;
  readonly port: number;
  /** Id of the process group that PartyKit, workerd and esbuild are in. */
  readonly groupId: number;
  /** Settles, never rejects, when all of them are gone. */
  readonly exited: Promise<RelayExit>;
  /** Asks them to end, kills what is left after a while, and resolves when none runs and the port is free again. */
  stop(): Promise<void>;
  /** The same with SIGKILL from the start, as in a power failure. */
  kill(): Promise<void>;
}

/**
 * Starts the relay and resolves when it answers, with the files of `assets` beside it.
 * @throws {StartError} `port_unavailable`, `relay_failed` or `aborted`; nothing is left behind then.
 */
export async function startRelay(options: RelayOptions): Promise<RelayProcess> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnce(options);
    } catch (error) {
      if (!(error instanceof PortLost) || attempt === ATTEMPTS) throw error;
    }
  }
}

/** Another program was faster; see ATTEMPTS. */
class PortLost extends StartError {}

async function startOnce(options: RelayOptions): Promise<RelayProcess> {
  const obstacle = options.port === 0 ? undefined : await portObstacle(options.port);
  if (obstacle !== undefined) throw portUnavailable(options.port, obstacle);
  if (options.signal?.aborted === true) throw aborted();

  const host = options.host ?? '127.0.0.1';
  const assets = resolve(options.assets ?? join(PARTYKIT_FOLDER, '../dist'));
  const stateDir = resolve(options.stateDir);
  mkdirSync(assets, { recursive: true });
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  const directory = createRunDirectory({
    settings: join(PARTYKIT_FOLDER, 'partykit.json'),
    entry: resolve(options.entry ?? join(PARTYKIT_FOLDER, 'server.ts')),
    assets,
    variables: options.variables,
  });
  const running = spawnPartyKit({ directory, host, port: options.port, stateDir, onLine: options.onLine });

  let port = options.port;
  try {
    port = await untilReady(running, host, options);
  } catch (error) {
    await running.end('SIGKILL');
    throw error;
  }
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    await running.end(signal);
    await untilFree(port);
  };
  return {
    url: `http://localhost:${port}`,
    port,
    groupId: running.groupId,
    exited: running.exited,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
}

interface RunningPartyKit {
  readonly groupId: number;
  readonly exited: Promise<RelayExit>;
  /** Every line so far and from now on. */
  watch(onLine: (line: RelayLine) => void): void;
  end(signal: NodeJS.Signals): Promise<void>;
}

function spawnPartyKit(options: {
  directory: RunDirectory;
  host: string;
  port: number;
  stateDir: string;
  onLine: RelayOptions['onLine'];
}): RunningPartyKit {
  const { directory } = options;
  const child = spawn(
    process.execPath,
    [
      ...['--import', CONFINE, partyKitCommand(), 'dev', '--config', directory.config],
      ...['--port', String(options.port), '--persist', options.stateDir],
      // Without the first it asks a server on the internet at every start; the second wants a terminal.
      ...['--disable-request-cf-fetch', '--no-hotkeys'],
    ],
    {
      cwd: directory.path,
      env: childEnvironment(directory.path, options.host),
      detached: true,
      // The fourth is the lifeline that confine.mjs holds on to.
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    },
  );
