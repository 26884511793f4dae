/**
 * The demo agent as a service: HTTP in, event streams out, on a port of its own. It holds the conversations and the
 * sockets; what is asked is read in `workflow-dialect.ts`, and what is answered is decided in `answer.ts`.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerQuestion } from './answer.ts';
import { Conversations } from './conversation.ts';
import { readDocuments } from './documents.ts';
import { buildLibrary, type Library } from './library.ts';
import { NATURAL_PACE, paced, sleepFor, type Pace, type Sleep } from './pace.ts';
import {
  asciiJson,
  encodeEvent,
  END_OF_STREAM,
  parseWorkflowRequest,
  type InvalidField,
  type WorkflowEvent,
  type WorkflowRequest,
} from './workflow-dialect.ts';

export interface DemoAgentOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Default `127.0.0.1`: the demo is for this machine. */
  readonly host?: string;
  /** When set, requests need `Authorization: Bearer <apiKey>`. */
  readonly apiKey?: string;
  /** Default `wf_ivy`. */
  readonly workflow?: string;
  /** Folder of the project whose documents are searched. */
  readonly root: string;
  /** Default: about as fast as a model. */
  readonly pace?: Pace;
  /** How to wait; tests hold it. */
  readonly sleep?: Sleep;
}

export interface DemoAgent {
  /** Origin without a slash at its end: a relay's `AST_URL`. */
  readonly url: string;
  readonly port: number;
  /** Ends open streams and sockets, and resolves when the port is free. */
  close(): Promise<void>;
}

const BODY_MAX_BYTES = 1024 * 1024;

const JSON_TYPE = { 'content-type': 'application/json' } as const;

interface Service {
  readonly library: Library;
  readonly conversations: Conversations;
  readonly workflow: string;
  readonly apiKey: string | undefined;
  readonly pace: Pace;
  readonly sleep: Sleep;
}

/** Compares digests, because their lengths are equal and their times say nothing. */
function isAuthorized({ headers }: IncomingMessage, apiKey: string | undefined): boolean {
  if (apiKey === undefined) return true;
  const given = /^Bearer (?<key>.+)$/i.exec(headers.authorization ?? '')?.groups?.['key'] ?? '';
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(apiKey));
}

/** @returns undefined as soon as the body is known to be larger than `limitBytes` */
async function readBody(request: IncomingMessage, limitBytes: number): Promise<Uint8Array | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) return undefined;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const body: AsyncIterable<unknown> = request;
  for await (const chunk of body) {
    if (!(chunk instanceof Uint8Array)) continue;
    bytes += chunk.length;
    if (bytes > limitBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function write(response: ServerResponse, text: string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (!response.write(text)) await once(response, 'drain', { signal });
}

/** Rejects with an abort as soon as the client is gone, so nothing is produced for nobody. */
async function streamAnswer(
  service: Service,
  { message, threadId }: WorkflowRequest,
  response: ServerResponse,
): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const send = (event: WorkflowEvent): Promise<void> => write(response, encodeEvent(event), gone.signal);

  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
  });
  response.flushHeaders();
  try {
    const { markdown, turn } = answerQuestion(
      message,
      service.conversations.turnsOf(threadId),
      service.library,
    );
    service.conversations.remember(threadId, turn);
    for await (const content of paced(markdown, service.pace, service.sleep, gone.signal)) {
      await send({ type: 'token', content });
    }
    await send({ type: 'complete', content: markdown });
  } catch (error) {
    if (gone.signal.aborted) return;
    // The dialect has its own way to say that the service failed; the stream still ends as every stream does.
    await send({ type: 'error', content: String(error) });
  }
  await send({ type: 'done', threadId });
  response.end(END_OF_STREAM);
}

/** What a request gets. A refusal is FastAPI's, as AST's are. */
type Verdict =
  | { readonly kind: 'health' }
  | { readonly kind: 'stream'; readonly request: WorkflowRequest }
  | {
      readonly kind: 'refusal';
      readonly status: 401 | 404 | 405 | 413 | 422;
      readonly detail: string | readonly InvalidField[];
      readonly headers?: Readonly<Record<string, string>>;
    };

/** A name that is not valid percent-encoding is taken as it stands: it is no workflow either way. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** The key is asked for first and the body read last, so that a stranger causes as little work as possible. */
async function judge(service: Service, request: IncomingMessage): Promise<Verdict> {
  const path = (request.url ?? '/').replace(/\?.*$/s, '');
  const name = /^\/workflows\/(?<name>[^/]+)\/stream$/.exec(path)?.groups?.['name'];
  const allow = name !== undefined ? 'POST' : path === '/health' ? 'GET' : undefined;
  if (allow === undefined) return { kind: 'refusal', status: 404, detail: 'Not Found' };
  if (request.method !== allow) {
    return { kind: 'refusal', status: 405, detail: 'Method Not Allowed', headers: { allow } };
  }
  if (name === undefined) return { kind: 'health' };

  if (!isAuthorized(request, service.apiKey)) {
    const headers = { 'www-authenticate': 'Bearer' };
    return { kind: 'refusal', status: 401, detail: 'Invalid or missing API key', headers };
  }
  const workflow = decoded(name);
  if (workflow !== service.workflow) {
    return { kind: 'refusal', status: 404, detail: `Workflow ${workflow} not found` };
  }
  const body = await readBody(request, BODY_MAX_BYTES);
  if (body === undefined) {
    return { kind: 'refusal', status: 413, detail: `Request body is larger than ${BODY_MAX_BYTES} bytes` };
  }
  const parsed = parseWorkflowRequest(body);
  return parsed.ok
    ? { kind: 'stream', request: parsed.request }
    : { kind: 'refusal', status: 422, detail: parsed.invalid };
}

async function handle(service: Service, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const verdict = await judge(service, request);
  switch (verdict.kind) {
    case 'stream':
      await streamAnswer(service, verdict.request, response);
      break;
    case 'health':
      response.writeHead(200, JSON_TYPE).end(asciiJson({ status: 'ok' }));
      break;
    case 'refusal':
      // Closes the connection: what is left of the request is not worth reading.
      response
        .writeHead(verdict.status, { ...JSON_TYPE, ...verdict.headers, connection: 'close' })
        .end(asciiJson({ detail: verdict.detail }));
      break;
  }
}

async function listen(server: Server, port: number, host: string): Promise<AddressInfo> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    const busy = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    throw new Error(
      `The demo agent cannot listen on port ${port} of ${host}${busy ? ': it is in use' : ''}`,
      { cause: error },
    );
  }
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The demo agent has no TCP address');
  return address;
}

/**
 * Reads the project's documents and serves answers from them in AST's workflow dialect.
 * @throws Error that names the port, when it cannot be listened on
 */
export async function startDemoAgent(options: DemoAgentOptions): Promise<DemoAgent> {
  const { port, host = '127.0.0.1', workflow = 'wf_ivy', pace = NATURAL_PACE, sleep = sleepFor } = options;
  const service: Service = {
    library: buildLibrary(await readDocuments(options.root)),
    conversations: new Conversations(),
    workflow,
    apiKey: options.apiKey,
    pace,
    sleep,
  };
  const server = createServer((request, response) => {
    // What rejects here is a socket that went away, in the middle of a body or of a stream.
    handle(service, request, response).catch(() => response.destroy());
  });
  const address = await listen(server, port, host);
  return {
    url: `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`,
    port: address.port,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
