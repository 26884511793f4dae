/**
 * A relay with one room, in lives: a kill ends one with everything that was only in memory, a hibernation drops the room
 * and keeps the connections with their sessions. Storage outlives all of them.
 */
import { decodeClientFrame, parseConnectionQuery, parseJson, succeed } from '#protocol';
import type { RoomSocket, ThreadStorage } from '../../partykit/room/ports.ts';
import { NO_RATES } from '../../partykit/room/rates.ts';
import { Room } from '../../partykit/room/room.ts';
import type { RunLimits } from '../../partykit/room/run-limits.ts';
import { FULL_ACCESS, type Session } from '../../partykit/room/session.ts';
import { MemoryStorage } from '../../partykit/storage/memory-storage.ts';
import { PartyStorage } from '../../partykit/storage/party-storage.ts';
import { MemoryKeyValueStore } from './key-value-store.ts';
import { Journal } from './simulated-journal.ts';
import type { Connection, ServerSide } from './simulated-network.ts';
import { MortalKeyValueStore, SimulatedStorage, type Mortal, type WriteFault } from './simulated-storage.ts';
import { SimulatedUpstream } from './simulated-upstream.ts';
import { Witness } from './simulated-witness.ts';

export interface RelayOptions {
  readonly storage: 'memory' | 'party';
  readonly latencyMs: number;
  readonly limits: RunLimits;
  readonly wrong: (what: string) => void;
  readonly newId: () => string;
  /** The process is gone: its connections end. */
  readonly onKilled: () => void;
  readonly log: (line: string) => void;
}

/** The relay's end of a connection. The session is kept as the platform keeps it: as data. */
class ServerSocket implements RoomSocket {
  readonly id: string;
  readonly #connection: Connection;
  readonly #onClose: (connection: Connection) => void;
  #session = '';

  constructor(connection: Connection, onClose: (connection: Connection) => void) {
    this.id = connection.id;
    this.#connection = connection;
    this.#onClose = onClose;
  }

  get session(): Session {
    return parseJson(this.#session) as Session;
  }

  set session(session: Session) {
    this.#session = JSON.stringify(session);
  }

  send(text: string): void {
    if (!this.#connection.served) throw new Error('the connection is closed');
    this.#connection.down.put({ kind: 'frame', text, gen: 0 });
  }

  close(code: number): void {
    this.#connection.down.put({ kind: 'close', code });
    this.#onClose(this.#connection);
  }
}

class Life implements Mortal {
  alive = true;
  /** Frames and connections that the room is at work on. */
  working = 0;
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  readonly #onDeath: () => void;

  constructor(onDeath: () => void) {
    this.#onDeath = onDeath;
  }

  readonly schedule = (delayMs: number, task: () => void): (() => void) => {
    if (!this.alive) return () => undefined;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      task();
    }, delayMs);
    this.#timers.add(timer);
    return () => {
      this.#timers.delete(timer);
      clearTimeout(timer);
    };
  };

  wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.schedule(ms, resolve);
    });
  }

  get idle(): boolean {
    return this.working === 0 && this.#timers.size === 0;
  }

  end(): void {
    this.alive = false;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  die(): void {
    if (this.alive) this.#onDeath();
  }
}

interface Running {
  readonly life: Life;
  readonly room: Room;
  readonly storage: SimulatedStorage;
}

export class SimulatedRelay implements ServerSide {
  readonly journal: Journal;
  readonly upstream: SimulatedUpstream;
  readonly witness: Witness;
  readonly #options: RelayOptions;
  readonly #sockets = new Map<string, ServerSocket>();
  readonly #values = new MemoryKeyValueStore();
  readonly #memory = new MemoryStorage();
  readonly #cutShort = new Set<string>();
  /** By message: the generations that its senders knew of. */
  readonly #arrivals = new Map<string, readonly number[]>();
  #running: Running | undefined;
  /** Whether it sends lean frames to who reads them, which takes a line that loses nothing (rule S8). */
  isLean = true;

  constructor(options: RelayOptions) {
    this.#options = options;
    this.journal = new Journal(options.wrong);
    this.witness = new Witness(options.wrong);
    this.upstream = new SimulatedUpstream(() => this.journal.openRun, options.wrong);
    this.#running = this.#start();
  }

