import { once } from 'node:events';
import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { startDemoAgent, type DemoAgent, type DemoAgentOptions } from '../../../demo/agent/agent-server.ts';
import type { Sleep } from '../../../demo/agent/pace.ts';
import { FIXTURE_ROOT } from './fixture-library.ts';

const eventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('token'), content: z.string() }),
  z.object({ type: z.literal('complete'), content: z.string() }),
  z.object({ type: z.literal('done'), threadId: z.string() }),
]);

const agents: DemoAgent[] = [];
afterEach(async () => {
  await Promise.all(agents.splice(0).map((agent) => agent.close()));
});

async function start(options: Partial<DemoAgentOptions> = {}): Promise<DemoAgent> {
  const agent = await startDemoAgent({
    port: 0,
    root: FIXTURE_ROOT,
    pace: { firstTokenMs: 0, tokenMs: 0 },
    ...options,
  });
  agents.push(agent);
  return agent;
}

interface Ask {
  readonly body?: string;
  readonly threadId?: string;
  readonly headers?: Record<string, string>;
  readonly workflow?: string;
  readonly signal?: AbortSignal;
}

const ask = (
  agent: DemoAgent,
  message: string,
  { threadId = 't1', workflow = 'wf_ivy', ...init }: Ask = {},
): Promise<Response> =>
  fetch(`${agent.url}/workflows/${workflow}/stream`, {
    method: 'POST',
    body: JSON.stringify({ message, threadId }),
    ...init,
  });

const dataOf = (stream: string): readonly string[] =>
  stream
    .split('\n\n')
    .slice(0, -1)
    .map((event) => event.replace(/^data: /, ''));

const eventsOf = (stream: string): readonly z.infer<typeof eventSchema>[] =>
  dataOf(stream)
    .slice(0, -1)
    .map((data) => eventSchema.parse(JSON.parse(data)));

async function answerTo(agent: DemoAgent, message: string, threadId?: string): Promise<string> {
  const response = await ask(agent, message, threadId === undefined ? {} : { threadId });
  return eventsOf(await response.text())
    .map((event) => (event.type === 'token' ? event.content : ''))
    .join('');
}

/** Time that stands still: each sleep lasts until it is released or aborted. */
class HeldTime {
  readonly #sleeping: (() => void)[] = [];
  #woken: (() => void) | undefined;
  sleeps = 0;
  aborted = 0;

  readonly sleep: Sleep = (_ms, signal) =>
    new Promise((resolve, reject) => {
      this.sleeps += 1;
      this.#sleeping.push(resolve);
      signal.addEventListener('abort', () => {
        this.aborted += 1;
        reject(new Error('aborted'));
        this.#woken?.();
      });
      this.#woken?.();
    });

  /** Resolves when something was put to sleep or woken by an abort. */
  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) {
      await new Promise<void>((resolve) => {
        this.#woken = resolve;
      });
    }
  }

  release(): void {
    this.#sleeping.shift()?.();
  }
}

describe('a stream', () => {
  it('is tokens, the whole, done with the thread, and the end', async () => {
    const agent = await start();
    const response = await ask(agent, 'How do I change the port?', { threadId: 'thread-7' });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    const stream = await response.text();
    const events = eventsOf(stream);
    const tokens = events.flatMap((event) => (event.type === 'token' ? [event.content] : []));
    expect(tokens.length).toBeGreaterThan(10);
    expect(tokens.join('')).toContain('RELAY_PORT=4000 npm start');
    expect(events.slice(tokens.length)).toEqual([
      { type: 'complete', content: tokens.join('') },
      { type: 'done', threadId: 'thread-7' },
    ]);
    expect(stream.endsWith('\n\ndata: [DONE]\n\n')).toBe(true);
  });

  it('is ASCII, whatever it says', async () => {
    const stream = await (await ask(await start(), 'olá')).text();
    expect(stream).toMatch(/^[\x20-\x7e\n]+$/);
    expect(stream).toContain('Ol\\u00e1');
    expect(eventsOf(stream).at(-2)).toMatchObject({ content: expect.stringMatching(/^Olá!/) as unknown });
  });

  it('remembers each thread, and only that', async () => {
    const agent = await start();
    await answerTo(agent, 'Which port is the default?', 'a');
    expect(await answerTo(agent, 'and how do I change it?', 'a')).toMatch(/^Still about \*\*Ports\*\*/);
    expect(await answerTo(agent, 'more', 'b')).toMatch(/^There is nothing to continue yet/);
  });

  it('begins at once, and comes at its pace', async () => {
    const time = new HeldTime();
    const agent = await start({ pace: { firstTokenMs: 400, tokenMs: 25 }, sleep: time.sleep });
    const response = await ask(agent, 'hi');
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    await time.until(() => time.sleeps === 1);
    time.release();
    expect((await reader?.read())?.value).toBe('data: {"type":"token","content":"Hello"}\n\n');
    await time.until(() => time.sleeps === 2);
    time.release();
    expect((await reader?.read())?.value).toBe('data: {"type":"token","content":"!"}\n\n');
  });

  it('stops being produced when the client leaves', async () => {
    const time = new HeldTime();
    const agent = await start({ pace: { firstTokenMs: 400, tokenMs: 25 }, sleep: time.sleep });
    const leaving = new AbortController();
    const response = await ask(agent, 'hi', { signal: leaving.signal });
    await time.until(() => time.sleeps === 1);
    time.release();
    await time.until(() => time.sleeps === 2);
    leaving.abort();
    await expect(response.text()).rejects.toThrow();
    await time.until(() => time.aborted === 2);
    await agent.close();
    expect(time.sleeps).toBe(2);
  });
});

