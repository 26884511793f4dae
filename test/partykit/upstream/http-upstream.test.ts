/** Against a real HTTP server of this machine: what a service may do, and what the room hears of it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { astWorkflow } from '../../../partykit/upstream/ast-workflow.ts';
import { httpUpstream, unconfiguredUpstream } from '../../../partykit/upstream/http-upstream.ts';
import { openAiChat } from '../../../partykit/upstream/openai-chat.ts';
import { AgentServer, streams } from '../../support/agent-server.ts';
import { turn } from '../../support/fake-clock.ts';
import { recordedStream } from '../../support/recorded-streams.ts';
import { UpstreamRecorder } from '../../support/upstream-recorder.ts';

const KEY = 'sk-c4n4ry-key';
const token = (content: string) => `data: ${JSON.stringify({ type: 'token', content })}\n\n`;
let server: AgentServer;

const upstream = (url = server.url) => httpUpstream(astWorkflow({ url, apiKey: KEY, workflow: 'wf_ivy' }));
const ask = () => new UpstreamRecorder(upstream());

beforeEach(async () => {
  server = await AgentServer.start();
});

afterEach(async () => {
  await server.stop();
});

describe('an answer over HTTP', () => {
  it('is asked for once, as the service documents it', async () => {
    server.answer = streams([recordedStream('ast-workflow', 'normal')]);
    await new UpstreamRecorder(upstream(), { message: 'Olá 👩', threadId: 'abc' }).ended;
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]).toMatchObject({
      method: 'POST',
      path: '/workflows/wf_ivy/stream',
      headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    });
    expect(JSON.parse(server.requests[0]?.body ?? '')).toEqual({ message: 'Olá 👩', threadId: 'abc' });
  });

  it('arrives with its text, its thread and its end', async () => {
    server.answer = streams([recordedStream('ast-workflow', 'normal')]);
    const run = ask();
    expect(await run.ended).toEqual({ ok: true });
    expect(run.text).toBe('Olá, mundo! 👩🏽‍💻 漢字\n\n- um\n- "dois"');
    expect(run.threads).toEqual(['8f14e45f-ceea-467f-9d3a-1c2b3a4d5e6f']);
    expect(run.lives).toBeGreaterThan(0);
  });

  it('arrives as it is written, not at its end', async () => {
    server.answer = streams([token('first')], { end: false });
    const run = ask();
    await new Promise<void>((resolve) => {
      run.onToken = () => resolve();
    });
    expect(run.tokens).toEqual(['first']);
    expect(run.outcomes).toEqual([]);
    run.abort();
  });

  it('[R3] shows life by bytes that hold no event', async () => {
    server.answer = streams([': ping\n\n', 'data: [DONE]\n\n']);
    const run = ask();
    await run.ended;
    expect(run.tokens).toEqual([]);
    expect(run.lives).toBeGreaterThan(0);
  });

  it.each([
    'text/event-stream;',
    'text/event-stream; charset=utf-8',
    'Text/Event-Stream',
    'text/event-stream ;x=y',
  ])('is read as an event stream whatever the case and the parameters: %s', async (type) => {
    server.answer = (response) =>
      response.writeHead(200, { 'content-type': type }).end(recordedStream('ast-workflow', 'normal'));
    expect(await ask().ended).toEqual({ ok: true });
  });

  it('[F14] that ends without its end marker has failed, with its text', async () => {
    server.answer = streams([recordedStream('ast-workflow', 'no-end-marker')]);
    const run = ask();
    expect(await run.ended).toMatchObject({ ok: false, code: 'upstream_truncated' });
    expect(run.text).toBe('A resposta que foi cort');
  });

  it('[F11] whose connection is reset has failed, with its text', async () => {
    let cut: () => void = () => undefined;
    server.answer = (response, request) => {
      streams([token('half')], { end: false })(response, request);
      cut = () => response.socket?.resetAndDestroy();
    };
    const run = ask();
    run.onToken = () => cut();
    expect(await run.ended).toMatchObject({ ok: false, code: 'upstream_truncated' });
    expect(run.text).toBe('half');
  });

  it('that is too much has failed, and is left', async () => {
    const closed = new Promise((resolve) => {
      server.answer = (response, request) => {
        response.once('close', resolve);
        streams(['data:' + 'x'.repeat(1024 * 1024 + 1)], { end: false })(response, request);
      };
    });
    expect(await ask().ended).toMatchObject({ ok: false, code: 'upstream_overflow' });
    await closed;
  });

  it('is left when its end marker came, though the service goes on', async () => {
    const closed = new Promise((resolve) => {
      server.answer = (response, request) => {
        response.once('close', resolve);
        streams(['data: [DONE]\n\n' + token('late')], { end: false })(response, request);
      };
    });
    const run = ask();
    expect(await run.ended).toEqual({ ok: true });
    await closed;
    expect(run.tokens).toEqual([]);
  });
});

describe('aborting', () => {
  it('[R3] [F26] closes the socket of the service, and nothing follows', async () => {
    const closed = new Promise<void>((resolve) => {
      server.answer = (response, request) => {
        response.once('close', () => resolve());
        streams([token('half')], { end: false })(response, request);
      };
    });
    const run = ask();
    run.onToken = () => run.abort();
    await closed;
    await turn();
    expect(run.tokens).toEqual(['half']);
    expect(run.outcomes).toEqual([]);
  });

  it('[R3] before the first byte closes the socket too', async () => {
    let reached: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const closed = new Promise<void>((resolve) => {
      server.answer = (response) => {
        response.once('close', () => resolve());
        reached();
      };
    });
    const run = ask();
    await asked;
    run.abort();
    await closed;
    await turn();
    expect(run.outcomes).toEqual([]);
  });

  it('after the end is harmless', async () => {
    server.answer = streams([recordedStream('ast-workflow', 'normal')]);
    const run = ask();
    await run.ended;
    run.abort();
    run.abort();
    await turn();
    expect(run.outcomes).toEqual([{ ok: true }]);
  });
});

describe('an answer of a service that may not stream', () => {
  const askModel = () =>
    new UpstreamRecorder(
      httpUpstream(
        openAiChat({ url: server.url, apiKey: KEY, model: 'm', systemPrompt: undefined, historyChars: 0 }),
      ),
    );
  const json = (body: string) => {
    server.answer = (response) =>
      response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(body);
  };

  it('is read whole from plain JSON', async () => {
    json('{"choices":[{"message":{"role":"assistant","content":"Olá 👩"},"finish_reason":"stop"}]}');
    const run = askModel();
    expect(await run.ended).toEqual({ ok: true });
    expect(run.tokens).toEqual(['Olá 👩']);
    expect(run.lives).toBeGreaterThan(0);
  });

  it('is none when it is larger than an event may be, or no JSON', async () => {
    json('x'.repeat(1024 * 1024 + 1));
    expect(await askModel().ended).toMatchObject({ ok: false, code: 'upstream_overflow' });
    json('x');
    expect(await askModel().ended).toMatchObject({ ok: false, code: 'upstream_failed' });
  });

  it('is whole when the connection breaks after its reason to have finished', async () => {
    let cut: () => void = () => undefined;
    const chunk = (choice: object) => `data: ${JSON.stringify({ choices: [choice] })}\n\n`;
    server.answer = (response, request) => {
      const chunks = [chunk({ delta: {}, finish_reason: 'stop' }), chunk({ delta: { content: 'whole' } })];
      streams(chunks, { end: false })(response, request);
      cut = () => response.socket?.resetAndDestroy();
    };
    const run = askModel();
    run.onToken = () => cut();
    expect(await run.ended).toEqual({ ok: true });
    expect(run.text).toBe('whole');
  });
});

describe('a service that is not there', () => {
  it('[F12] is unreachable when it refuses the connection', async () => {
    const { url } = server;
    await server.stop();
    const outcome = await new UpstreamRecorder(upstream(url)).ended;
    expect(outcome).toMatchObject({ ok: false, code: 'upstream_unreachable' });
    expect(JSON.stringify(outcome)).not.toContain('127.0.0.1');
  });

  it('[F12] is unreachable when it closes without an answer', async () => {
    server.answer = (response) => response.socket?.destroy();
    expect(await ask().ended).toMatchObject({ ok: false, code: 'upstream_unreachable' });
  });

  it('says what is missing when none is configured', async () => {
    const run = new UpstreamRecorder(unconfiguredUpstream('AST_URL is not set'));
    expect(run.outcomes).toEqual([]);
    expect(await run.ended).toEqual({ ok: false, code: 'upstream_unconfigured', hint: 'AST_URL is not set' });
  });

  it('is not reached twice by one run', async () => {
    server.answer = (response) => response.writeHead(503).end();
    await ask().ended;
    await turn();
    expect(server.requests).toHaveLength(1);
  });
});
