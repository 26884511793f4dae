/** Events of an agent service that reach for prototypes or are beyond reason (A7). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agUi } from '../../../partykit/upstream/ag-ui.ts';
import { astAgent } from '../../../partykit/upstream/ast-agent.ts';
import { astWorkflow } from '../../../partykit/upstream/ast-workflow.ts';
import type { Dialect } from '../../../partykit/upstream/dialect.ts';
import { httpUpstream } from '../../../partykit/upstream/http-upstream.ts';
import { openAiChat } from '../../../partykit/upstream/openai-chat.ts';
import { AgentServer, streams } from '../../support/agent-server.ts';
import { HOSTILE_VALUES, placed } from '../../support/hostile-json.ts';
import { prototypes } from '../../support/prototypes.ts';
import { UpstreamRecorder } from '../../support/upstream-recorder.ts';

const EVENTS: readonly Readonly<Record<string, unknown>>[] = [
  { type: 'token', content: 'text' },
  { type: 'complete', content: 'text' },
  { type: 'error', content: 'text' },
  { type: 'done', threadId: 'thread-1' },
];
const GOOD = 'data: {"type":"token","content":"good"}\n\n';

let server: AgentServer;

beforeAll(async () => {
  server = await AgentServer.start();
});

afterAll(async () => {
  await server.stop();
});

describe('a payload in an event', () => {
  const before = prototypes();

  it.each(HOSTILE_VALUES)('[A7] is text, or is passed over, and ends nothing: %s', async (_what, payload) => {
    const events = [payload, `[${payload}]`, ...EVENTS.flatMap((event) => placed(event, payload))]
      // The service may say that it has failed, with whatever else beside it.
      .filter((event) => !event.includes('"type":"error"'))
      // Three in a row that cannot be read would be another dialect.
      .map((event) => `data: ${event}\n\n${GOOD}`);
    server.answer = streams([...events, 'data: [DONE]\n\n']);
    const upstream = httpUpstream(astWorkflow({ url: server.url, apiKey: 'key', workflow: 'wf_ivy' }));
    const run = new UpstreamRecorder(upstream);

    expect(await run.ended).toEqual({ ok: true });
    expect(run.tokens.filter((text) => text === 'good')).toHaveLength(events.length);
    expect(new Set(run.tokens)).toEqual(new Set(['good', 'text']));
    expect(run.threads.every((name) => typeof name === 'string')).toBe(true);
    expect(prototypes()).toEqual(before);
  });

  it.each(HOSTILE_VALUES)(
    '[A7] beside a failure is a failure, and none of it is told: %s',
    async (_what, payload) => {
      const events = placed({ type: 'error', content: 'text' }, payload);
      for (const event of events.filter((text) => text.includes('"type":"error"'))) {
        server.answer = streams([`data: ${event}\n\n`, 'data: [DONE]\n\n']);
        const upstream = httpUpstream(astWorkflow({ url: server.url, apiKey: 'key', workflow: 'wf_ivy' }));
        const outcome = await new UpstreamRecorder(upstream).ended;
        expect(outcome).toMatchObject({ ok: false, code: 'upstream_failed' });
        expect(JSON.stringify(outcome)).not.toMatch(/polluted|text/);
      }
      expect(prototypes()).toEqual(before);
    },
  );
});

type Fields = Readonly<Record<string, unknown>>;

const ACCESS = { url: 'http://agents.test', apiKey: 'key' };

/** Each with its events, whose fields are the payload's places, and what a field in them may hold too. */
const OTHERS: readonly (readonly [string, Dialect, readonly Fields[], (payload: string) => string])[] = [
  [
    'an AST agent',
    astAgent({ ...ACCESS, agent: undefined }),
    [
      { type: 'token', content: 'text' },
      { type: 'message', content: { type: 'ai', content: 'text' } },
    ],
    (payload) => `{"type":"message","content":{"type":"ai","content":${payload}}}`,
  ],
  [
    'chat completions',
    openAiChat({ ...ACCESS, model: 'small', systemPrompt: undefined, historyChars: 0 }),
    [{ choices: [{ delta: { content: 'text' }, finish_reason: null }] }],
    (payload) => `{"choices":[{"delta":{"content":${payload}},"finish_reason":${payload}}]}`,
  ],
  [
    'AG-UI',
    agUi({ ...ACCESS, historyChars: 0 }),
    [
      { type: 'RUN_STARTED', threadId: 'thread-1' },
      { type: 'TEXT_MESSAGE_START', messageId: 'm', role: 'assistant' },
      { type: 'TEXT_MESSAGE_CONTENT', messageId: 'm', delta: 'text' },
      { type: 'TEXT_MESSAGE_CHUNK', messageId: 'm', delta: 'text' },
      { type: 'MESSAGES_SNAPSHOT', messages: [] },
    ],
    (payload) => `{"type":"MESSAGES_SNAPSHOT","messages":[{"role":"assistant","content":${payload}}]}`,
  ],
];

describe.each(OTHERS)('a payload in an event of %s', (_dialect, dialect, events, inside) => {
  const before = prototypes();

  it.each(HOSTILE_VALUES)('[A7] is text, or is passed over: %s', (_what, payload) => {
    const hostile = [
      payload,
      `[${payload}]`,
      inside(payload),
      ...events.flatMap((event) => placed(event, payload)),
    ];
    for (const data of hostile) {
      const read = dialect.reader().read(data);
      expect(read.every((event) => event.type === 'token' || event.type === 'threadNamed')).toBe(true);
      expect(JSON.stringify(read)).not.toContain('polluted');
    }
    expect(prototypes()).toEqual(before);
  });
});
