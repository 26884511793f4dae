/**
 * What may get out of an adapter when its service misbehaves (A11, S5): canaries stand for the key, a header, the system
 * prompt, what people wrote, the address, and all that the service says. None is in what the room hears.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../../partykit/env.ts';
import { upstreamOf } from '../../../partykit/upstream/service.ts';
import { AgentServer, streams, type Answer } from '../../support/agent-server.ts';
import { userMessage } from '../../support/messages.ts';
import { UpstreamRecorder } from '../../support/upstream-recorder.ts';

let server: AgentServer;

beforeAll(async () => {
  server = await AgentServer.start();
});

afterAll(async () => {
  await server.stop();
});

const TRACE = 'Traceback: canary-words Authorization: Bearer canary-key';
const url = () => `${server.url}/canary-path`;
const UPSTREAM_HEADERS = '{"X-Api-Key": "canary-header"}';

/** Each with what it is told when it fails. */
const services: readonly (readonly [string, () => Record<string, string>, unknown])[] = [
  [
    'an AST workflow',
    () => ({ AST_URL: url(), AST_API_KEY: 'canary-key' }),
    { type: 'error', content: TRACE },
  ],
  [
    'an AST agent',
    () => ({ AST_URL: url(), AST_API_KEY: 'canary-key', AST_DIALECT: 'agent' }),
    { type: 'error', content: TRACE },
  ],
  [
    'a model',
    () => ({
      UPSTREAM: 'openai',
      OPENAI_BASE_URL: url(),
      OPENAI_API_KEY: 'canary-key',
      OPENAI_MODEL: 'small',
      OPENAI_SYSTEM_PROMPT: 'canary-prompt',
    }),
    { error: { message: TRACE, code: 'canary-words', type: 'canary-words' } },
  ],
  [
    'an AG-UI agent',
    () => ({ UPSTREAM: 'ag-ui', AGUI_URL: url(), AGUI_API_KEY: 'canary-key' }),
    { type: 'RUN_ERROR', message: TRACE, code: 'canary-words' },
  ],
];

const HEADERS = {
  'x-trace': 'canary-words',
  'set-cookie': 'session=canary-words',
  'www-authenticate': 'Bearer realm="canary-words"',
  location: 'http://127.0.0.1:9/canary-words',
  'retry-after': '1',
};

const status = (code: number, type = 'application/json'): Answer => {
  return (response) => response.writeHead(code, { ...HEADERS, 'content-type': type }).end(TRACE);
};

const faults: readonly (readonly [string, (failed: unknown) => Answer])[] = [
  ...[301, 400, 401, 402, 403, 404, 405, 422, 429, 500, 503].map(
    (code) => [`it answers ${code}`, () => status(code)] as const,
  ),
  ['it resets the connection', () => (response) => response.socket?.resetAndDestroy()],
  ['it answers JSON', () => status(200)],
  ['it answers a page', () => status(200, 'text/html')],
  ['it answers a type of its own', () => status(200, 'x/canary-words')],
  ['its stream ends too early', () => streams([': canary-words\n\n'])],
  ['it reports an error', (failed) => streams([`data: ${JSON.stringify(failed)}\n\ndata: [DONE]\n\n`])],
  ['it speaks otherwise', () => streams([`event: canary-words\ndata: ${TRACE}\n\n`.repeat(5)])],
  ['its event has no end', () => streams([`data: ${TRACE.repeat(30_000)}`])],
];

describe.each(services)('of %s', (_service, variables, failed) => {
  it.each(faults)('[A11] nothing gets out when %s', async (_fault, misbehave) => {
    server.answer = misbehave(failed);
    const config = readConfig({ ...variables(), UPSTREAM_HEADERS });
    if (!config.ok) throw new Error(config.failure.join());
    const history = [userMessage('q-0', 'canary-question')];
    const run = new UpstreamRecorder(upstreamOf(config.value.service), {
      message: 'canary-question',
      history,
    });

    const outcome = await run.ended;
    expect(outcome).toMatchObject({ ok: false });
    const heard = JSON.stringify([outcome, run.tokens, run.threads]);
    expect(heard).not.toMatch(/canary|127\.0\.0\.1/);
    expect(server.requests.at(-1)).toMatchObject({
      method: 'POST',
      headers: { authorization: 'Bearer canary-key', 'x-api-key': 'canary-header' },
    });
  });
});
