/**
 * An agent service in AST's workflow dialect over real HTTP, whose every answer the test plays by hand: a request waits in
 * `next()` until the test takes it, and gets exactly the bytes that the test gives.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import * as z from 'zod/mini';
import { Inbox, within } from './inbox.ts';

const bodySchema = z.strictObject({ message: z.string().check(z.minLength(1)), threadId: z.string() });

export interface AgentRequest {
  /** Path and query. */
  readonly url: string;
  readonly authorization: string | undefined;
  readonly body: z.infer<typeof bodySchema>;
}

/** One request, and the test's hand on its answer. Every method gives the bytes away at once. */
export class AgentCall {
  readonly request: AgentRequest;
  /** Resolves when the client has gone before the answer was over. */
  readonly closed: Promise<void>;
  readonly #response: ServerResponse;
  #over = false;

  constructor(request: AgentRequest, response: ServerResponse) {
    this.request = request;
    this.#response = response;
    this.closed = new Promise((resolve) => {
      response.once('close', () => {
        if (!this.#over) resolve();
      });
    });
  }

  /** Rejects when the client has not gone in time. */
  async untilClosed(): Promise<void> {
    await within(this.closed, () => 'the relay has not closed its upstream request');
  }

  token(text: string): void {
    this.event({ type: 'token', content: text });
  }

  complete(text: string): void {
    this.event({ type: 'complete', content: text });
  }

  error(text: string): void {
    this.event({ type: 'error', content: text });
  }

  done(threadId = this.request.body.threadId): void {
    this.event({ type: 'done', threadId });
  }

  event(event: unknown): void {
    this.raw(`data: ${asciiJson(event)}\n\n`);
  }

  /** The end as the service makes it. */
  end(): void {
    this.raw('data: [DONE]\n\n');
    this.close();
  }

  /** Ends the answer as HTTP has it, with nothing more said. */
  close(): void {
    this.#over = true;
    this.#response.end();
  }

  /** The whole of a good answer. */
  answer(...tokens: readonly string[]): void {
    for (const token of tokens) this.token(token);
    this.complete(tokens.join(''));
    this.done();
    this.end();
  }

  /** Breaks the connection in the middle. */
  cut(): void {
    this.#over = true;
    this.#response.destroy();
  }

  /** A plain answer instead of a stream. */
  status(code: number, headers: Readonly<Record<string, string>> = {}, body = ''): void {
    this.#over = true;
    this.#response.writeHead(code, headers).end(body);
  }

  /** Bytes as they are, after the head of an event stream when nothing was sent before. */
  raw(bytes: string | Uint8Array): void {
    if (!this.#response.headersSent) {
      this.#response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    }
    this.#response.write(bytes);
  }

  /** Whether the test still owes an end. */
  get isOpen(): boolean {
    return !this.#over && !this.#response.destroyed;
  }
}

/** As Python's `json.dumps` writes it. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

export class ScriptedAgent {
  readonly #server: Server;
  readonly #calls = new Inbox<AgentCall>();
  readonly #all: AgentCall[] = [];
  #port = 0;

  constructor() {
    this.#server = createServer((request, response) => void this.#take(request, response));
    // By default it drops idle connections after five seconds, which may be just when the relay takes one again.
    this.#server.keepAliveTimeout = 0;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** How many requests have come since the start. */
  get requests(): number {
    return this.#all.length;
  }

  /** How many requests no test has taken. */
  get untaken(): number {
    return this.#calls.unread;
  }

  /** The oldest request that was not taken yet, or the next that comes. */
  next(): Promise<AgentCall> {
    return this.#calls.next(() => `no request has come; ${this.requests} in all`);
  }

  async start(): Promise<void> {
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    if (address !== null && typeof address === 'object') this.#port = address.port;
  }

  /** Its port refuses from now on, until `start`. */
  async stop(): Promise<void> {
    if (!this.#server.listening) return;
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  /** Breaks off what a test has left open. */
  cutOpenCalls(): void {
    for (const call of this.#all) if (call.isOpen) call.cut();
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // A relay that was killed may have asked only half.
    const text = await readText(request).catch(() => undefined);
    if (text === undefined) return;
    const body = bodySchema.safeParse(JSON.parse(text));
    if (!body.success) {
      response.writeHead(422, { 'content-type': 'application/json' }).end('{"detail":[]}');
      return;
    }
    const { url = '', headers } = request;
    const call = new AgentCall({ url, authorization: headers.authorization, body: body.data }, response);
    this.#all.push(call);
    this.#calls.push(call);
  }
}

/** One agent for a test file. After each test no request may be left that the test has not taken. */
export function useAgent(): ScriptedAgent {
  const agent = new ScriptedAgent();
  beforeAll(() => agent.start());
  afterEach(() => {
    agent.cutOpenCalls();
    expect(agent.untaken, 'upstream requests that no test expected').toBe(0);
  });
  afterAll(() => agent.stop());
  return agent;
}
