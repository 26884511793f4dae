/**
 * What becomes of a run when the agent service misbehaves (rules S3, S5, R3; faults F11 to F16, A10, A11). Each fault is
 * planted with canaries, and at the end nothing of them may be in any frame or line of the whole file.
 */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '#protocol';
import type { RelayClient } from '../support/relay-client.ts';
import { freshThread, useRelay } from '../support/running-relay.ts';
import { useAgent, type AgentCall } from '../support/scripted-agent.ts';

const KEY = 'canary-key-8c1f';
const PROMPT = 'canary-prompt-51d0';
const LEAK = 'canary-upstream-e7a9';

const agent = useAgent();
const relay = useRelay(() => ({ AST_URL: agent.url, AST_API_KEY: KEY }));

interface Asked {
  readonly thread: string;
  readonly client: RelayClient;
  readonly question: string;
  readonly run: string;
}

async function ask(): Promise<Asked> {
  const thread = freshThread();
  const client = await relay.join(thread);
  const question = randomUUID();
  client.send({ type: 'message', content: PROMPT, id: question });
  await client.next('message');
  const { messageId: run = '' } = await client.next('streaming');
  return { thread, client, question, run };
}

interface Failure {
  readonly code: ErrorCode;
  readonly text?: string;
  readonly retryAfterMs?: number;
}

/** Rule S3: what had arrived, one done, one error, the end of streaming; and all of it is stored. */
async function fails(
  { thread, client, run }: Asked,
  { code, text = '', retryAfterMs }: Failure,
): Promise<void> {
  await client.text(text);
  expect(await client.next('done')).toMatchObject({ messageId: run, fullContent: text, status: 'failed' });
  const error = await client.next('error');
  expect(error).toMatchObject({ code, messageId: run, retryable: true });
  expect(error.retryAfterMs).toBe(retryAfterMs);
  expect(await client.next()).toEqual({ type: 'streaming', isStreaming: false, messageId: run, gen: 0 });
  const { messages } = await (await relay.connect(thread)).next('history');
  expect(messages.at(-1)).toMatchObject({ id: run, content: text, status: 'failed', error: { code } });
}

async function worksAgain({ client, question }: Asked): Promise<void> {
  client.send({ type: 'retry', messageId: question });
  (await agent.next()).answer('Better now.');
  expect((await client.end()).at(-2)).toMatchObject({ fullContent: 'Better now.', status: 'complete' });
}

const page = `<!doctype html><title>${LEAK}</title>`;
const json = { 'content-type': 'application/json' };
const html = { 'content-type': 'text/html' };

const faults: readonly (readonly [string, (call: AgentCall) => void, Failure])[] = [
  [
    'F12: the wrong key',
    (call) => call.status(401, json, `{"detail":"${LEAK}"}`),
    { code: 'upstream_rejected' },
  ],
  ['F12: a key without rights', (call) => call.status(403, json, LEAK), { code: 'upstream_rejected' }],
  ['F12: a missing workflow', (call) => call.status(404, json, LEAK), { code: 'upstream_rejected' }],
  ['F12: an invalid request', (call) => call.status(422, json, LEAK), { code: 'upstream_rejected' }],
  ['F12: an internal error', (call) => call.status(500, html, page), { code: 'upstream_failed' }],
  [
    'F12: a gateway error',
    (call) => call.status(503, { ...html, 'retry-after': '2' }, page),
    { code: 'upstream_failed', retryAfterMs: 2000 },
  ],
  [
    'F12: a rate limit',
    (call) => call.status(429, { 'retry-after': '7' }, LEAK),
    { code: 'rate_limited', retryAfterMs: 7000 },
  ],
  [
    'F12: a rate limit without end',
    (call) => call.status(429, { 'retry-after': '86400' }, LEAK),
    { code: 'rate_limited', retryAfterMs: 60_000 },
  ],
  ['F16: a page of HTML', (call) => call.status(200, html, page), { code: 'upstream_failed' }],
  [
    'F15: JSON instead of a stream',
    (call) => call.status(200, json, `{"answer":"${LEAK}"}`),
    { code: 'upstream_failed' },
  ],
  [
    'F15: a stream of something else',
    (call) => call.raw(`data: ${LEAK}\n\n`.repeat(9)),
    { code: 'upstream_failed' },
  ],
  ['F15: an empty answer', (call) => call.status(204), { code: 'upstream_failed' }],
  [
    'an event without an end',
    (call) => call.raw(`data: ${LEAK.repeat(70_000)}`),
    { code: 'upstream_overflow' },
  ],
];