  get listens(): boolean {
    return this.#running !== undefined;
  }

  /** Nothing is being done and no run is open: the platform may put the room to sleep. */
  get idle(): boolean {
    return this.#running?.life.idle === true && !this.#running.storage.busy && !this.upstream.open;
  }

  /** A kill came before the end of this run was told: whoever connects later finds it in the history. */
  diedIn(runId: string): boolean {
    return this.#cutShort.has(runId);
  }

  /**
   * How often a message was taken again that had been sent by somebody who did not know of the clear before it. Rule C1
   * allows it: a message is taken once for as long as it is stored.
   */
  straggled(messageId: string): number {
    const sentIn = this.#arrivals.get(messageId) ?? [];
    return this.journal.takenIn(messageId).filter((gen) => sentIn.every((known) => known < gen)).length;
  }

  /** As somebody reads it who is not the room. */
  readStorage(): ThreadStorage {
    return this.#options.storage === 'memory' ? this.#memory : new PartyStorage(this.#values);
  }

  faultAtWrite(fault: WriteFault | undefined): void {
    if (this.#running !== undefined) this.#running.storage.fault = fault;
  }

  #start(): Running {
    const life = new Life(() => this.kill());
    const values =
      this.#options.storage === 'memory'
        ? undefined
        : new MortalKeyValueStore(this.#values, life, this.#options.latencyMs);
    const inner =
      values === undefined
        ? this.#memory
        : new PartyStorage(values, {
            onCorrupt: (what) => this.#options.wrong(`storage: a ${what} cannot be read`),
          });
    const storage = new SimulatedStorage(inner, values, life, this.journal, this.#options.latencyMs);
    const room = new Room(
      { threadId: 'thread', limits: this.#options.limits, rates: NO_RATES },
      {
        storage,
        upstream: this.upstream,
        sockets: {
          get: (id) => (life.alive ? this.#sockets.get(id) : undefined),
          all: () => (life.alive ? [...this.#sockets.values(), this.witness] : []),
          count: 1,
        },
        clock: { now: () => Date.now(), schedule: life.schedule },
        newId: this.#options.newId,
        renew: () => Promise.resolve(succeed(FULL_ACCESS)),
        setAlarm: () => undefined,
        log: (entry) => {
          if (entry.event === 'room_bug') this.#options.wrong(`the room threw ${String(entry['name'])}`);
        },
      },
    );
    this.witness.newLife();
    return { life, room, storage };
  }

  start(): void {
    this.#running ??= this.#start();
  }

  kill(): void {
    if (this.#running === undefined) return;
    this.#options.log('the relay is dead');
    this.#running.life.end();
    this.#running = undefined;
    const run = this.upstream.calls.at(-1)?.run.messageId;
    if (run !== undefined && !this.witness.heardEnd(run)) this.#cutShort.add(run);
    this.upstream.relayKilled();
    this.#sockets.clear();
    this.#options.onKilled();
  }

  hibernate(): void {
    this.#running?.life.end();
    this.#running = this.#start();
  }

  connected(connection: Connection): void {
    if (this.#running === undefined) return;
    const socket = new ServerSocket(connection, (closed) => {
      closed.served = false;
      this.closed(closed);
    });
    this.#sockets.set(socket.id, socket);
    const query = parseConnectionQuery(connection.url.searchParams);
    const lean = query.lean && this.isLean;
    void this.#work(this.#running, (room) => room.connect(socket, { ...query, lean }, FULL_ACCESS));
  }

  received(connection: Connection, text: string, sentIn: number): void {
    const socket = this.#sockets.get(connection.id);
    if (this.#running === undefined || socket === undefined) return;
    const frame = decodeClientFrame(text);
    if (frame.ok && frame.value.type === 'message') {
      const { id = '' } = frame.value;
      this.#arrivals.set(id, [...(this.#arrivals.get(id) ?? []), sentIn]);
    }
    void this.#work(this.#running, (room) => room.receive(socket, text));
  }

  closed(connection: Connection): void {
    this.#sockets.delete(connection.id);
  }

  async #work({ life, room }: Running, work: (room: Room) => Promise<void>): Promise<void> {
    life.working += 1;
    await work(room);
    life.working -= 1;
  }
}
