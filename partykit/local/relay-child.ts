/**
 * A relay's runtime as a child in a process group of its own, until the last process of that group is gone.
 * When it counts as started, and what its lines mean for that, is decided in relay-process.ts.
 */
import { spawn } from 'node:child_process';
import { RELAY_VARIABLES } from '../env.ts';
import { groupEnds, signalGroup, signalLeader } from './process-group.ts';
import { readRelayOutput, type RelayLine } from './relay-output.ts';
import type { RunDirectory } from './run-directory.ts';
import { StartError } from './start-error.ts';

/** From asking it to end until it is killed. */
const STOP_GRACE_MS = 2_000;

/** From killing the group until it must be gone, also on a busy machine. */
const KILL_LIMIT_MS = 5_000;

const KEPT_ERROR_LINES = 20;

export interface RelayExit {
  /** Whether it was asked to end. */
  readonly requested: boolean;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The last lines of its error output, oldest first. */
  readonly errors: readonly string[];
}

/** What a runtime has made ready to be started. */
export interface RelayCommand {
  /** Removed when it has ended. */
  readonly directory: RunDirectory;
  /** Parameters of `node`. */
  readonly parameters: readonly string[];
  /** On top of this process's own variables, less those of the relay. */
  readonly environment: Readonly<Record<string, string>>;
}

export class RelayChild {
  readonly groupId: number;
  /** Settles, never rejects, when the whole group is gone, or cannot be made to go. */
  readonly exited: Promise<RelayExit>;

  readonly #directory: RunDirectory;
  readonly #errors: string[] = [];
  #requested = false;
  #gone = false;

  /** @throws {StartError} `relay_failed` when the system gives no process; the directory is the caller's then. */
  constructor({ directory, parameters, environment }: RelayCommand, onLine: (line: RelayLine) => void) {
    this.#directory = directory;
    const child = spawn(process.execPath, parameters, {
      cwd: directory.path,
      env: { ...childEnvironment(directory.path), ...environment },
      detached: true,
      // The fourth is the lifeline that lifeline.mjs holds on to.
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    });
    const left = new Promise<Pick<RelayExit, 'code' | 'signal'>>((resolve) => {
      child.once('exit', (code, signal) => resolve({ code, signal }));
      child.once('error', () => resolve({ code: null, signal: null }));
    });
    const silent = new Promise<void>((resolve) => child.once('close', () => resolve()));
    if (child.pid === undefined || child.stdout === null || child.stderr === null) {
      throw new StartError('relay_failed', 'The relay did not start: the system gave it no process.');
    }
    this.groupId = child.pid;
    readRelayOutput(child.stdout, child.stderr, (line) => {
      this.#keep(line);
      onLine(line);
    });
    this.exited = left.then(async ({ code, signal }) => {
      if (await this.#endRest()) await silent;
      this.#gone = true;
      directory.remove();
      return { requested: this.#requested, code, signal, errors: this.errors };
    });
  }

  /** The last lines of its error output, oldest first. */
  get errors(): readonly string[] {
    return [...this.#errors];
  }

  /** For when it has read its configuration, which it does once. */
  forgetVariables(): void {
    this.#directory.forgetVariables();
  }

  /** Asks it to end, or kills it, and resolves when the group is gone. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    if (!this.#gone) {
      this.#requested = true;
      if (signal === 'SIGKILL') signalGroup(this.groupId, signal);
      else signalLeader(this.groupId, signal);
      if (!(await groupEnds(this.groupId, STOP_GRACE_MS))) signalGroup(this.groupId, 'SIGKILL');
    }
    await this.exited;
  }

  /** The command is gone; whatever it left behind would keep the port and answer for the next relay. */
  async #endRest(): Promise<boolean> {
    signalGroup(this.groupId, 'SIGKILL');
    return groupEnds(this.groupId, KILL_LIMIT_MS);
  }

  #keep({ kind, text }: RelayLine): void {
    if (kind !== 'error' && kind !== 'detail') return;
    this.#errors.push(text);
    if (this.#errors.length > KEPT_ERROR_LINES) this.#errors.shift();
  }
}

function childEnvironment(directory: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !isRelayVariable(name));
  return {
    ...Object.fromEntries(inherited),
    IVY_RELAY_RUN_DIRECTORY: directory,
    NO_UPDATE_NOTIFIER: '1',
    PWD: directory,
    // Its temporary files go when the directory goes, however it ends.
    TMPDIR: directory,
  };
}

function isRelayVariable(name: string): boolean {
  return RELAY_VARIABLES.includes(name);
}
