/**
 * What may get out and may not (A11, A12): canaries stand for the key, a token, a person's words, the agent service's, its
 * address and the thread's id, and every fault from F07 to F16 is played with them. Afterwards nothing of them may be in any
 * frame, any answer over HTTP and any line, but for a person's words in their own thread.
 */
import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import * as z from 'zod/mini';
import { parseJson } from '#protocol';
import { within } from '../support/inbox.ts';
import { toldAtTheDoor } from '../support/refused-handshake.ts';
import type { RelayClient } from '../support/relay-client.ts';
import { useRelay } from '../support/running-relay.ts';
import { useAgent, type AgentCall } from '../support/scripted-agent.ts';

const CANARY = {
  key: 'canary-key-5f1c',
  metricsToken: 'canary-metrics-token-91ab',
  token: 'canary-user-token-0c2e',
  prompt: 'canary-prompt-d3b7',
  /** In bodies, headers and events of the agent service. */
  words: 'canary-words-64ef',
  path: 'canary-path-7a90',
  thread: 'canary-thread-28c4',
} as const;
const UPSTREAM_THREAD = 'canary-upstream-thread-b6d1';

const agent = useAgent();
const relay = useRelay(() => ({
  AST_URL: `${agent.url}/${CANARY.path}`,
  AST_API_KEY: CANARY.key,
  METRICS_TOKEN: CANARY.metricsToken,
  RUN_IDLE_LIMIT_MS: '2500',
}));

const freshCanary = (): string => `${CANARY.thread}-${randomUUID()}`;
const join = (thread: string): Promise<RelayClient> => relay.join(thread, { v: '1', token: CANARY.token });

interface Asked {
  readonly thread: string;
  readonly client: RelayClient;
}

async function ask(): Promise<Asked> {
  const thread = freshCanary();
  const client = await join(thread);
  client.send({ type: 'message', content: `${CANARY.prompt} for the agent`, id: randomUUID() });
  await client.next('message');
  await client.next('streaming');
  return { thread, client };
}

/** Everything in an answer that is the service's own. */
const HEADERS = {
  'x-trace': CANARY.words,
  'set-cookie': `session=${CANARY.words}`,
  'www-authenticate': `Bearer realm="${CANARY.words}"`,
  location: `http://127.0.0.1:9/${CANARY.words}`,
  'retry-after': '1',
};
const typed = (type: string): Readonly<Record<string, string>> => ({ ...HEADERS, 'content-type': type });
const TRACE = `Traceback: ${CANARY.words} Authorization: Bearer ${CANARY.key}`;

describe('a fault of the agent service', () => {
  const faults: readonly (readonly [string, (call: AgentCall) => void])[] = [
    ['F11: it resets the connection', (call) => call.cut()],
    ...[301, 400, 401, 403, 404, 422, 429, 500, 502, 503].map(
      (status) =>
        [
          `F12: it answers ${status}`,
          (call: AgentCall) => call.status(status, typed('application/json'), TRACE),
        ] as const,
    ),
    ['F12: it closes without a word', (call) => call.cut()],
    ['F13: it stalls', (call) => call.event({ type: 'progress', content: CANARY.words })],
    ['F14: its stream ends too early', (call) => call.close()],
    ['F15: it answers JSON', (call) => call.status(200, typed('application/json'), `{"answer":"${TRACE}"}`)],
    ['F15: it answers text', (call) => call.status(200, typed('text/plain'), TRACE)],
    ['F15: it answers a type of its own', (call) => call.status(200, typed(`x/${CANARY.words}`), TRACE)],
    ['F15: it answers nothing', (call) => call.status(204, HEADERS)],
    ['F16: it answers a page', (call) => call.status(200, typed('text/html'), `<h1>${TRACE}</h1>`)],
    ['it raises an error', (call) => raise(call)],
    ['it speaks otherwise', (call) => call.raw(`event: ${CANARY.words}\ndata: ${TRACE}\n\n`.repeat(5))],
    ['its event has no end', (call) => call.raw(`data: ${TRACE.repeat(20_000)}`)],
  ];

  function raise(call: AgentCall): void {
    call.error(TRACE);
    call.done(UPSTREAM_THREAD);
    call.end();
  }

  it.each(faults)('[A11] before the first word: %s', async (_what, misbehave) => {
    const { client } = await ask();
    misbehave(await agent.next());
    const [done, error] = (await client.end()).slice(-3);
    expect(done).toMatchObject({ type: 'done', status: 'failed', fullContent: '' });
    expect(error).toMatchObject({ type: 'error' });
  });

  it.each(faults.filter(([what]) => !/answers|word/.test(what)))(
    '[A11] in mid-answer: %s',
    async (_what, misbehave) => {
      const { client } = await ask();
      const call = await agent.next();
      call.token('The beginning');
      await client.text('The beginning');
      misbehave(call);
      expect((await client.end()).at(-3)).toMatchObject({
        type: 'done',
        status: 'failed',
        fullContent: 'The beginning',
      });
    },
  );

  it('[A11] before it can be asked: F12, it is down', async () => {
    await agent.stop();
    const { client } = await ask();
    expect((await client.end()).at(-2)).toMatchObject({ code: 'upstream_unreachable' });
    await agent.start();
  });

  it('[A11] is none when it names its thread, and is asked by that', async () => {
    const { client } = await ask();
    const first = await agent.next();
    first.token('Yes.');
    first.done(UPSTREAM_THREAD);
    first.end();
    await client.end();
    client.send({ type: 'message', content: CANARY.prompt });
    const second = await agent.next();
    expect(second.request.body.threadId).toBe(UPSTREAM_THREAD);
    second.answer('Again.');
    await client.end();
  });
});

