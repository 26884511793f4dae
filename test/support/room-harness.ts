/** A room with ports that a test plays by hand, and clients that record what they are told. */
import {
  applyFrame,
  succeed,
  decodeServerFrame,
  EMPTY_THREAD,
  readLeanText,
  type ClientFrame,
  type ConnectionQuery,
  type Cursor,
  type Result,
  type ServerFrame,
  type ServerFrameOf,
  type Thread,
} from '#protocol';
import type { Budget, LogEntry, RoomSocket, Sockets, UpstreamMemory } from '../../partykit/room/ports.ts';
import { Room } from '../../partykit/room/room.ts';
import { DEFAULT_RUN_LIMITS, type RunLimits } from '../../partykit/room/run-limits.ts';
import { NO_RATES, type Rates } from '../../partykit/room/rates.ts';
import type { Refusal } from '../../partykit/room/refusal.ts';
import { FULL_ACCESS, joining, type Access, type Session } from '../../partykit/room/session.ts';
import type { ThreadStorage } from '../../partykit/room/ports.ts';
import { Receipt } from '../../widget/client/receipt.ts';
import { MemoryStorage } from '../../partykit/storage/memory-storage.ts';
import { FakeClock, turn } from './fake-clock.ts';
import { FakeUpstream } from './fake-upstream.ts';
import { FaultyStorage } from './faulty-storage.ts';

export class RecordingSocket implements RoomSocket {
  readonly id: string;
  session: Session = joining(0, FULL_ACCESS);
  readonly frames: ServerFrame[] = [];
  closed: { readonly code: number; readonly reason: string } | undefined;
  /** A connection that is gone already: `send` throws. */
  gone = false;
  /** All that was sent, as it is on the wire. */
  readonly texts: string[] = [];
  #thread = EMPTY_THREAD;
  /** Told of each frame as it is sent. */
  onFrame: (frame: ServerFrame) => void = () => undefined;
  /** The same as it is on the wire. */
  onText: (text: string) => void = () => undefined;

  constructor(id: string) {
    this.id = id;
  }

  send(text: string): void {
    if (this.gone) throw new Error('the connection is gone');
    const frame = this.read(text, this.#thread);
    this.#thread = applyFrame(this.#thread, frame).thread;
    this.texts.push(text);
    this.frames.push(frame);
    this.onFrame(frame);
    this.onText(text);
  }

  /** What a text means to a client that knows the thread so far. */
  read(text: string, thread: Thread): ServerFrame {
    const lean = this.session.lean ? readLeanText(thread, text) : undefined;
    const frame = lean === undefined ? decodeServerFrame(text) : succeed(lean);
    if (!frame.ok) throw new Error(`the room sent a frame that cannot be read: ${text.slice(0, 200)}`);
    return frame.value;
  }

  close(code: number, reason: string): void {
    this.closed = { code, reason };
  }
}

/** One connection, seen from its client. */
export class RoomClient {
  readonly socket: RecordingSocket;
  /** Whether it says what it has read, as a client has to (rule S7). */
  acknowledges = false;
  readonly #harness: RoomHarness;
  readonly #receipt = new Receipt();
  #read = 0;

  constructor(harness: RoomHarness, socket: RecordingSocket) {
    this.#harness = harness;
    this.socket = socket;
    socket.onText = (text) => {
      const received = this.#receipt.add(text.length);
      if (this.acknowledges && received !== undefined) void this.send({ type: 'ping', received });
    };
  }

  get frames(): readonly ServerFrame[] {
    return this.socket.frames;
  }

