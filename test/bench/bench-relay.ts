/** The relay of the benchmarks, on one of its runtimes, with state and files of its own. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PARTY, roomOfThread } from '#protocol';
import { partykitRuntime } from '../../partykit/local/partykit-runtime.ts';
import { startRelay, type RelayProcess } from '../../partykit/local/relay-process.ts';
import type { Runtime } from '../../partykit/local/runtime.ts';
import { workerRuntime } from '../../partykit/local/worker-runtime.ts';
import { connect, type Query, type RelayClient } from '../support/relay-client.ts';

export const RUNTIMES: readonly Runtime[] = [partykitRuntime, workerRuntime];

export function freshThread(): string {
  return `bench-${randomUUID()}`;
}

/** Clients here are programs, and ask as fast as they can. */
const WITHOUT_LIMITS = {
  ALLOWED_ORIGINS: 'none',
  MESSAGES_PER_MINUTE: '1000000',
  FRAMES_PER_MINUTE: '1000000',
  CONNECTIONS_PER_THREAD: '10000',
};

export class BenchRelay {
  readonly #process: RelayProcess;
  readonly #home: string;

  private constructor(process: RelayProcess, home: string) {
    this.#process = process;
    this.#home = home;
  }

  /** @param entry the module that it runs, where that is not the relay's */
  static async start(runtime: Runtime, agentUrl: string, entry?: string): Promise<BenchRelay> {
    const home = await mkdtemp(join(tmpdir(), 'ivy-bench-'));
    const process = await startRelay({
      port: 0,
      stateDir: join(home, 'state'),
      assets: join(home, 'assets'),
      variables: { AST_URL: agentUrl, ...WITHOUT_LIMITS },
      runtime,
      entry,
    });
    return new BenchRelay(process, home);
  }

  connect(threadId: string, query: Query = {}): Promise<RelayClient> {
    return connect(this.#roomUrl(threadId), { v: '1', ...query });
  }

  /** Of the thread's room, with the query of an element that knows nothing yet. */
  address(threadId: string): string {
    return `${this.#roomUrl(threadId)}?v=1&lean=1`;
  }

  #roomUrl(threadId: string): string {
    return `ws://127.0.0.1:${this.#process.port}/parties/${PARTY}/${roomOfThread(threadId)}`;
  }

  get groupId(): number {
    return this.#process.groupId;
  }

  async stop(): Promise<void> {
    await this.#process.stop();
    await rm(this.#home, { recursive: true, force: true });
  }
}
