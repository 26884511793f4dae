/** The client's end of a simulated connection: what the page's global `WebSocket` is during a simulation. */

/** What a socket needs of the network. */
export interface SocketWire {
  readonly opened: (socket: SimulatedSocket, url: URL) => void;
  readonly sent: (socket: SimulatedSocket, text: string) => void;
  readonly closed: (socket: SimulatedSocket, code: number) => void;
}

class SocketClosed extends Event {
  readonly code: number;
  readonly reason = '';

  constructor(code: number) {
    super('close');
    this.code = code;
  }
}

/** Browsers say no more than that. */
class SocketFailed extends Event {
  readonly message = 'failed';
  readonly error = new Error('failed');

  constructor() {
    super('error');
  }
}

export abstract class SimulatedSocket extends EventTarget {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;

  binaryType = 'blob';
  readyState: number = SimulatedSocket.CONNECTING;
  readonly bufferedAmount = 0;
  readonly #wire: SocketWire;

  constructor(url: string, wire: SocketWire) {
    super();
    this.#wire = wire;
    wire.opened(this, new URL(url));
  }

  send(text: string): void {
    if (this.readyState === SimulatedSocket.OPEN) this.#wire.sent(this, text);
  }

  close(code = 1000): void {
    if (this.readyState === SimulatedSocket.CLOSED) return;
    this.readyState = SimulatedSocket.CLOSED;
    this.#wire.closed(this, code);
  }

  accept(): void {
    this.readyState = SimulatedSocket.OPEN;
    this.dispatchEvent(new Event('open'));
  }

  deliver(text: string): void {
    if (this.readyState === SimulatedSocket.OPEN)
      this.dispatchEvent(new MessageEvent('message', { data: text }));
  }

  /** The connection has ended without the page's doing. `abruptly`: with an `error` first, as browsers do. */
  end(code: number, abruptly: boolean): void {
    if (this.readyState === SimulatedSocket.CLOSED) return;
    this.readyState = SimulatedSocket.CLOSED;
    if (abruptly) this.dispatchEvent(new SocketFailed());
    this.dispatchEvent(new SocketClosed(code));
  }
}

/** A class to put in the place of `WebSocket`. */
export function socketClass(wire: SocketWire): new (url: string) => SimulatedSocket {
  return class extends SimulatedSocket {
    constructor(url: string) {
      super(url, wire);
    }
  };
}
