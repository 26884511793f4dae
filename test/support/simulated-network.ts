/**
 * The network between pages and one relay: connections that drop, go silent, delay, and whose end one side may see long
 * before the other. Nothing moves by itself; `pump` carries what may arrive.
 */
import { Lane, type Parcel } from './simulated-lane.ts';
import type { SimulatedSocket, SocketWire } from './simulated-socket.ts';
import type { SeededRandom } from './seeded-random.ts';

/** The relay's side of the network. */
export interface ServerSide {
  readonly listens: boolean;
  connected(connection: Connection): void;
  /** `sentIn`: the generation that the page knew of. */
  received(connection: Connection, text: string, sentIn: number): void;
  /** The connection's end was noticed. */
  closed(connection: Connection): void;
}

/** No word from the other side: what a browser reports for a connection that just ended. */
const ABNORMAL = 1006;

export class Connection {
  readonly id: string;
  readonly url: URL;
  readonly socket: SimulatedSocket;
  /** From the client to the relay, and back. */
  readonly up = new Lane();
  readonly down = new Lane();
  phase: 'connecting' | 'connected' = 'connecting';
  /** The relay holds it for open. */
  served = false;

  constructor(id: string, url: URL, socket: SimulatedSocket) {
    this.id = id;
    this.url = url;
    this.socket = socket;
  }

  /** The page, by the token that it connects with. */
  get page(): string {
    return this.url.searchParams.get('token') ?? '';
  }

  get openAtClient(): boolean {
    return this.socket.readyState !== WebSocket.CLOSED;
  }

  get over(): boolean {
    return this.phase === 'connected' && !this.openAtClient && !this.served;
  }

  /** Open for both ends, and everything arrives. */
  get good(): boolean {
    return this.served && this.openAtClient && this.up.flow === 'open' && this.down.flow === 'open';
  }

  /** Closed for the page, and open for the relay: it has yet to notice. */
  get abandoned(): boolean {
    return this.served && !this.openAtClient;
  }
}

/** Chances. `held`: a new connection begins with its direction to the page held. */
export interface Troubles {
  readonly held: number;
  /** A frame to the relay comes twice. */
  readonly twice: number;
  /** A `token` to a page comes twice, or not at all (rule S1 allows for both). */
  readonly tokenTwice: number;
  readonly tokenLost: number;
}

export const NO_TROUBLES: Troubles = { held: 0, twice: 0, tokenTwice: 0, tokenLost: 0 };

/** How the relay learns of a drop: at once; after frames that are still on their way; or only much later. */
export type Drop = 'noticed' | 'late' | 'unnoticed';

export class SimulatedNetwork implements SocketWire {
  readonly server: ServerSide;
  readonly #random: SeededRandom;
  #connections: Connection[] = [];
  #count = 0;
  troubles: Troubles = NO_TROUBLES;
  /** The generation that a page knows of. */
  genOf: (page: string) => number = () => 0;
  /** Told of each frame as it arrives. */
  onFrame: (direction: 'up' | 'down', connection: Connection, text: string) => void = () => undefined;

  constructor(server: ServerSide, random: SeededRandom) {
    this.server = server;
    this.#random = random;
  }

  get connections(): readonly Connection[] {
    return this.#connections;
  }

  readonly opened = (socket: SimulatedSocket, url: URL): void => {
    this.#connections.push(new Connection(`c${++this.#count}`, url, socket));
  };

  readonly sent = (socket: SimulatedSocket, text: string): void => {
    const connection = this.#of(socket);
    connection?.up.put({ kind: 'frame', text, gen: this.genOf(connection.page) });
  };

  readonly closed = (socket: SimulatedSocket, code: number): void => {
    this.#of(socket)?.up.put({ kind: 'close', code });
  };

  #of(socket: SimulatedSocket): Connection | undefined {
    return this.#connections.find((connection) => connection.socket === socket);
  }

  /** One parcel of each direction that may move, in an order of chance. False when nothing could. */
  readonly pump = (): boolean => {
    let moved = false;
    for (const connection of this.#shuffled()) {
      if (connection.phase === 'connecting') {
        this.#establish(connection);
        moved = true;
        continue;
      }
      const up = connection.up.take();
      if (up !== undefined) this.#arriveAtRelay(connection, up);
      const down = connection.down.take();
      if (down !== undefined) this.#arriveAtPage(connection, down);
      moved ||= up !== undefined || down !== undefined;
    }
    this.#connections = this.#connections.filter(({ over }) => !over);
    return moved;
  };

  #shuffled(): Connection[] {
    const shuffled = [...this.#connections];
    for (let last = shuffled.length - 1; last > 0; last -= 1) {
      const other = this.#random.below(last + 1);
      const [one, two] = [shuffled[last], shuffled[other]];
      if (one !== undefined && two !== undefined) [shuffled[last], shuffled[other]] = [two, one];
    }
    return shuffled;
  }

  #establish(connection: Connection): void {
    connection.phase = 'connected';
    if (!connection.openAtClient) return;
    if (this.#random.chance(this.troubles.held)) connection.down.hold();
    connection.served = this.server.listens;
    if (!connection.served) {
      connection.up.lose();
      connection.socket.end(ABNORMAL, true);
      return;
    }
    this.server.connected(connection);
    connection.socket.accept();
  }

  #arriveAtRelay(connection: Connection, parcel: Parcel): void {
    if (!connection.served) return;
    if (parcel.kind === 'close') {
      this.notice(connection);
      return;
    }
    this.onFrame('up', connection, parcel.text);
    this.server.received(connection, parcel.text, parcel.gen);
    if (this.#random.chance(this.troubles.twice)) this.server.received(connection, parcel.text, parcel.gen);
  }

  #arriveAtPage(connection: Connection, parcel: Parcel): void {
    if (parcel.kind === 'close') {
      connection.socket.end(parcel.code, false);
      return;
    }
    this.onFrame('down', connection, parcel.text);
    const isToken = parcel.text.startsWith('{"type":"token"');
    if (isToken && this.#random.chance(this.troubles.tokenLost)) return;
    connection.socket.deliver(parcel.text);
    if (isToken && this.#random.chance(this.troubles.tokenTwice)) connection.socket.deliver(parcel.text);
  }

  /** The relay sees that a connection is over. */
  notice(connection: Connection): void {
    if (!connection.served) return;
    connection.served = false;
    this.server.closed(connection);
  }

  /** The page sees the end at once. */
  drop(connection: Connection, how: Drop): void {
    connection.down.lose();
    if (how !== 'late') connection.up.forget();
    connection.up.put({ kind: 'close', code: ABNORMAL });
    if (how === 'noticed') connection.up.open();
    else connection.up.hold();
    connection.socket.end(ABNORMAL, true);
  }

  /** From here on nothing arrives, and nobody is told. */
  silence(connection: Connection): void {
    connection.up.lose();
    connection.down.lose();
  }

  /** The relay's end is gone, with or without what it had sent last. */
  serverGone(connection: Connection, lastFramesArrive: boolean): void {
    if (!connection.served) return;
    connection.served = false;
    connection.up.lose();
    if (!lastFramesArrive) connection.down.forget();
    connection.down.put({ kind: 'close', code: ABNORMAL });
  }

  /** Everything that waits may move, and the relay sees which connections are over. */
  heal(): void {
    for (const connection of this.#connections) {
      connection.up.open();
      connection.down.open();
      if (connection.abandoned && connection.up.flow === 'lost') this.notice(connection);
    }
  }
}
