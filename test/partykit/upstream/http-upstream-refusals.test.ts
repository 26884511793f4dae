/** What a service answers instead of an answer. Its words, its headers and the key are in nothing that the room hears (S5). */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { astWorkflow } from '../../../partykit/upstream/ast-workflow.ts';
import { httpUpstream } from '../../../partykit/upstream/http-upstream.ts';
import { AgentServer } from '../../support/agent-server.ts';
import { UpstreamRecorder } from '../../support/upstream-recorder.ts';

const KEY = 'sk-c4n4ry-key';
const CANARY = 'c4n4ry';
let server: AgentServer;

const ask = () =>
  new UpstreamRecorder(httpUpstream(astWorkflow({ url: server.url, apiKey: KEY, workflow: 'wf_ivy' })));

async function outcomeOf(status: number, headers: Record<string, string>, body = `{"detail":"${CANARY}"}`) {
  server.answer = (response) => response.writeHead(status, headers).end(body);
  const run = ask();
  const outcome = await run.ended;
  expect(run.tokens).toEqual([]);
  expect(JSON.stringify(outcome)).not.toContain(CANARY);
  expect(JSON.stringify(outcome)).not.toContain(server.url);
  return outcome;
}

beforeEach(async () => {
  server = await AgentServer.start();
});

afterEach(async () => {
  await server.stop();
});

describe('a service that refuses', () => {
  it.each([
    [401, 'upstream_rejected'],
    [403, 'upstream_rejected'],
    [404, 'upstream_rejected'],
    [422, 'upstream_rejected'],
    [429, 'rate_limited'],
    [500, 'upstream_failed'],
    [502, 'upstream_failed'],
  ])('[F12] with %i fails the run with %s', async (status, code) => {
    const outcome = await outcomeOf(status, { 'content-type': 'application/json', 'x-trace': CANARY });
    expect(outcome).toMatchObject({ ok: false, code, retryAfterMs: undefined });
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    ['7', 7000],
    ['0', 0],
    ['60', 60_000],
    ['3600', 60_000],
    ['Wed, 21 Oct 2026 07:28:00 GMT', undefined],
    ['-1', undefined],
    ['1.5', undefined],
    ['99999999999999999999', undefined],
  ])('[F12] with 429 and Retry-After %s says to wait %s ms', async (retryAfter, retryAfterMs) => {
    expect(await outcomeOf(429, { 'retry-after': retryAfter })).toMatchObject({
      code: 'rate_limited',
      retryAfterMs,
    });
  });

  it.each([301, 302, 303, 307, 308])('[A10] with a %i is not followed', async (status) => {
    const elsewhere = await AgentServer.start();
    try {
      const outcome = await outcomeOf(status, { location: `${elsewhere.url}/${CANARY}` });
      expect(outcome).toMatchObject({ ok: false, code: 'upstream_rejected' });
      expect(elsewhere.requests).toEqual([]);
    } finally {
      await elsewhere.stop();
    }
  });
});

describe('a service that answers something else', () => {
  it.each([
    ['[F16] a page', 'text/html; charset=utf-8', `<h1>${CANARY}</h1>`, 'text/html'],
    ['[F15] JSON', 'application/json', `{"content":"${CANARY}"}`, 'application/json'],
    ['[F15] plain text', 'text/plain', CANARY, 'text/plain'],
    ['a type that begins alike', 'text/event-streaming', `data: ${CANARY}\n\n`, ''],
    ['[S5] a type of its own making', `x-${CANARY}/${CANARY}`, CANARY, ''],
  ])('%s with 200 fails the run, unread', async (_what, type, body, hint) => {
    const outcome = await outcomeOf(200, { 'content-type': type }, body);
    expect(outcome).toMatchObject({ ok: false, code: 'upstream_failed' });
    expect(outcome).toHaveProperty('hint', expect.stringContaining(hint));
  });

  it('[F15] nothing at all fails the run', async () => {
    expect(await outcomeOf(200, {}, '')).toMatchObject({ ok: false, code: 'upstream_failed' });
    expect(await outcomeOf(204, {}, '')).toMatchObject({ ok: false });
  });

  it('[S5] an exception fails the run, and its text is nowhere', async () => {
    const events = [
      { type: 'error', content: `KeyError: ${CANARY} ${KEY}` },
      { type: 'done', threadId: 'thread-1' },
    ];
    const body = events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('') + 'data: [DONE]\n\n';
    expect(await outcomeOf(200, { 'content-type': 'text/event-stream' }, body)).toMatchObject({
      ok: false,
      code: 'upstream_failed',
    });
  });
});
