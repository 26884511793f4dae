/**
 * The relay on this machine, from the check of its port until it answers, and from `stop` until all of it is gone.
 * The processes are relay-child.ts's, how they are started is the runtime's, and which variables the relay gets is the caller's business.
 */
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { partykitRuntime } from './partykit-runtime.ts';
import { portObstacle, portUnavailable } from './port.ts';
import { RelayChild, type RelayExit } from './relay-child.ts';
import { announcedPort, isAssetsFailure, takenPort, type RelayLine } from './relay-output.ts';
import type { Runtime } from './runtime.ts';
import { StartError } from './start-error.ts';

/** It takes about 2 s on an idle machine, and three times that on a busy one. */
const START_LIMIT_MS = 20_000;

/** Between two questions whether it answers yet, and the most that one may take. */
const PROBE_INTERVAL_MS = 50;
const PROBE_LIMIT_MS = 2_000;

/** After the first line of an error, for the lines that say where: they come in one burst. */
const BURST_MS = 100;

/** From the end of the processes until the system must have given the port back. */
const PORT_LIMIT_MS = 2_000;

/**
 * PartyKit looks for free ports for its own use a second before it takes them, and on a busy machine another program
 * may be faster. Nobody asked for those ports, so the next attempt takes others.
 */
const ATTEMPTS = 3;

const PARTYKIT_FOLDER = fileURLToPath(new URL('..', import.meta.url));

export interface RelayOptions {
  /** 0 takes any free one. */
  readonly port: number;
  /** Where conversations are kept; made when it is not there. Two relays must not share it at the same time. */
  readonly stateDir: string;
  /** Reach the relay as they are, through a file that only this user can read. */
  readonly variables: Readonly<Record<string, string>>;
  /** Address to listen on. @default '127.0.0.1' */
  readonly host?: string | undefined;
  /** @default PartyKit */
  readonly runtime?: Runtime | undefined;
  /** Path of the relay's module. @default the runtime's own adapter */
  readonly entry?: string | undefined;
  /** Folder of files to serve beside the rooms; made when it is not there. @default 'dist' */
  readonly assets?: string | undefined;
  /** Gets every line that PartyKit or the relay prints. */
  readonly onLine?: ((line: RelayLine) => void) | undefined;
  /** Aborting it gives up a start that is under way; a relay that runs is ended by `stop`. */
  readonly signal?: AbortSignal | undefined;
}

export interface RelayProcess {
  /** Origin, without a slash at its end: `http://localhost:1999`. */
  readonly url: string;
  readonly port: number;
  /** Id of the process group that PartyKit, workerd and esbuild are in. */
  readonly groupId: number;
  /** Settles, never rejects, when all of them are gone. */
  readonly exited: Promise<RelayExit>;
  /** Asks them to end, kills what is left after a while, and resolves when none runs and the port is free again. */
  stop(): Promise<void>;
  /** The same with SIGKILL from the start: what a power failure does. */
  kill(): Promise<void>;
}

/**
 * Starts the relay and resolves when it answers, and the files of `assets` with it.
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

/** One line about a relay that has ended by itself. */
export function exitSentence({ signal, code }: RelayExit): string {
  return `The relay has ended (${signal ?? `code ${code ?? 'unknown'}`}).`;
}

/** See ATTEMPTS. */
class PortLost extends StartError {}

async function startOnce(options: RelayOptions): Promise<RelayProcess> {
  const obstacle = options.port === 0 ? undefined : await portObstacle(options.port);
  if (obstacle !== undefined) throw portUnavailable(options.port, obstacle);
  if (options.signal?.aborted === true) throw aborted();

  const firstLines = new FirstLines();
  const child = spawnRelay(options, (line) => {
    firstLines.add(line);
    options.onLine?.(line);
  });
  let port = options.port;
  try {
    port = await untilReady(child, firstLines, options);
    child.forgetVariables();
  } catch (error) {
    await child.end('SIGKILL');
    throw error;
  }

  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    await child.end(signal);
    await untilFree(port);
  };
  return {
    url: `http://localhost:${port}`,
    port,
    groupId: child.groupId,
    exited: child.exited,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
}

function spawnRelay(options: RelayOptions, onLine: (line: RelayLine) => void): RelayChild {
  const assets = resolve(options.assets ?? join(PARTYKIT_FOLDER, '../dist'));
  const stateDir = resolve(options.stateDir);
  mkdirSync(assets, { recursive: true });
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  const command = runtimeOf(options).prepare({
    host: hostOf(options),
    port: options.port,
    stateDir,
    assets,
    entry: options.entry === undefined ? undefined : resolve(options.entry),
    variables: options.variables,
  });
  try {
    return new RelayChild(command, onLine);
  } catch (error) {
    command.directory.remove();
    throw error;
  }
}

