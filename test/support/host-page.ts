/**
 * A stranger's web server with pages, headers and scripts of its own, and a relay beside them: real rooms in this
 * process, behind real sockets, so that what a page does to the chat can be tried without a relay's start.
 */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type OutgoingHttpHeaders, type Server } from 'node:http';
import { WebSocketServer, type WebSocket } from 'ws';
import { parseConnectionQuery, succeed, threadOfRoom } from '#protocol';
import type { Clock, RoomSocket, Upstream } from '../../partykit/room/ports.ts';
import { Room } from '../../partykit/room/room.ts';
import { DEFAULT_RUN_LIMITS } from '../../partykit/room/run-limits.ts';
import { NO_RATES } from '../../partykit/room/rates.ts';
import { FULL_ACCESS, joining, type Session } from '../../partykit/room/session.ts';
import { MemoryStorage } from '../../partykit/storage/memory-storage.ts';

export interface ServedFile {
  readonly body: string;
  /** @default by the ending of the path: HTML, JavaScript or CSS */
  readonly type?: string;
  readonly headers?: OutgoingHttpHeaders;
}

export interface HostPageOptions {
  /** By path, without the query: `/`, `/ivy-chat.js`. Read at each request, so a test may change it. */
  readonly files: Readonly<Record<string, ServedFile>>;
  /** The tokens of the answer to a message. @default the message in words, again */
  readonly answer?: (message: string) => readonly string[];
  /** Between two tokens. @default 0 */
  readonly tokenMs?: number;
}

export interface HostPage {
  /** Origin, without a slash at its end: `http://localhost:…`. The same server also answers at 127.0.0.1. */
  readonly url: string;
  readonly port: number;
  /** Every path that was asked for, in order. */
  readonly requested: readonly string[];
  /** Sockets that are open now. */
  sockets(): number;
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
};

const CLOCK: Clock = {
  now: () => Date.now(),
  schedule: (delayMs, task) => {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};

const inWords = (message: string): readonly string[] => message.match(/\S+\s*/g) ?? [message];

export async function startHostPage({
  files,
  answer = inWords,
  tokenMs = 0,
}: HostPageOptions): Promise<HostPage> {
  const requested: string[] = [];
  const server = createServer((request, response) => {
    const path = pathOf(request);
    requested.push(path);
    const file = Object.hasOwn(files, path) ? files[path] : undefined;
    if (file === undefined) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found\n');
      return;
    }
    const ending = path.slice(path.lastIndexOf('.') + 1);
    const type = file.type ?? TYPES[ending] ?? 'text/html; charset=utf-8';
    response.writeHead(200, { 'content-type': type, ...file.headers }).end(file.body);
  });
  const sockets = new WebSocketServer({ noServer: true });
  const rooms = new Map<string, OpenRoom>();
  server.on('upgrade', (request, stream, head) => {
    const name = pathOf(request).replace('/parties/main/', '');
    const thread = threadOfRoom(name);
    if (!thread.ok) {
      stream.destroy();
      return;
    }
    const room = rooms.get(name) ?? new OpenRoom(thread.value, spoken(answer, tokenMs));
    rooms.set(name, room);
    sockets.handleUpgrade(request, stream, head, (socket) => room.welcome(socket, request));
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  const port = portOf(server);
  return {
    url: `http://localhost:${port}`,
    port,
    requested,
    sockets: () => sockets.clients.size,
    close: async () => {
      for (const socket of sockets.clients) socket.terminate();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

const pathOf = ({ url = '/' }: IncomingMessage): string => url.split('?')[0] ?? '/';

function portOf(server: Server): number {
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port');
  return address.port;
}

/** An agent that says its tokens, and can be stopped between two of them. */
function spoken(answer: (message: string) => readonly string[], tokenMs: number): Upstream {
  return {
    start({ message }, sink) {
      const tokens = answer(message);
      let next = 0;
      const say = (): void => {
        const token = tokens[next];
        next += 1;
        if (token === undefined) {
          sink.ended({ ok: true });
          return;
        }
        sink.token(token);
        timer = setTimeout(say, tokenMs);
      };
      let timer = setTimeout(say, tokenMs);
      return () => clearTimeout(timer);
    },
  };
}

class OpenRoom {
  readonly #sockets = new Map<string, RoomSocket>();
  readonly #room: Room;

  constructor(threadId: string, upstream: Upstream) {
    this.#room = new Room(
      { threadId, limits: DEFAULT_RUN_LIMITS, rates: NO_RATES },
      {
        storage: new MemoryStorage(),
        upstream,
        sockets: { get: (id) => this.#sockets.get(id), all: () => this.#sockets.values(), count: 1 },
        clock: CLOCK,
        newId: () => randomUUID(),
        log: () => undefined,
        renew: () => Promise.resolve(succeed(FULL_ACCESS)),
        setAlarm: () => undefined,
      },
    );
  }

  welcome(socket: WebSocket, { url = '/' }: IncomingMessage): void {
    const own = new ServerSocket(socket);
    this.#sockets.set(own.id, own);
    socket.on('message', (data: Buffer, isBinary) => {
      void this.#room.receive(own, isBinary ? data : data.toString('utf8'));
    });
    socket.on('close', () => this.#sockets.delete(own.id));
    void this.#room.connect(
      own,
      parseConnectionQuery(new URL(url, 'http://localhost').searchParams),
      FULL_ACCESS,
    );
  }
}

class ServerSocket implements RoomSocket {
  readonly id = randomUUID();
  session: Session = joining(0, FULL_ACCESS);
  readonly #socket: WebSocket;

  constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  send(text: string): void {
    this.#socket.send(text);
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reason);
  }
}
