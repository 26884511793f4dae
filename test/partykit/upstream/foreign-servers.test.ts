/** Against servers that are not ours: what OpenAI's and AG-UI's wire is, as somebody else has read it. */
import {
  AGUIMock,
  buildAGUICompositeResponse,
  buildAGUIErrorResponse,
  buildAGUIReasoningResponse,
  buildAGUITextChunkResponse,
  buildAGUITextResponse,
  buildAGUIToolCallResponse,
  LLMock,
} from '@copilotkit/aimock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import type { UpstreamRequest } from '../../../partykit/room/ports.ts';
import { agUi } from '../../../partykit/upstream/ag-ui.ts';
import { httpUpstream } from '../../../partykit/upstream/http-upstream.ts';
import { openAiChat } from '../../../partykit/upstream/openai-chat.ts';
import { userMessage } from '../../support/messages.ts';
import { UpstreamRecorder } from '../../support/upstream-recorder.ts';

const ANSWER = 'Olá, mundo! 👩🏽‍💻 漢字\n\n- um\n- "dois"';
const KEY = 'sk-c4n4ry-key';

describe('chat completions of aimock', () => {
  const server = new LLMock({ port: 0, chunkSize: 4, auth: { apiKeys: [KEY] } });
  const ask = (message: string, apiKey: string | undefined = KEY, parts: Partial<UpstreamRequest> = {}) => {
    const config = {
      url: `${server.url}/v1`,
      apiKey,
      model: 'gpt-4o',
      systemPrompt: 'Be brief.',
      historyChars: 100,
    };
    return new UpstreamRecorder(httpUpstream(openAiChat(config)), { message, ...parts });
  };

  beforeAll(async () => {
    server.onMessage('hello', { content: ANSWER });
    server.onMessage('reason', { content: ANSWER, reasoning: 'c4n4ry' });
    server.onMessage('stop early', { content: ANSWER, finishReason: 'length' });
    server.onMessage('too fast', { error: { message: 'c4n4ry', type: 'rate_limit_error' }, status: 429 });
    await server.start();
  });

  afterAll(() => server.stop());

  it('stream an answer', async () => {
    const run = ask('hello');
    expect(await run.ended).toEqual({ ok: true });
    expect(run.text).toBe(ANSWER);
    expect(run.tokens.length).toBeGreaterThan(5);
  });

  it('are asked with the system prompt and what was said', async () => {
    await ask('hello', KEY, { history: [userMessage('q-0', 'before')] }).ended;
    const body = z.looseObject({ model: z.string(), stream: z.boolean(), messages: z.array(z.unknown()) });
    expect(body.parse(server.getLastRequest()?.body)).toMatchObject({
      model: 'gpt-4o',
      stream: true,
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'before\n\nhello' },
      ],
    });
  });

  it('stream what the model says to itself apart', async () => {
    const run = ask('reason');
    expect(await run.ended).toEqual({ ok: true });
    expect(run.text).toBe(ANSWER);
  });

  it('say that an answer was cut', async () => {
    const run = ask('stop early');
    expect(await run.ended).toMatchObject({ ok: false, code: 'upstream_overflow' });
    expect(run.text).toBe(ANSWER);
  });

  it('refuse a wrong key, what they do not know, and too much at once', async () => {
    expect(await ask('hello', 'another').ended).toMatchObject({ code: 'upstream_rejected' });
    expect(await ask('unheard of').ended).toMatchObject({ code: 'upstream_rejected' });
    const limited = await ask('too fast').ended;
    expect(limited).toMatchObject({ code: 'rate_limited' });
    expect(JSON.stringify(limited)).not.toContain('c4n4ry');
  });
});

describe('AG-UI of aimock', () => {
  const server = new AGUIMock({ port: 0 });
  const ask = (message: string, historyChars = 100) =>
    new UpstreamRecorder(httpUpstream(agUi({ url: `${server.url}/`, apiKey: undefined, historyChars })), {
      message,
    });

  beforeAll(async () => {
    server.onRun('hello', buildAGUITextResponse(ANSWER));
    server.onRun('chunks', buildAGUITextChunkResponse(ANSWER));
    server.onRun(
      'everything',
      buildAGUICompositeResponse([
        buildAGUIReasoningResponse('c4n4ry'),
        buildAGUITextResponse('Let me look.'),
        buildAGUIToolCallResponse('weather', '{"city":"c4n4ry"}', { result: 'c4n4ry' }),
        buildAGUITextResponse('20 °C'),
      ]),
    );
    server.onRun('fail', buildAGUIErrorResponse('c4n4ry', 'c4n4ry'));
    await server.start();
  });

  afterAll(() => server.stop());

  it.each([
    ['hello', ANSWER],
    ['chunks', ANSWER],
    ['everything', 'Let me look.\n\n20 °C'],
  ])('streams an answer: %s', async (message, text) => {
    const run = ask(message);
    expect(await run.ended).toEqual({ ok: true });
    expect(run.text).toBe(text);
  });

  it('reports an error, and none of its words is passed on', async () => {
    const outcome = await ask('fail').ended;
    expect(outcome).toMatchObject({ ok: false, code: 'upstream_failed' });
    expect(JSON.stringify(outcome)).not.toContain('c4n4ry');
  });

  it('knows no answer to anything else', async () => {
    expect(await ask('unheard of').ended).toMatchObject({ ok: false, code: 'upstream_rejected' });
  });
});
