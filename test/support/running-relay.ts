/**
 * The relay as a test file meets it: one `partykit dev` for all of its tests, with a state directory of its own, and a fresh
 * thread for each test. Whatever a file starts here is gone at its end, and the file fails when it is not.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, vi } from 'vitest';
import { PARTY, roomOfThread } from '#protocol';
import { groupRuns } from '../../partykit/local/process-group.ts';
import type { RelayLine } from '../../partykit/local/relay-output.ts';
import { partykitRuntime } from '../../partykit/local/partykit-runtime.ts';
import { startRelay, type RelayProcess } from '../../partykit/local/relay-process.ts';
import { workerRuntime } from '../../partykit/local/worker-runtime.ts';
import { untilFree } from './port-free.ts';
import { connect, type Query, type RelayClient } from './relay-client.ts';

/** One suite for both: the vitest project says which. */
const RUNTIME = process.env['RELAY_RUNTIME'] === 'worker' ? workerRuntime : partykitRuntime;
const ADAPTER = RUNTIME === workerRuntime ? 'worker.ts' : 'server.ts';

/** Tests are programs, which send no origin, and ask more in a second than people in an hour. */
const FOR_TESTS = {
  ALLOWED_ORIGINS: 'none',
  MESSAGES_PER_MINUTE: '1000000',
  FRAMES_PER_MINUTE: '1000000',
  CONNECTIONS_PER_THREAD: '10000',
};

/** The query of a version-1 client that knows nothing yet. */
const VERSION_1: Query = { v: '1' };

/** A thread id that nothing has used before. */
export function freshThread(): string {
  return `test-${randomUUID()}`;
}

export class RunningRelay {
  /** All that it has printed, over all of its starts. */
  readonly lines: RelayLine[] = [];
  /** Every client that a test has connected here. */
  readonly clients: RelayClient[] = [];
  readonly #variables: () => Readonly<Record<string, string>>;
  readonly #sources: (() => string) | undefined;
  readonly #groups: number[] = [];
  #stateDir: string | undefined;
  #process: RelayProcess | undefined;
  #port = 0;

  /** @param sources gives the folder of the adapters, where it is not the project's own */
  constructor(variables: () => Readonly<Record<string, string>>, sources?: () => string) {
    this.#variables = variables;
    this.#sources = sources;
  }

  get port(): number {
    return this.#port;
  }

  /** Host and port, as clients want it. */
  get host(): string {
    return `127.0.0.1:${this.#port}`;
  }

  roomUrl(room: string): string {
    return `ws://${this.host}/parties/${PARTY}/${room}`;
  }

  /** Opens a socket to the thread's room; the first frame is still unread. */
  async connect(threadId: string, query: Query = VERSION_1): Promise<RelayClient> {
    return this.connectTo(roomOfThread(threadId), query);
  }

  async connectTo(room: string, query: Query = VERSION_1, origin?: string): Promise<RelayClient> {
    const client = await connect(this.roomUrl(room), query, origin);
    this.clients.push(client);
    return client;
  }

  /** The same, with the first frame read. */
  async join(threadId: string, query: Query = VERSION_1): Promise<RelayClient> {
    const client = await this.connect(threadId, query);
    await client.next('history');
    return client;
  }

  /** Takes the port that it had, if it was started before. */
  async start(): Promise<void> {
    this.#stateDir ??= await mkdtemp(join(tmpdir(), 'ivy-relay-test-'));
    this.#process = await startRelay({
      port: this.#port,
      stateDir: this.#stateDir,
      variables: { ...FOR_TESTS, ...this.#variables() },
      runtime: RUNTIME,
      entry: this.#sources === undefined ? undefined : join(this.#sources(), ADAPTER),
      onLine: (line) => this.lines.push(line),
    });
    this.#port = this.#process.port;
    this.#groups.push(this.#process.groupId);
  }

  /** Resolves when it has printed a line with `text` in it: what it prints comes by another way than what it sends. */
  async printed(text: string): Promise<void> {
    await vi.waitUntil(() => this.lines.some((line) => line.text.includes(text)), { timeout: 10_000 });
  }

  /** Ends it as a power failure does. */
  async kill(): Promise<void> {
    await this.#process?.kill();
    this.#process = undefined;
  }

  /** Leaves the sockets of tests that failed to no later test. */
  dropClients(): void {
    for (const client of this.clients) client.drop();
  }

  /** Ends it and fails when anything is left. */
  async stop(): Promise<void> {
    this.dropClients();
    try {
      await this.#process?.stop();
    } finally {
      if (this.#stateDir !== undefined) await rm(this.#stateDir, { recursive: true, force: true });
    }
    expect(this.#groups.filter(groupRuns), 'process groups that still run').toEqual([]);
    if (this.#port !== 0) await untilFree(this.#port);
  }
}

/**
 * @param variables asked when the relay starts, so after the hooks that were registered before; FOR_TESTS goes before them,
 *   and an empty value leaves one of those out
 * @param sources gives the folder of the adapters, where it is not the project's own
 */
export function useRelay(
  variables: () => Readonly<Record<string, string>>,
  sources?: () => string,
): RunningRelay {
  const relay = new RunningRelay(variables, sources);
  beforeAll(() => relay.start());
  afterEach(() => relay.dropClients());
  afterAll(() => relay.stop());
  return relay;
}