describe('faults before the first word', () => {
  it.each(faults)('%s', async (_name, misbehave, failure) => {
    const asked = await ask();
    misbehave(await agent.next());

    await fails(asked, failure);
    await worksAgain(asked);
  });

  it('F12: an agent that is down, and that works when it is back', async () => {
    await agent.stop();
    const asked = await ask();
    await fails(asked, { code: 'upstream_unreachable' });

    await agent.start();
    await worksAgain(asked);
  });

  it('A10: a redirect is not followed, and the key goes nowhere else', async () => {
    let visits = 0;
    const elsewhere = createServer((_request, response) => {
      visits += 1;
      response.end();
    });
    await new Promise<void>((listening) => elsewhere.listen(0, '127.0.0.1', listening));
    try {
      const address = elsewhere.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      const asked = await ask();
      (await agent.next()).status(307, { location: `http://127.0.0.1:${port}/` });

      await fails(asked, { code: 'upstream_rejected' });
      expect(visits).toBe(0);
    } finally {
      await new Promise((closed) => elsewhere.close(closed));
    }
  });
});

describe('faults in the middle of an answer', () => {
  const middles: readonly (readonly [string, (call: AgentCall) => void, ErrorCode])[] = [
    ['F11: the connection is cut', (call) => call.cut(), 'upstream_truncated'],
    ['F14: the stream ends without [DONE]', (call) => call.close(), 'upstream_truncated'],
    ['the workflow raises an error', (call) => raise(call), 'upstream_failed'],
    ['the workflow raises an error, and no [DONE] follows', (call) => raiseAndLeave(call), 'upstream_failed'],
  ];

  function raise(call: AgentCall): void {
    call.error(`Traceback: ${LEAK}`);
    call.done();
    call.end();
  }

  function raiseAndLeave(call: AgentCall): void {
    call.error(LEAK);
    call.close();
  }

  it.each(middles)('%s: what had arrived is kept', async (_name, misbehave, code) => {
    const asked = await ask();
    const call = await agent.next();
    call.token('The beginning');
    await asked.client.text('The beginning');
    misbehave(call);

    const { client, run } = asked;
    expect(await client.next('done')).toMatchObject({ fullContent: 'The beginning', status: 'failed' });
    expect(await client.next('error')).toMatchObject({ code, messageId: run, retryable: true });
    expect(await client.next('streaming')).toMatchObject({ isStreaming: false, messageId: run });
    await worksAgain(asked);
  });

  it('R3: an answer over 256 KiB is cut there, and the upstream request is closed', async () => {
    const { client } = await ask();
    const call = await agent.next();
    const kib = 'x'.repeat(1024);
    for (let sent = 0; sent < 257; sent += 1) call.token(kib);

    const [done, error] = (await client.end()).slice(-3);
    expect(done).toMatchObject({ type: 'done', status: 'failed', fullContent: kib.repeat(256) });
    expect(error).toMatchObject({ code: 'upstream_overflow' });
    await call.untilClosed();
  });

  it('F35: who connects after a failure sees it in the history, once', async () => {
    const { thread, client, run } = await ask();
    (await agent.next()).status(500);
    await client.end();

    const late = await relay.connect(thread);
    const { messages } = await late.next('history');
    expect(messages.filter(({ id }) => id === run)).toMatchObject([
      { status: 'failed', error: { code: 'upstream_failed' } },
    ]);
    expect(await late.settled()).toEqual([]);
  });
});

describe('after all of these', () => {
  it('S5, A11, A12: nothing of the key, the address, the upstream’s words or the prompt is where it may not be', () => {
    const lines = relay.lines.map(({ text }) => text);
    const frames = relay.clients.flatMap(({ texts }) => texts);
    /** The person's own words come back only as the message and in the history that it is stored in. */
    const others = frames.filter((text) => !/^\{"type":"(?:message|history)"/.test(text));
    expect(
      lines.filter((line) => line.includes('"run_ended"')).length,
      'runs that were logged',
    ).toBeGreaterThan(20);
    expect(others.length).toBeGreaterThan(50);

    const everything = [...lines, ...frames];
    expect(everything.filter((text) => text.includes(KEY))).toEqual([]);
    expect(everything.filter((text) => text.includes(LEAK))).toEqual([]);
    expect(everything.filter((text) => text.includes(new URL(agent.url).host))).toEqual([]);
    expect([...lines, ...others].filter((text) => text.includes(PROMPT))).toEqual([]);
  });
});
