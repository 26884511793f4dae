/** The agent of the benchmarks as a child process, and its answers read as a page without a relay would read them. */
import { createParser } from 'eventsource-parser';
import * as z from 'zod/mini';
import { stampsIn } from './agent-plan.ts';
import { BenchProgram } from './bench-program.ts';
import { sharedNow } from './shared-clock.ts';

const eventSchema = z.object({ type: z.string(), content: z.optional(z.string()) });

/** When a token was read, by when it was written; both of the shared clock. */
export type Arrivals = ReadonlyMap<number, number>;

export class BenchAgent {
  readonly url: string;
  readonly #program: BenchProgram;

  private constructor(program: BenchProgram, port: number) {
    this.#program = program;
    this.url = `http://127.0.0.1:${port}`;
  }

  static async start(): Promise<BenchAgent> {
    const program = new BenchProgram('./agent.ts');
    return new BenchAgent(program, await program.port());
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

  stop(): Promise<void> {
    return this.#program.stop();
  }
}
