/** What `npm run relay:check` says of a service, for everything that may be wrong with one. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../../partykit/env.ts';
import { checkService, type ServiceVerdict } from '../../../partykit/local/service-check.ts';
import type { Send } from '../../../partykit/upstream/http-upstream.ts';
import { AgentServer, streams, type Answer } from '../../support/agent-server.ts';
import { CommandRun } from '../../support/command-run.ts';
import { present } from '../../support/present.ts';
import { recordedStream } from '../../support/recorded-streams.ts';

const KEY = 'c4n4ry-key';
let server: AgentServer;

beforeAll(async () => {
  server = await AgentServer.start();
});

afterAll(async () => {
  await server.stop();
});

type Variables = Readonly<Record<string, string>>;

const workflow = (): Variables => ({ AST_URL: server.url, AST_API_KEY: KEY });
const agent = (): Variables => ({ ...workflow(), AST_DIALECT: 'agent', AST_AGENT: 'research' });
const model = (): Variables => ({
  UPSTREAM: 'openai',
  OPENAI_BASE_URL: `${server.url}/v1`,
  OPENAI_API_KEY: KEY,
  OPENAI_MODEL: 'small',
});
const agUi = (): Variables => ({ UPSTREAM: 'ag-ui', AGUI_URL: `${server.url}/run`, AGUI_API_KEY: KEY });

async function check(variables: Variables, send?: Send): Promise<ServiceVerdict> {
  const config = readConfig(variables);
  if (!config.ok) throw new Error(config.failure.join());
  const verdict = await checkService(present(config.value.service, 'a service'), config.value.limits, send);
  expect(verdict.line).not.toMatch(/c4n4ry|\n/);
  return verdict;
}

const status = (code: number, body = '{"detail":"c4n4ry"}'): Answer => {
  return (response) => response.writeHead(code, { 'content-type': 'application/json' }).end(body);
};

const events = (...data: readonly unknown[]): Answer =>
  streams(data.map((one) => `data: ${typeof one === 'string' ? one : JSON.stringify(one)}\n\n`));

describe('a service that works', () => {
  it.each([
    ['the workflow wf_ivy', workflow, 'ast-workflow', 'normal'],
    ['the agent research', agent, 'ast-agent', 'tools'],
    ['the model small', model, 'openai-chat', 'ollama'],
    ['the agent', agUi, 'ag-ui', 'langgraph'],
  ] as const)('is told so: %s', async (name, variables, dialect, stream) => {
    server.answer = streams([recordedStream(dialect, stream)]);
    const { works, line } = await check(variables());
    expect(line).toMatch(
      new RegExp(`^Works: ${name} at 127\\.0\\.0\\.1:\\d+ streams, with the first text after`),
    );
    expect(works).toBe(true);
  });

  it('is asked for the history too where that is to be used', async () => {
    server.answer = (response, request) => {
      if (request.path === '/history') status(404)(response, request);
      else streams([recordedStream('ast-workflow', 'normal')])(response, request);
    };
    const { works, line } = await check({ ...workflow(), AST_HISTORY: 'on' });
    expect(line).toMatch(/answers, but the service has no \/history .*AST_HISTORY/);
    expect(works).toBe(false);
  });
});

describe('a service that does not work', () => {
  it.each<readonly [string, () => Variables, Answer, string]>([
    ['a wrong key', workflow, status(401), 'AST_API_KEY'],
    ['a key without rights', model, status(403), 'OPENAI_API_KEY'],
    ['a wrong key', agUi, status(401), 'AGUI_API_KEY'],
    ['no such workflow', workflow, status(404), 'no workflow wf_ivy.*AST_WORKFLOW'],
    ['no such agent', agent, status(404), 'no agent research.*AST_AGENT'],
    ['no such agent', agent, streams([]), 'AST_AGENT'],
    ['no such model', model, status(404), 'no model small.*OPENAI_MODEL'],
    ['no agent there', agUi, status(404), 'AGUI_URL'],
    ['a body that it does not take', workflow, status(422), '422'],
    ['a body that it does not take', model, status(400), 'OPENAI_MODEL'],
    ['too much', workflow, status(429), '429'],
    ['a crash', agUi, status(500), '500'],
    ['an error inside of a 200', model, status(200, '{"error":"c4n4ry"}'), 'OPENAI_BASE_URL'],
    [
      'a page',
      workflow,
      (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('c4n4ry'),
      'not text/html.*AST_URL',
    ],
    ['JSON', agent, status(200), 'not application/json.*AST_URL'],
    [
      'another dialect',
      workflow,
      streams([recordedStream('ast-workflow', 'foreign-dialect')]),
      'AST_URL and AST_DIALECT',
    ],
    [
      'an error',
      workflow,
      streams([recordedStream('ast-workflow', 'error-then-done')]),
      'log of the service',
    ],
    ['a cut', agUi, streams([recordedStream('ag-ui', 'cut')]), 'RUN_FINISHED'],
    [
      'all at once',
      workflow,
      streams([recordedStream('ast-workflow', 'complete-only')]),
      'all at once.*AST_WORKFLOW',
    ],
    ['all at once', agent, streams([recordedStream('ast-agent', 'unstreamed')]), 'all at once.*AST_AGENT'],
    [
      'all at once',
      agUi,
      streams([recordedStream('ag-ui', 'langgraph-unstreamed')]),
      'all at once.*AGUI_URL',
    ],
    [
      'all at once',
      model,
      status(200, '{"choices":[{"message":{"content":"Hi"}}]}'),
      'all at once.*OPENAI_BASE_URL',
    ],
    ['nothing', workflow, events('[DONE]'), 'empty answer.*AST_WORKFLOW'],
    ['nothing', model, events('[DONE]'), 'empty answer.*OPENAI_MODEL'],
    ['nothing', agUi, events({ type: 'RUN_FINISHED', threadId: 't', runId: 'r' }), 'empty answer.*AGUI_URL'],
    [
      'silence',
      (): Variables => ({ ...workflow(), RUN_IDLE_LIMIT_MS: '150' }),
      () => undefined,
      'no answer within 0.15 s',
    ],
    [
      'no end',
      (): Variables => ({ ...workflow(), RUN_TOTAL_LIMIT_MS: '150' }),
      streams([': \n\n'], { end: false }),
      'no answer within 0.15 s',
    ],
    [
      'no answer',
      workflow,
      (response) => response.destroy(),
      'closed the connection.*AST_URL begin with https\\?$',
    ],
  ])('is told what to change: %s', async (_what, variables, answer, pattern) => {
    server.answer = answer;
    const { works, line } = await check(variables());
    expect(line).toMatch(new RegExp(`^Does not work: .*${pattern}`));
    expect(works).toBe(false);
  });

  it('is told so when nothing listens', async () => {
    const gone = await AgentServer.start();
    const AST_URL = gone.url;
    await gone.stop();
    const { line } = await check({ AST_URL });
    expect(line).toMatch(/nothing listens at 127\.0\.0\.1:\d+ \(ECONNREFUSED\).*AST_URL/);
  });

  it('is told so when it does not speak TLS', async () => {
    const { line } = await check({ AST_URL: server.url.replace('http:', 'https:') });
    expect(line).toMatch(/no TLS at .*AST_URL begin with http instead of https\?$/);
  });

  it.each([
    ['ENOTFOUND', 'DNS does not know'],
    ['EAI_AGAIN', 'DNS does not know'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate'],
    ['CERT_HAS_EXPIRED', 'certificate'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate'],
    ['UND_ERR_CONNECT_TIMEOUT', 'cannot be reached'],
    ['EHOSTUNREACH', 'cannot be reached'],
  ])('is told so when the connection fails with %s', async (code, words) => {
    const cause = Object.assign(new Error('c4n4ry'), { code });
    const { line, works } = await check(workflow(), () => Promise.reject(new TypeError('failed', { cause })));
    expect(line).toMatch(new RegExp(`^Does not work: .*${words}.*${code}.*AST_URL`));
    expect(works).toBe(false);
  });
});

describe('the command', () => {
  const run = async (variables: Variables) => {
    const command = ['--import', 'tsx', 'partykit/local/check.ts'];
    const { code, stdout, stderr } = await new CommandRun(process.execPath, command, variables).exited;
    expect(stderr).toBe('');
    expect(stdout.split('\n')).toHaveLength(2);
    return { code, stdout };
  };

  it('says one line, and how it went by its exit code', async () => {
    server.answer = streams([recordedStream('openai-chat', 'openai')]);
    const { code, stdout } = await run(model());
    expect(stdout).toMatch(/^Works: /);
    expect(code).toBe(0);
    expect(await run({ UPSTREAM: 'openai', OPENAI_BASE_URL: '', OPENAI_MODEL: '' })).toEqual({
      code: 1,
      stdout: 'Does not work: OPENAI_BASE_URL is not set; OPENAI_MODEL is not set.\n',
    });
  });
});
