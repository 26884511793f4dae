/** A command of this project as a child process, in a group of its own as a terminal would run it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { signalGroup } from '../../partykit/local/process-group.ts';

export const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

export interface CommandExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export class CommandRun {
  readonly id: number;
  /** Settles when the command and the pipes that it wrote into are closed. */
  readonly exited: Promise<CommandExit>;
  #stdout = '';
  #stderr = '';
  readonly #child: ChildProcess;

  constructor(
    command: string,
    parameters: readonly string[],
    variables: Readonly<Record<string, string>> = {},
  ) {
    this.#child = spawn(command, parameters, {
      cwd: PROJECT,
      env: { ...process.env, ...variables },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const { pid, stdout, stderr } = this.#child;
    if (pid === undefined || stdout === null || stderr === null)
      throw new Error(`${command} could not be run`);
    this.id = pid;
    stdout.setEncoding('utf8').on('data', (text: string) => (this.#stdout += text));
    stderr.setEncoding('utf8').on('data', (text: string) => (this.#stderr += text));
    this.exited = new Promise((resolve) => {
      this.#child.once('close', (code, signal) =>
        resolve({ code, signal, stdout: this.#stdout, stderr: this.#stderr }),
      );
    });
  }

  /** Waits until what it has printed matches; rejects when it ends first. */
  async printed(pattern: RegExp): Promise<RegExpExecArray> {
    const ended = this.exited.then(({ code, stderr }) => {
      throw new Error(`ended with code ${code ?? 'none'} before it printed ${String(pattern)}:\n${stderr}`);
    });
    // Without a listener it would count as unhandled when the command ends long after it has printed.
    ended.catch(() => undefined);
    for (;;) {
      const found = pattern.exec(this.#stdout);
      if (found !== null) return found;
      if (this.#child.stdout === null) throw new Error('no output');
      await Promise.race([once(this.#child.stdout, 'data'), ended]);
    }
  }

  /** To the command alone. */
  signal(name: NodeJS.Signals): void {
    process.kill(this.id, name);
  }

  /** To all in its group, as Ctrl-C in a terminal does. */
  signalGroup(name: NodeJS.Signals): void {
    signalGroup(this.id, name);
  }
}
