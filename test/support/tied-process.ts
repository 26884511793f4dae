/**
 * A program in a process group of its own that does not outlive this process, also when this one is killed outright.
 * POSIX only.
 */
import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { groupEnds, signalGroup, signalLeader } from '../../partykit/local/process-group.ts';

/** From asking a program to end until it is killed. */
const STOP_GRACE_MS = 3_000;

/** From killing a group until it must be gone, also on a busy machine. */
const KILL_LIMIT_MS = 5_000;

/**
 * Run by `sh -c` with a folder as `$0`, or nothing, and the command as what follows. The input is a pipe that only the
 * starting process holds: its end is that process's end. The program gets a second to tidy up after itself, as an X
 * server does; then its folder and the rest of its group go. `$$` is the program, since `exec` keeps the number.
 */
const TIE = `
  exec 9<&0
  (
    trap '' HUP INT TERM
    read -r _ <&9
    kill -TERM $$
    for _ in 1 2 3 4 5 6 7 8 9 10; do kill -0 $$ || break; sleep 0.1; done
    kill -KILL $$ && sleep 0.1
    test -z "$0" || rm -rf -- "$0"
    kill -KILL 0
  ) </dev/null >/dev/null 2>&1 &
  exec "$@" </dev/null 9<&-
`;

/** What to run instead of a command, detached and with a pipe as its input, so that it is tied to this process. */
export interface TiedCommand {
  readonly program: string;
  readonly parameters: string[];
}

/** @param folder removed when this process ends before the command does */
export function tiedCommand(command: readonly string[], folder = ''): TiedCommand {
  return { program: '/bin/sh', parameters: ['-c', TIE, folder, ...command] };
}

/** Kills what is left of the group of a program that has ended. */
export async function endRest(groupId: number): Promise<void> {
  signalGroup(groupId, 'SIGKILL');
  if (!(await groupEnds(groupId, KILL_LIMIT_MS))) {
    throw new Error(`Process group ${groupId} could not be ended.`);
  }
}

export interface TiedProcessOptions {
  /** Its variables, all of them. */
  readonly environment: NodeJS.ProcessEnv;
  readonly folder?: string;
  /** Descriptors from 1 on. */
  readonly output: readonly ('inherit' | 'ignore' | 'pipe')[];
}

export interface ProcessExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export class TiedProcess {
  readonly child: ChildProcess;
  /** Settles, never rejects, when the program has ended and nothing is left of its group. */
  readonly exited: Promise<ProcessExit>;
  readonly #groupId: number;
  #ended = false;

  constructor(command: readonly string[], { environment, folder, output }: TiedProcessOptions) {
    const { program, parameters } = tiedCommand(command, folder);
    const stdio: StdioOptions = ['pipe', ...output];
    this.child = spawn(program, parameters, { env: environment, detached: true, stdio });
    if (this.child.pid === undefined) throw new Error(`${String(command[0])} could not be run.`);
    const groupId = this.child.pid;
    this.#groupId = groupId;
    const left = new Promise<ProcessExit>((resolve) => {
      this.child.once('exit', (code, signal) => resolve({ code, signal }));
    });
    this.exited = left.then(async (exit) => {
      await endRest(groupId);
      this.#ended = true;
      return exit;
    });
  }

  /** Whether nothing is left of it. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Asks the program to end, kills it when it takes too long, and resolves when its whole group is gone. */
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (!this.#ended) {
      signalLeader(this.#groupId, signal);
      const late = setTimeout(() => signalGroup(this.#groupId, 'SIGKILL'), STOP_GRACE_MS);
      await this.exited;
      clearTimeout(late);
    }
  }
}