describe('a relay that is killed', () => {
  async function restart(): Promise<void> {
    await relay.kill();
    await relay.start();
    agent.cutOpenCalls();
  }

  async function expectInterrupted(threads: readonly string[]): Promise<void> {
    for (const thread of threads) {
      const { messages } = await (
        await relay.connect(thread, { v: '1', token: CANARY.token })
      ).next('history');
      expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant']);
    }
  }

  it('[A11] F07, F08, F09: in mid-answer, before it, and when it has just ended', async () => {
    const [midway, before, ended] = [await ask(), await ask(), await ask()];
    const [first, , third] = [await agent.next(), await agent.next(), await agent.next()];
    first.token('The beginning');
    await midway.client.text('The beginning');
    await midway.client.settled();
    third.answer('Everything.');
    await restart();
    await expectInterrupted([midway, before, ended].map(({ thread }) => thread));
  });

  it('[A11] F10: again and again during one run', async () => {
    const { thread } = await ask();
    await agent.next();
    for (let times = 0; times < 3; times += 1) await restart();
    await expectInterrupted([thread]);
  });
});

const LINE_BREAKS = '\r\n{"event":"forged"}\u2028{"event":"forged"}\u0085\u001b[2J\u001b]0;forged\u0007';

describe('text that would be a line of its own', () => {
  it('[A12] from a client is in no line', async () => {
    const client = await relay.connect(freshCanary(), {
      v: '1',
      token: CANARY.token + LINE_BREAKS,
      gen: LINE_BREAKS,
      last: LINE_BREAKS,
    });
    client.send({ type: `forged${LINE_BREAKS}` });
    client.send(LINE_BREAKS);
    client.send({ type: 'message', content: '', id: LINE_BREAKS });
    client.send({ type: 'retry', messageId: LINE_BREAKS });
    client.send({ type: 'history', before: LINE_BREAKS, limit: 1000 });
    client.send({ type: 'message', content: LINE_BREAKS, id: LINE_BREAKS });
    (await agent.next()).status(500, typed('text/plain'), LINE_BREAKS);
    await client.take(({ type }) => type === 'done');
  });

  it('[A12] from the agent service is in no line', async () => {
    const { client } = await ask();
    const call = await agent.next();
    call.raw(`event: ${LINE_BREAKS}\n\n`);
    call.error(LINE_BREAKS);
    call.done(LINE_BREAKS);
    call.end();
    await client.end();
  });
});

describe('a client that breaks the rules of the line', () => {
  const MASK = [0, 0, 0, 0];
  const breaches: readonly (readonly [string, readonly number[]])[] = [
    ['without a mask', [0x81, 5, ...Buffer.from('hello')]],
    ['of a kind that is none', [0x8f, 0x80, ...MASK]],
    ['with bits that mean nothing', [0xf1, 0x80, ...MASK]],
    ['of text that is no UTF-8', [0x81, 0x82, ...MASK, 0xc3, 0x28]],
    ['that goes on from nothing', [0x80, 0x80, ...MASK]],
    ['of more than the platform takes', [0x81, 0xff, 0, 0, 0, 0x7f, 0xff, 0xff, 0xff, 0xff, ...MASK]],
    ['that closes with a code that is none', [0x88, 0x82, ...MASK, 0, 5]],
  ];

  it.each(breaches)('[A12] by a frame %s is in no line by its thread', async (_how, bytes) => {
    const path = `/parties/main/ivy_${freshCanary()}?v=1&token=${CANARY.token}`;
    const socket = new WebSocket(`ws://${relay.host}${path}`);
    const raw = new Promise<Socket>((resolve) => {
      socket.once('upgrade', (response) => resolve(response.socket));
    });
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => undefined);
    await new Promise((resolve) => socket.once('message', resolve));
    (await raw).end(Buffer.from(bytes));
    await within(closed, () => 'the line stays open');
  });
});

