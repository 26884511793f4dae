/** `POST /history`, against a real HTTP server of this machine. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { astHistory } from '../../../partykit/upstream/ast-history.ts';
import { AgentServer } from '../../support/agent-server.ts';

const KEY = 'sk-c4n4ry-key';
let server: AgentServer;

const recall = (limitMs?: number) => astHistory({ url: server.url, apiKey: KEY }, limitMs).recall('thread-1');

function answers(body: unknown, status = 200, headers: Record<string, string> = {}): void {
  server.answer = (response) =>
    response
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(typeof body === 'string' ? body : JSON.stringify(body));
}

beforeEach(async () => {
  server = await AgentServer.start();
});

afterEach(async () => {
  await server.stop();
});

describe('the history of a thread', () => {
  it('is asked for as the toolkit documents it', async () => {
    answers({ messages: [] });
    expect(await recall()).toEqual({ ok: true, value: [] });
    expect(server.requests).toMatchObject([
      { method: 'POST', path: '/history', headers: { authorization: `Bearer ${KEY}` } },
    ]);
    expect(JSON.parse(server.requests[0]?.body ?? '')).toEqual({ thread_id: 'thread-1' });
  });

  it('is that of the agent, or of all where the toolkit is an older one', async () => {
    server.answer = (response, { path }) => {
      response
        .writeHead(path === '/history' ? 200 : 404, { 'content-type': 'application/json' })
        .end('{"messages":[]}');
    };
    const agent = { url: server.url, apiKey: KEY, agent: '../research' };
    expect(await astHistory(agent).recall('thread-1')).toEqual({ ok: true, value: [] });
    expect(server.requests.map(({ path }) => path)).toEqual(['/..%2Fresearch/history', '/history']);
  });

  it('has questions and answers, and what the agent said between two questions as one', async () => {
    const message = (type: string, content: unknown) => ({ type, content, tool_calls: [], run_id: null });
    answers({
      messages: [
        message('human', 'Weather?'),
        message('ai', ''),
        message('ai', 'Let me look.'),
        message('tool', 'c4n4ry'),
        message('ai', '20 °C'),
        message('custom', 'c4n4ry'),
        message('human', 'Thanks'),
        message('ai', { odd: 'c4n4ry' }),
      ],
    });
    expect(await recall()).toEqual({
      ok: true,
      value: [
        { role: 'user', content: 'Weather?' },
        { role: 'assistant', content: 'Let me look.\n\n20 °C' },
        { role: 'user', content: 'Thanks' },
      ],
    });
  });

  it.each([
    ['a wrong key', () => answers('c4n4ry', 401), 'AST_API_KEY'],
    ['no such endpoint', () => answers({ detail: 'c4n4ry' }, 404), 'AST_HISTORY'],
    ['a failure', () => answers('c4n4ry', 500), '500'],
    ['a redirect', () => answers('', 302, { location: '/c4n4ry' }), 'AST_URL'],
    ['a page', () => answers('<h1>c4n4ry</h1>'), 'AST_HISTORY'],
    ['another shape', () => answers({ messages: ['c4n4ry'] }), 'AST_HISTORY'],
    ['more than it may be', () => answers('c4n4ry'.repeat(800_000)), '4 MiB'],
    ['a cut', () => (server.answer = (response) => response.destroy()), 'AST_URL'],
  ])('fails with a hint and nothing of the service’s: %s', async (_what, misbehave, hint) => {
    misbehave();
    const result = await recall();
    expect(result).toMatchObject({ ok: false });
    expect(JSON.stringify(result)).toContain(hint);
    expect(JSON.stringify(result)).not.toMatch(/c4n4ry|127\.0\.0\.1/);
    expect(server.requests).toHaveLength(1);
  });

  it('is not waited for when it does not come', async () => {
    server.answer = () => undefined;
    expect(await recall(100)).toMatchObject({ ok: false });
  });
});
