/** The agent of the benchmarks as a child process, and its answers read as a page without a relay would read them. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createParser } from 'eventsource-parser';
import * as z from 'zod/mini';
import { stampsIn } from './agent-plan.ts';
import { sharedNow } from './shared-clock.ts';

const addressSchema = z.object({ port: z.number() });
const eventSchema = z.object({ type: z.string(), content: z.optional(z.string()) });

/** When a token was read, by when it was written; both of the shared clock. */
export type Arrivals = ReadonlyMap<number, number>;

export class BenchAgent {
  readonly url: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.url = `http://127.0.0.1:${port}`;
  }

  static async start(): Promise<BenchAgent> {
    const program = fileURLToPath(new URL('./agent.ts', import.meta.url));
    const child = spawn(process.execPath, ['--import', 'tsx', program], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: child.stdout });
    const [line] = z.tuple([z.string()]).parse(await once(lines, 'line'));
    return new BenchAgent(child, addressSchema.parse(JSON.parse(line)).port);
  }

  /** Asks without a relay and reads to the end. */
  async ask(message: string, threadId: string): Promise<Arrivals> {
    const response = await fetch(`${this.url}/workflows/wf_ivy/stream`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ message, threadId }),
    });
    const arrivals = new Map<number, number>();
    const parser = createParser({
      onEvent: ({ data }) => {
        if (data === '[DONE]') return;
        const { type, content = '' } = eventSchema.parse(JSON.parse(data));
        if (type !== 'token') return;
        const at = sharedNow();
        for (const stamp of stampsIn(content)) arrivals.set(stamp, at);
      },
    });
    const decoder = new TextDecoder();
    for await (const bytes of z.instanceof(ReadableStream<Uint8Array>).parse(response.body)) {
      parser.feed(decoder.decode(bytes, { stream: true }));
    }
    return arrivals;
  }

  async stop(): Promise<void> {
    this.#child.stdin?.end();
    await once(this.#child, 'exit');
  }
}
