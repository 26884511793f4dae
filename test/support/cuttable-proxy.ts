/** A line between a client and a server that a test can break, or let die without a word as networks do. */
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

interface Line {
  readonly client: Socket;
  readonly server: Socket;
}

export class CuttableProxy {
  readonly #server: Server;
  readonly #lines = new Set<Line>();
  readonly #targetPort: () => number;
  #opened = 0;
  #refuses = false;

  constructor(targetPort: () => number) {
    this.#targetPort = targetPort;
    this.#server = createServer((client) => this.#open(client));
  }

  get host(): string {
    const address = this.#server.address();
    return `127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`;
  }

  /** How many connections have been made through it. */
  get opened(): number {
    return this.#opened;
  }

  async start(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  async stop(): Promise<void> {
    this.#server.close();
    this.cut();
    await once(this.#server, 'close');
  }

  /** Breaks every connection, as both ends notice. */
  cut(): void {
    for (const { client, server } of this.#lines) {
      client.destroy();
      server.destroy();
    }
  }

  /** Whether new connections are broken off at once. */
  set refuses(refuses: boolean) {
    this.#refuses = refuses;
  }

  /**
   * From now on nothing passes through the connections that are there, and neither end is told. New ones work.
   * `toClient`: only what the server says is lost.
   */
  freeze(direction: 'both' | 'toClient' = 'both'): void {
    for (const { client, server } of this.#lines) {
      server.unpipe(client).pause();
      if (direction === 'both') client.unpipe(server).pause();
    }
  }

  #open(client: Socket): void {
    if (this.#refuses) {
      client.destroy();
      return;
    }
    this.#opened += 1;
    const server = connect(this.#targetPort(), '127.0.0.1');
    const line: Line = { client, server };
    this.#lines.add(line);
    const close = (): void => {
      this.#lines.delete(line);
      client.destroy();
      server.destroy();
    };
    for (const end of [client, server]) {
      end.setNoDelay(true);
      end.on('error', close);
      end.on('close', close);
    }
    client.pipe(server);
    server.pipe(client);
  }
}