describe('a refusal', () => {
  const detailOf = async (response: Response): Promise<unknown> =>
    z.object({ detail: z.unknown() }).parse(await response.json()).detail;

  it('is 404 for another workflow', async () => {
    const response = await ask(await start(), 'hi', { workflow: 'wf_other' });
    expect(response.status).toBe(404);
    expect(await detailOf(response)).toBe('Workflow wf_other not found');
  });

  it('is 404 for the default workflow when another is configured', async () => {
    const agent = await start({ workflow: 'wf_mine' });
    expect((await ask(agent, 'hi')).status).toBe(404);
    expect((await ask(agent, 'hi', { workflow: 'wf_mine' })).status).toBe(200);
  });

  it.each(['/', '/workflows', '/workflows/wf_ivy', '/workflows/wf_ivy/stream/x', '/workflows/%zz/stream'])(
    'is 404 for %s',
    async (path) => {
      const response = await fetch((await start()).url + path, { method: 'POST', body: '{}' });
      expect(response.status).toBe(404);
    },
  );

  it.each([
    ['no key', {}],
    ['another key', { authorization: 'Bearer other' }],
    ['another scheme', { authorization: 'Basic key-1' }],
    ['a part of the key', { authorization: 'Bearer key-' }],
  ])('is 401 for %s', async (_what, headers) => {
    const response = await ask(await start({ apiKey: 'key-1' }), 'hi', { headers });
    expect(response.status).toBe(401);
    expect(await detailOf(response)).toEqual(expect.any(String));
  });

  it('is not for who has the key', async () => {
    const agent = await start({ apiKey: 'key-1' });
    expect((await ask(agent, 'hi', { headers: { authorization: 'Bearer key-1' } })).status).toBe(200);
  });

  it.each(['', '{', '{}', '{"message":""}', '{"message":"  "}', '{"message":7}'])(
    'is 422 for the body %j',
    async (body) => {
      const response = await ask(await start(), '', { body });
      expect(response.status).toBe(422);
      expect(await detailOf(response)).toEqual([
        expect.objectContaining({ loc: expect.arrayContaining(['body']) as unknown }),
      ]);
    },
  );

  it.each([
    ['GET', '/workflows/wf_ivy/stream', 'POST'],
    ['PUT', '/workflows/wf_ivy/stream', 'POST'],
    ['POST', '/health', 'GET'],
  ])('is 405 for %s %s', async (method, path, allowed) => {
    const response = await fetch((await start()).url + path, { method });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe(allowed);
  });

  const open = (agent: DemoAgent, headers: Record<string, string>): ClientRequest =>
    httpRequest(`${agent.url}/workflows/wf_ivy/stream`, { method: 'POST', headers });

  const statusOf = async (request: ClientRequest): Promise<number | undefined> => {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      request.once('response', resolve).once('error', reject);
    });
    request.destroy();
    return response.statusCode;
  };

  it('is 413 for a body that is announced as too large, before it comes', async () => {
    const request = open(await start(), { 'content-length': String(1024 * 1024 + 1) });
    request.flushHeaders();
    expect(await statusOf(request)).toBe(413);
  });

  it('is 413 for a body that turns out to be too large, before its end', async () => {
    const request = open(await start(), { 'transfer-encoding': 'chunked' });
    request.write('x'.repeat(1024 * 1024 + 1));
    expect(await statusOf(request)).toBe(413);
  });
});

describe('the service', () => {
  it('is healthy, with or without a key', async () => {
    const response = await fetch(`${(await start({ apiKey: 'key-1' })).url}/health?x=1`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: 'ok' });
  });

  it('names the port that it cannot have', async () => {
    const { port } = await start();
    await expect(start({ port })).rejects.toThrow(new RegExp(`port ${port} .*in use`));
  });

  it('listens on this machine only, at the address that it tells', async () => {
    const { url, port } = await start();
    expect(url).toBe(`http://127.0.0.1:${port}`);
  });

  it('starts without any documents', async () => {
    const agent = await start({ root: `${FIXTURE_ROOT}/nowhere` });
    expect(await answerTo(agent, 'What is the port?')).toContain('no documents');
  });

  it('outlives a client that leaves in the middle of its request', async () => {
    const agent = await start();
    const socket = connect(agent.port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write(
      'POST /workflows/wf_ivy/stream HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{"message"',
    );
    socket.resetAndDestroy();
    expect((await fetch(`${agent.url}/health`)).status).toBe(200);
  });

  it('ends open streams and idle sockets when it is closed, and frees the port', async () => {
    const time = new HeldTime();
    const agent = await start({ pace: { firstTokenMs: 400, tokenMs: 25 }, sleep: time.sleep });
    const idle = connect(agent.port, '127.0.0.1');
    await once(idle, 'connect');
    idle.on('error', () => undefined);
    const response = await ask(agent, 'hi');
    await time.until(() => time.sleeps === 1);
    const ended = expect(response.text()).rejects.toThrow();
    await agent.close();
    await ended;
    expect(time.aborted).toBe(1);
    const again = await start({ port: agent.port });
    expect(again.port).toBe(agent.port);
  });

  it('may be closed twice', async () => {
    const agent = await start();
    await agent.close();
    await expect(agent.close()).resolves.toBeUndefined();
  });
});
