/**
 * Nobody makes the relay ask another address than the configured one (A10): whatever a client or the agent service says,
 * the method, the path and the names of the headers are those of a plain question.
 */
import { once } from 'node:events';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import * as z from 'zod/mini';
import { parseJson, roomOfThread } from '#protocol';
import { AgentServer, streams, type ReceivedRequest } from '../support/agent-server.ts';
import { RelayClient, type Query } from '../support/relay-client.ts';
import { freshThread, useRelay } from '../support/running-relay.ts';

const PATH = '/base/workflows/wf_test/stream';
const KEY = 'canary-key-77a0';

let agent: AgentServer;
/** Where the relay has no business. */
let elsewhere: AgentServer;
let plain: ReceivedRequest;

beforeAll(async () => {
  [agent, elsewhere] = [await AgentServer.start(), await AgentServer.start()];
});
const relay = useRelay(() => ({ AST_URL: `${agent.url}/base`, AST_API_KEY: KEY, AST_WORKFLOW: 'wf_test' }));
afterAll(async () => {
  await Promise.all([agent.stop(), elsewhere.stop()]);
});

interface Knock {
  readonly room?: string;
  readonly query?: Query;
  readonly headers?: Readonly<Record<string, string>>;
}

/** By `ws` itself, for the headers of the handshake. */
async function knock({
  room = roomOfThread(freshThread()),
  query = {},
  headers = {},
}: Knock): Promise<RelayClient> {
  const search = new URLSearchParams({ v: '1', ...query }).toString();
  const socket = new WebSocket(`${relay.roomUrl(room)}?${search}`, { headers });
  const client = new RelayClient(socket);
  relay.clients.push(client);
  await once(socket, 'open');
  return client;
}

/** An answer, and a service's name for its thread. */
function answers(threadId = 'thread-of-the-service'): void {
  const events = [
    { type: 'token', content: 'Yes.' },
    { type: 'done', threadId },
  ];
  agent.answer = streams([
    ...events.map((event) => `data: ${JSON.stringify(event)}\n\n`),
    'data: [DONE]\n\n',
  ]);
}

async function ask(client: RelayClient, frame: object = {}): Promise<void> {
  await client.settled();
  client.send({ type: 'message', content: 'Question', ...frame });
  await client.end();
}

const bodySchema = z.strictObject({ message: z.string(), threadId: z.string() });

/** All that the service was asked since the test began. Nobody else was asked at all. */
function expectConfigured(count: number): readonly z.infer<typeof bodySchema>[] {
  expect(elsewhere.requests).toEqual([]);
  expect(agent.requests).toHaveLength(count);
  return agent.requests.map(({ method, path, headers, body }) => {
    expect([method, path]).toEqual(['POST', PATH]);
    expect({ ...headers, 'content-length': '' }).toEqual({ ...plain.headers, 'content-length': '' });
    return bodySchema.parse(parseJson(body));
  });
}

beforeAll(async () => {
  answers();
  const client = await knock({});
  await ask(client);
  const [request] = agent.requests;
  if (request === undefined) throw new Error('the service was not asked');
  plain = request;
  expect(request).toMatchObject({ method: 'POST', path: PATH, headers: { authorization: `Bearer ${KEY}` } });
});

beforeEach(() => {
  agent.requests.length = 0;
  answers();
});

const CRLF = '\r\nHost: 127.0.0.1:9\r\nX-Injected: yes\r\n\r\n';

