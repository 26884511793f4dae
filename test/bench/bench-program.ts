/** A program of a benchmark in a process of its own, so that nothing shares the loop that is measured. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import * as z from 'zod/mini';
import { Inbox } from '../support/inbox.ts';

const addressSchema = z.object({ port: z.number() });

/** It says what it has to say in lines of JSON, and ends when its input does. */
export class BenchProgram {
  readonly #file: string;
  readonly #child: ChildProcess;
  readonly #lines = new Inbox<string>();

  /** @param file beside this one */
  constructor(file: string, parameters: readonly string[] = []) {
    const program = fileURLToPath(new URL(file, import.meta.url));
    const child = spawn(process.execPath, ['--import', 'tsx', program, ...parameters], {
      stdio: ['pipe', 'pipe', 'inherit'],
      // A group of its own, so that its time can be told.
      detached: true,
    });
    this.#file = file;
    this.#child = child;
    createInterface({ input: child.stdout }).on('line', (line) => this.#lines.push(line));
  }

  /** Its next line. @param limitMs how long it may take */
  async said<Value>(schema: z.ZodMiniType<Value>, limitMs: number): Promise<Value> {
    const line = await this.#lines.next(() => `${this.#file} says nothing`, limitMs);
    return schema.parse(JSON.parse(line));
  }

  /** Of a server, whose first line is its address. */
  async port(): Promise<number> {
    return (await this.said(addressSchema, 20_000)).port;
  }

  get groupId(): number {
    return this.#child.pid ?? NaN;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.stdin?.end();
    await once(this.#child, 'exit');
  }
}