  /** The frames since the last `take`. */
  take(): readonly ServerFrame[] {
    const frames = this.socket.frames.slice(this.#read);
    this.#read = this.socket.frames.length;
    return frames;
  }

  framesOf<Type extends ServerFrame['type']>(type: Type): readonly ServerFrameOf<Type>[] {
    return this.frames.filter((frame): frame is ServerFrameOf<Type> => frame.type === type);
  }

  /** What a version-1 client makes of everything that it was told; `from`: what it knew before it connected. */
  thread(from: Thread = EMPTY_THREAD): Thread {
    const { texts } = this.socket;
    return texts.reduce((thread, text) => applyFrame(thread, this.socket.read(text, thread)).thread, from);
  }

  async send(frame: ClientFrame): Promise<void> {
    await this.sendText(JSON.stringify(frame));
  }

  async sendText(text: unknown): Promise<void> {
    await this.#harness.room.receive(this.socket, text);
  }

  async ask(content: string, id?: string): Promise<void> {
    await this.send({ type: 'message', content, ...(id === undefined ? {} : { id }) });
  }

  /** Closes as a client does: the room only sees that the socket is no longer there. */
  leave(): void {
    this.#harness.sockets.delete(this.socket.id);
  }
}

function socketsOf(sockets: ReadonlyMap<string, RoomSocket>): Sockets {
  return {
    get: (id) => sockets.get(id),
    all: () => sockets.values(),
    get count() {
      return sockets.size;
    },
  };
}

export interface HarnessOptions {
  readonly storage?: ThreadStorage;
  readonly limits?: Partial<RunLimits>;
  readonly rates?: Partial<Rates>;
  readonly budget?: Budget;
  readonly memory?: UpstreamMemory;
}

export class RoomHarness {
  readonly clock = new FakeClock();
  readonly upstream = new FakeUpstream();
  readonly storage: FaultyStorage;
  readonly sockets = new Map<string, RecordingSocket>();
  readonly log: LogEntry[] = [];
  room: Room;
  readonly #limits: RunLimits;
  readonly #rates: Rates;
  readonly #budget: Budget | undefined;
  readonly #memory: UpstreamMemory | undefined;
  /** What the alarm is set to. */
  alarmAt: number | undefined;
  /** What a newer token is worth. */
  renewed: Result<Access, Refusal> = succeed(FULL_ACCESS);
  #ids = 0;

  constructor({
    storage = new MemoryStorage(),
    limits = {},
    rates = {},
    budget,
    memory,
  }: HarnessOptions = {}) {
    this.storage = new FaultyStorage(storage);
    this.#limits = { ...DEFAULT_RUN_LIMITS, ...limits };
    this.#rates = { ...NO_RATES, ...rates };
    this.#budget = budget;
    this.#memory = memory;
    this.room = this.#makeRoom();
  }

  #makeRoom(): Room {
    return new Room(
      { threadId: 'thread-1', limits: this.#limits, rates: this.#rates },
      {
        storage: this.storage,
        upstream: this.upstream,
        sockets: socketsOf(this.sockets),
        clock: this.clock,
        newId: () => `fresh-${++this.#ids}`,
        log: (entry) => this.log.push(entry),
        budget: this.#budget,
        memory: this.#memory,
        renew: () => Promise.resolve(this.renewed),
        setAlarm: (at) => {
          this.alarmAt = at;
        },
      },
    );
  }

  /** `version: 0` is an original client. */
  async connect(query: Partial<ConnectionQuery> = {}, access = FULL_ACCESS): Promise<RoomClient> {
    const socket = new RecordingSocket(`socket-${++this.#ids}`);
    this.sockets.set(socket.id, socket);
    const { version = 1, lean = false, cursor } = query;
    await this.room.connect(socket, { version, lean, cursor }, access);
    return new RoomClient(this, socket);
  }

  /** A client that comes back with a cursor. */
  resume(cursor: Cursor | undefined): Promise<RoomClient> {
    return this.connect({ cursor });
  }

  /** The relay is killed in the middle of things: timers and upstream are gone, and so is all that only lived in memory. */
  async kill({ socketsSurvive = false } = {}): Promise<void> {
    await turn();
    this.clock.forgetAll();
    if (!socketsSurvive) this.sockets.clear();
    this.room = this.#makeRoom();
  }

  /** A thread with `turns` answered questions, `q-1` to `q-{turns}`. */
  async converse(
    client: RoomClient,
    turns: number,
    answer = (turn: number) => `answer ${turn}`,
  ): Promise<void> {
    for (let index = 1; index <= turns; index += 1) {
      await client.ask(`question ${index}`, `q-${index}`);
      await this.upstream.call.token(answer(index));
      await this.upstream.call.end();
      await this.clock.advance(1000);
    }
  }

  events(event: string): readonly LogEntry[] {
    return this.log.filter((entry) => entry.event === event);
  }
}

export const typesOf = (frames: readonly ServerFrame[]): readonly string[] =>
  frames.map((frame) => (frame.type === 'streaming' ? `streaming ${frame.isStreaming}` : frame.type));