describe('what a client says', () => {
  const texts: readonly (readonly [string, (there: string) => string])[] = [
    ['an address', (there) => there],
    ['a picture', (there) => `![a](${there}/a.png)`],
    ['a request', (there) => `POST ${there}/ HTTP/1.1${CRLF}`],
    ['a variable', (there) => `AST_URL=${there}`],
    [
      'a body with an address',
      (there) => JSON.stringify({ url: there, method: 'GET', headers: { 'x-injected': 'a' } }),
    ],
    ['an end of the body', (there) => `","url":"${there}","threadId":"`],
    ['a redirect', (there) => `HTTP/1.1 302 Found\r\nLocation: ${there}${CRLF}`],
    ['a file', () => 'file:///etc/passwd'],
    ['the address of a cloud’s secrets', () => 'http://169.254.169.254/latest/meta-data/'],
    ['an event', (there) => `data: {"type":"done","threadId":"${there}"}\n\n`],
  ];

  it.each(texts)('[A10] is text, and nothing more: %s', async (_what, text) => {
    const client = await knock({});
    const content = text(elsewhere.url);
    await ask(client, { content });
    expect(expectConfigured(1)).toMatchObject([{ message: content }]);
  });

  const fields: readonly (readonly [string, (there: string) => object])[] = [
    ['url', (there) => ({ url: there })],
    ['host and port', (there) => ({ host: new URL(there).hostname, port: new URL(there).port })],
    ['method', () => ({ method: 'GET' })],
    ['headers', () => ({ headers: { 'x-injected': 'yes', host: '127.0.0.1:9' } })],
    ['a workflow', () => ({ workflow: '../../admin', AST_WORKFLOW: 'other' })],
    ['upstream', (there) => ({ upstream: { url: there }, AST_URL: there })],
    ['a thread id of its own', (there) => ({ threadId: there, thread_id: there })],
    ['a key', () => ({ apiKey: 'other', authorization: 'Bearer other' })],
    ['a redirect', () => ({ redirect: 'follow' })],
    ['an id that is an address', (there) => ({ id: there })],
    ['an id that is a path', () => ({ id: '../../admin?x=y#z' })],
    ['an id that is a header', () => ({ id: CRLF })],
    ['an id that is a name of the language', () => ({ id: '__proto__' })],
  ];

  it.each(fields)('[A10] beside its text changes no address: %s', async (_what, more) => {
    const client = await knock({});
    await ask(client, more(elsewhere.url));
    const [body] = expectConfigured(1);
    expect(body?.message).toBe('Question');
    expect(body?.threadId).toMatch(/^test-/);
  });

  it('[A10] in a cursor changes no address', async () => {
    const client = await knock({});
    client.send({ type: 'history', cursor: { gen: 0, last: elsewhere.url, run: CRLF, off: 1 } });
    await client.next('history');
    client.send({ type: 'history', before: elsewhere.url, limit: 5 });
    await ask(client);
    expectConfigured(1);
  });

  it('[A10] before it asks to clear, stop or retry changes no address', async () => {
    const client = await knock({});
    client.send({ type: 'clear', url: elsewhere.url, gen: elsewhere.url });
    client.send({ type: 'stop', url: elsewhere.url });
    client.send({ type: 'retry', messageId: elsewhere.url });
    await ask(client);
    expect(expectConfigured(1)[0]?.threadId).toMatch(/^[\da-f-]{36}$/);
  });
});