interface Answer {
  readonly path: string;
  readonly status: number;
  readonly text: string;
}

/** Status, headers and body: all that comes back. */
async function request(path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(`http://${relay.host}${path}`, { ...init, redirect: 'manual' });
  const text = `${JSON.stringify([...response.headers])}\n${await response.text()}`;
  return { path, status: response.status, text };
}

describe('after all of these', () => {
  const answers: Answer[] = [];

  /** The lines of the relay itself; a development server writes down each address, also with the thread in it. */
  const ownLines = (): readonly string[] =>
    relay.lines.filter(({ kind }) => kind !== 'chatter').map(({ text }) => text);

  it('[A11] an answer over HTTP is one of a few, whatever is asked for', async () => {
    const query = `?token=${CANARY.token}&key=${CANARY.key}`;
    const thread = freshCanary();
    const authorization = `Bearer ${CANARY.token}`;
    const paths = [
      `/health${query}`,
      `/metrics${query}`,
      `/nowhere/${thread}${query}`,
      `/parties/main/ivy_${thread}${query}`,
      `/parties/main/ivy_${thread}/more${query}`,
      `/parties/main/${thread}${query}`,
      `/parties/unknown/ivy_${thread}${query}`,
      `//parties//unknown//ivy_${thread}${query}`,
      `/parties/./unknown/ivy_${thread}${query}`,
      `/parties/%75nknown/ivy_${thread}${query}`,
      `/parties/metrics/all${query}`,
      `/parties/budget/all${query}`,
      `/party/ivy_${thread}${query}`,
      `/parties${query}`,
    ];
    for (const path of paths) {
      answers.push(await request(path), await request(path, { headers: { authorization } }));
    }
    const metrics = await request('/metrics', {
      headers: { authorization: `Bearer ${CANARY.metricsToken}` },
    });
    expect(metrics.text).toContain('ivy_connections_total');
    answers.push(metrics);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 401, 404]));
    for (const { text, path } of answers) {
      for (const [name, canary] of Object.entries(CANARY))
        expect(text, `${name} in ${path}`).not.toContain(canary);
    }
  });

  it('[A11] a socket for another kind of room is told nothing of it', async () => {
    for (const party of ['unknown', 'metrics', 'Main', 'constructor', '__proto__']) {
      const path = `/parties/${party}/ivy_${freshCanary()}?v=1&token=${CANARY.token}`;
      const told = await toldAtTheDoor(relay.host, path);
      expect(told).not.toContain('canary');
    }
  });

  it('[A11] nothing that was planted is in a frame, but for a person’s words in their thread', () => {
    const frames = relay.clients.flatMap(({ texts }) => texts);
    expect(frames.length).toBeGreaterThan(150);
    for (const [name, canary] of Object.entries({ ...CANARY, prompt: UPSTREAM_THREAD })) {
      expect(
        frames.filter((text) => text.includes(canary)),
        name,
      ).toEqual([]);
    }
    const others = frames.filter((text) => !/^\{"type":"(?:message|history)"/.test(text));
    expect(others.filter((text) => text.includes(CANARY.prompt))).toEqual([]);
    for (const { texts } of relay.clients) {
      const said = texts.filter((text) => text.includes(CANARY.prompt));
      expect(said.every((text) => text.includes('"role":"user"'))).toBe(true);
    }
    expect(frames.filter((text) => text.includes(agent.url.slice('http://'.length)))).toEqual([]);
  });

  it('[A11, A12] nothing that was planted is in a line', async () => {
    await vi.waitUntil(() => ownLines().filter((text) => text.includes('"run_ended"')).length > 25, {
      timeout: 10_000,
    });
    const { thread, ...secrets } = { ...CANARY, upstreamThread: UPSTREAM_THREAD, forged: 'forged' };
    for (const [name, canary] of Object.entries(secrets)) {
      expect(
        relay.lines.filter(({ text }) => text.includes(canary)).map(({ text }) => text),
        name,
      ).toEqual([]);
    }
    expect(ownLines().filter((text) => text.includes(thread))).toEqual([]);
    expect(ownLines().filter((text) => text.includes(new URL(agent.url).host))).toEqual([]);
  });

  it('[A12] every line of the relay is JSON of its own, and names a thread by its fingerprint', () => {
    const entry = z.looseObject({ event: z.string(), thread: z.string().check(z.regex(/^[\da-f]{16}$/)) });
    const lines = relay.lines.filter(({ kind }) => kind === 'log').map(({ text }) => text);
    expect(lines.length).toBeGreaterThan(60);
    for (const line of lines) {
      expect(line).toMatch(/^[\x20-\x7e]+$/);
      expect(entry.safeParse(parseJson(line)).success, line).toBe(true);
    }
  });
});
