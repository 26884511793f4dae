/** One room, its agent service, the network and some pages, in simulated time. Every action leaves a line in the log. */
import type { UpstreamOutcome } from '../../partykit/room/ports.ts';
import type { SeededRandom } from '../support/seeded-random.ts';
import { SimulatedNetwork, type Connection } from '../support/simulated-network.ts';
import { SimulatedPage, SimulatedShelf } from '../support/simulated-page.ts';
import { SimulatedRelay } from '../support/simulated-relay.ts';
import { socketClass } from '../support/simulated-socket.ts';
import { passTime, settle, START_MS, takeOverTime } from '../support/simulated-time.ts';
import { vi } from 'vitest';

export interface WorldOptions {
  readonly storage: 'memory' | 'party';
  readonly latencyMs: number;
  /** Messages that the thread has from before. */
  readonly before: number;
}

/** A run may be silent for a minute here, so that schedules get to see the limit. */
const LIMITS = { idleMs: 60_000, totalMs: 10 * 60_000 };

export class World {
  readonly random: SeededRandom;
  readonly relay: SimulatedRelay;
  readonly network: SimulatedNetwork;
  readonly pages = new Map<string, SimulatedPage>();
  readonly #lines: string[] = [];
  readonly #violations: string[] = [];
  readonly #shelves = new Map<string, SimulatedShelf>();
  /** Frames by which a person asked for another answer, by the message's id. */
  readonly #retries = new Map<string, number>();
  #ids = 0;
  #texts = 0;

  constructor(random: SeededRandom, options: WorldOptions) {
    this.random = random;
    takeOverTime(random, () => `id-${++this.#ids}`);
    this.relay = new SimulatedRelay({
      ...options,
      limits: LIMITS,
      wrong: (what) => this.wrong(what),
      newId: () => `run-${++this.#ids}`,
      onKilled: () => {
        for (const connection of this.network.connections) {
          this.network.serverGone(connection, this.random.chance(0.5));
        }
      },
      log: (line) => this.log(line),
    });
    this.network = new SimulatedNetwork(this.relay, random);
    this.network.genOf = (name) => this.pages.get(name)?.client.thread.gen ?? 0;
    if (process.env['SIMULATION_FRAMES'] !== undefined) {
      this.network.onFrame = (direction, { id, page }, text) =>
        this.log(`     ${page} ${id} ${direction === 'up' ? '->' : '<-'} ${text}`);
    }
    vi.stubGlobal('WebSocket', socketClass(this.network));
    this.log(
      `${options.storage} storage, ${options.latencyMs} ms a write, ${options.before} messages before`,
    );
  }

  static async begin(random: SeededRandom, options: WorldOptions): Promise<World> {
    const world = new World(random, options);
    const storage = world.relay.readStorage();
    const append = Array.from({ length: options.before }, (_, index) => ({
      id: `old-${index}`,
      role: index % 2 === 0 ? ('user' as const) : ('assistant' as const),
      content: `text ${index}`,
      timestamp: index + 1,
      status: 'complete' as const,
    }));
    const change = { append, open: undefined, upstreamThreadId: undefined };
    if (append.length > 0) await storage.commit(change);
    world.relay.journal.committed(change);
    return world;
  }

  readonly log = (line: string): void => {
    this.#lines.push(`${String(Date.now() - START_MS).padStart(8)} ms  ${line}`);
  };

  wrong(what: string): void {
    this.#violations.push(what);
    this.log(`!! ${what}`);
  }

  /** Throws with the whole story when anything has gone wrong so far. */
  judge(): void {
    const [first] = this.#violations;
    if (first !== undefined) throw new Error(`${first}\n${this.#lines.join('\n')}`);
  }

  async settle(): Promise<void> {
    await settle(this.network.pump);
  }

  async pass(ms: number): Promise<void> {
    await passTime(ms, this.network.pump);
  }

  /** `browser`: pages of one browser share their shelf. */
  open(name: string, browser = name): SimulatedPage {
    const shelf = this.#shelves.get(browser) ?? new SimulatedShelf();
    this.#shelves.set(browser, shelf);
    const page =
      this.pages.get(name) ??
      new SimulatedPage(name, shelf, {
        wrong: (what) => this.wrong(what),
        wasStored: (id) => this.relay.journal.wasStored(id),
        saidIn: (runId) => this.relay.upstream.of(runId)?.text,
      });
    this.pages.set(name, page);
    this.log(`${name} loads`);
    page.load();
    return page;
  }

  get openPages(): readonly SimulatedPage[] {
    return [...this.pages.values()].filter(({ isOpen }) => isOpen);
  }

  send(page: SimulatedPage, text: string): string {
    // The number makes each text one of a kind.
    const content = `${++this.#texts} ${text}`;
    const id = page.send(content);
    this.log(`${page.name} sends ${id}: ${content}`);
    return id;
  }

  retry(page: SimulatedPage): void {
    const id = page.client.thread.messages.findLast(({ role }) => role === 'user')?.id;
    if (id === undefined) return;
    this.log(`${page.name} asks again for an answer to ${id}`);
    this.#retries.set(id, (this.#retries.get(id) ?? 0) + 1);
    page.client.retry();
  }

  retriesOf(messageId: string): number {
    return this.#retries.get(messageId) ?? 0;
  }

  clear(page: SimulatedPage): void {
    this.log(`${page.name} clears`);
    page.client.clearMessages();
  }

  stop(page: SimulatedPage): void {
    this.log(`${page.name} stops the run`);
    page.client.stop();
  }

  say(...pieces: readonly string[]): void {
    if (this.relay.upstream.open === undefined) return;
    this.log(`upstream says ${JSON.stringify(pieces)}`);
    this.relay.upstream.say(...pieces);
  }

  endRun(outcome: UpstreamOutcome): void {
    const call = this.relay.upstream.open;
    if (call === undefined) return;
    this.log(`upstream ends ${call.run.messageId}: ${outcome.ok ? 'ok' : outcome.code}`);
    this.relay.upstream.end(outcome);
  }

  /** The newest connection of a page that is open at its end. */
  connectionOf(page: SimulatedPage): Connection | undefined {
    return this.network.connections.findLast(
      (connection) =>
        connection.page === page.name && connection.openAtClient && connection.phase === 'connected',
    );
  }

  kill(): void {
    this.log('the relay is killed');
    this.relay.kill();
  }

  restart(): void {
    if (this.relay.listens) return;
    this.log('the relay starts');
    this.relay.start();
  }

  close(): void {
    for (const page of this.openPages) page.close();
  }
}
