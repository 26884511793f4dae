/** A real HTTP server on a port of its own that plays an agent service. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedRequest {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export type Answer = (response: ServerResponse, request: ReceivedRequest) => void;

export class AgentServer {
  readonly requests: ReceivedRequest[] = [];
  readonly #server: Server;
  /** How the next requests are answered. */
  answer: Answer = (response) => response.end();

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<AgentServer> {
    const server = createServer();
    const agent = new AgentServer(server);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method, url: path, headers } = request;
        const received = { method, path, headers, body: Buffer.concat(chunks).toString() };
        agent.requests.push(received);
        agent.answer(response, received);
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return agent;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    if (!this.#server.listening) return;
    this.#server.close();
    await once(this.#server, 'close');
  }
}

/** Answers with an event stream and these bytes; `end: false` leaves it open. */
export function streams(chunks: readonly (string | Uint8Array)[], { end = true } = {}): Answer {
  return (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    for (const chunk of chunks) response.write(chunk);
    if (end) response.end();
  };
}