describe('the handshake', () => {
  const queries: readonly (readonly [string, (there: string) => Query])[] = [
    ['a cursor that is an address', (there) => ({ gen: '0', last: there, run: there, off: '3' })],
    ['a generation that is one', (there) => ({ gen: there })],
    ['a version that is one', (there) => ({ v: there })],
    [
      'the names of variables',
      (there) => ({ AST_URL: there, AST_WORKFLOW: '../admin', AST_API_KEY: 'other' }),
    ],
    ['url, host, target', (there) => ({ url: there, host: there, target: there, upstream: there })],
    ['headers', () => ({ last: CRLF, gen: '1', 'x-injected': CRLF })],
    ['another connection’s id', (there) => ({ _pk: there })],
    ['a token that is an address', (there) => ({ token: there })],
  ];

  it.each(queries)('[A10] with a query changes no address: %s', async (_what, query) => {
    const client = await knock({ query: query(elsewhere.url) });
    await ask(client);
    expectConfigured(1);
  });

  const headers: readonly (readonly [string, (there: string) => Readonly<Record<string, string>>])[] = [
    [
      'forwarded',
      (there) => ({ forwarded: `host=${new URL(there).host};proto=http`, 'x-forwarded-proto': 'gopher' }),
    ],
    [
      'x-forwarded-host',
      (there) => ({ 'x-forwarded-host': new URL(there).host, 'x-host': new URL(there).host }),
    ],
    ['x-original-url', (there) => ({ 'x-original-url': there, 'x-rewrite-url': '/admin' })],
    ['x-http-method-override', () => ({ 'x-http-method-override': 'GET', 'x-http-method': 'DELETE' })],
    ['the names of variables', (there) => ({ ast_url: there, 'ast-url': there, 'x-ast-url': there })],
    ['a key', () => ({ authorization: 'Bearer other', 'x-api-key': 'other', cookie: 'key=other' })],
    ['a proxy', (there) => ({ proxy: there, 'proxy-authorization': 'Basic b3RoZXI=', via: there })],
    [
      'a page',
      () => ({ referer: 'http://169.254.169.254/', 'user-agent': 'injected', 'accept-language': 'xx' }),
    ],
    [
      'a tracing id',
      () => ({ traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', 'x-request-id': 'a' }),
    ],
    [
      'headers of the platform',
      (there) => ({ 'cf-connecting-ip': '10.0.0.1', 'x-partykit-room': there, 'x-partykit-props': '{}' }),
    ],
  ];

  it.each(headers)('[A10] with headers changes no address, and passes none on: %s', async (_what, more) => {
    const client = await knock({ headers: more(elsewhere.url) });
    await ask(client);
    expectConfigured(1);
  });

  const rooms: readonly (readonly [string, (host: string) => string])[] = [
    ['an address', (host) => `ivy_http%3A%2F%2F${host}%2Fa`],
    ['somebody at a host', (host) => `ivy_a@${host}`],
    ['a path', () => 'ivy_%2e%2e%2f%2e%2e%2fadmin'],
    ['a header', () => 'ivy_a%0d%0aHost%3A%20b'],
    ['a query', () => 'ivy_a%3Furl=b'],
    ['an end', () => 'ivy_a%00'],
  ];

  it.each(rooms)('[A10] for a room that is %s asks nobody', async (_what, room) => {
    const client = await knock({ room: room(new URL(elsewhere.url).host) });
    expect(await client.next()).toMatchObject({ type: 'error', code: 'bad_frame' });
    expect(await client.closed).toMatchObject({ code: 4400 });
    expectConfigured(0);
  });
});

describe('what the agent service says', () => {
  const names: readonly (readonly [string, (there: string) => string])[] = [
    ['an address', (there) => there],
    ['a path', () => '../../admin'],
    ['a query', () => '?url=b#c'],
    ['a header', () => `a${CRLF}`],
    ['somebody at a host', (there) => `a@${new URL(there).host}`],
    ['a name of the language', () => '__proto__'],
  ];

  it.each(names)('[A10] of its thread is a value in the body: %s', async (_what, name) => {
    const threadId = name(elsewhere.url);
    answers(threadId);
    const client = await knock({});
    await ask(client);
    await ask(client);
    expect(expectConfigured(2)[1]?.threadId).toBe(threadId);
  });

  it.each([301, 302, 303, 307, 308])(
    '[A10] by a %i leads nowhere, neither away nor to itself',
    async (status) => {
      const client = await knock({});
      await client.next('history');
      const places = [
        `${elsewhere.url}/`,
        `${agent.url}/base/workflows/wf_test/other`,
        '/other',
        '//127.0.0.1:9/',
      ];
      for (const location of places) {
        agent.answer = (response) => response.writeHead(status, { location }).end();
        client.send({ type: 'message', content: 'Question' });
        const frames = await client.end();
        expect(frames.at(-2)).toMatchObject({ type: 'error', code: 'upstream_rejected' });
      }
      expectConfigured(places.length);
    },
  );
});