/** Gives the port that it answers on; rejects as soon as it cannot come to that any more. */
async function untilReady(child: RelayChild, lines: FirstLines, options: RelayOptions): Promise<number> {
  const decided = new AbortController();
  const { signal } = decided;
  const ready = async (): Promise<number> => {
    const port = await lines.port;
    await untilAnswers(`http://${probeHostOf(options)}:${port}/ivy-chat.js`, signal);
    return port;
  };
  const fails = async (): Promise<never> => {
    const line = await lines.error;
    await sleep(BURST_MS, undefined, { signal });
    throw failureOf(line, options.port, child.errors);
  };
  const ends = async (): Promise<never> => {
    const exit = await child.exited;
    if (lines.firstError !== undefined) throw failureOf(lines.firstError, options.port, exit.errors);
    throw failed(
      `${runtimeOf(options).name} ended with ${exit.signal ?? `code ${exit.code ?? 'unknown'}`}`,
      exit.errors,
    );
  };
  const takesTooLong = async (): Promise<never> => {
    await sleep(START_LIMIT_MS, undefined, { signal });
    throw failed(`no answer within ${START_LIMIT_MS / 1000} s`, child.errors);
  };
  const isGivenUp = async (): Promise<never> => {
    if (options.signal === undefined) return new Promise(() => undefined);
    await once(options.signal, 'abort', { signal });
    throw aborted();
  };
  try {
    return await Promise.race([ready(), fails(), ends(), takesTooLong(), isGivenUp()]);
  } finally {
    decided.abort();
  }
}

/** What decides a start: the line that says where it listens, or one that says what is wrong. */
class FirstLines {
  readonly port: Promise<number>;
  readonly error: Promise<RelayLine>;
  #announce: (port: number) => void = () => undefined;
  #fail: (line: RelayLine) => void = () => undefined;
  #announced = false;
  #firstError: RelayLine | undefined;

  constructor() {
    this.port = new Promise((resolve) => (this.#announce = resolve));
    this.error = new Promise((resolve) => (this.#fail = resolve));
  }

  add(line: RelayLine): void {
    const port = announcedPort(line);
    if (port !== undefined) {
      this.#announced = true;
      this.#announce(port);
    }
    // Once it listens, errors are the relay's own, about some request.
    if (!isAssetsFailure(line) && (line.kind !== 'error' || this.#announced)) return;
    this.#firstError ??= line;
    this.#fail(line);
  }

  get firstError(): RelayLine | undefined {
    return this.#firstError;
  }
}

/** Any answer will do but a 5xx: that is PartyKit's, whose server for `assets` is not up yet. */
async function untilAnswers(url: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    const status = await fetch(url, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(PROBE_LIMIT_MS)]),
    }).then(
      async (response) => {
        await response.arrayBuffer();
        return response.status;
      },
      () => 503,
    );
    if (status < 500) return;
    await sleep(PROBE_INTERVAL_MS, undefined, { signal });
  }
}

async function untilFree(port: number): Promise<void> {
  const deadline = performance.now() + PORT_LIMIT_MS;
  for (;;) {
    const obstacle = await portObstacle(port);
    if (obstacle === undefined) return;
    if (performance.now() > deadline) throw portUnavailable(port, obstacle, 'The relay has left it.');
    await sleep(PROBE_INTERVAL_MS);
  }
}

function failureOf(line: RelayLine, wantedPort: number, errors: readonly string[]): StartError {
  const taken = takenPort(line);
  if (taken !== undefined && taken === wantedPort) return portUnavailable(taken, 'EADDRINUSE');
  if (taken !== undefined || isAssetsFailure(line))
    return new PortLost('relay_failed', sentence(line.text), { detail: errors });
  return failed(line.text, errors);
}

function failed(reason: string, errors: readonly string[]): StartError {
  return new StartError('relay_failed', sentence(reason), { detail: errors });
}

function sentence(reason: string): string {
  return `The relay did not start: ${reason.replace(/\.$/, '')}.`;
}

function aborted(): StartError {
  return new StartError('aborted', 'The start of the relay was given up.');
}

function runtimeOf({ runtime }: RelayOptions): Runtime {
  return runtime ?? partykitRuntime;
}

function hostOf({ host }: RelayOptions): string {
  return host ?? '127.0.0.1';
}

/** Every interface is no address to ask at. */
function probeHostOf(options: RelayOptions): string {
  const host = hostOf(options);
  return host === '0.0.0.0' ? '127.0.0.1' : host;
}
