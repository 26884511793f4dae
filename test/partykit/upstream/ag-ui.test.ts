import { EventSchemas, RunAgentInputSchema } from '@ag-ui/core/schemas';
import { describe, expect, it } from 'vitest';
import { parseJson } from '#protocol';
import { agUi, type AgUiConfig } from '../../../partykit/upstream/ag-ui.ts';
import { answerMessage, userMessage } from '../../support/messages.ts';
import { recordedNames, recordedStream } from '../../support/recorded-streams.ts';
import { describeRecordedStreams, textOf } from '../../support/replayed-streams.ts';
import { QUESTION } from '../../support/upstream-recorder.ts';

const CONFIG: AgUiConfig = {
  url: 'https://agents.test/agui/research',
  apiKey: 'sk-c4n4ry',
  historyChars: 1000,
};
const THREAD = { type: 'threadNamed', threadId: '8f14e45f-ceea-467f-9d3a-1c2b3a4d5e6f' };
const END = { type: 'end' };

describeRecordedStreams('ag-ui', () => agUi(CONFIG), {
  decided: /RUN_FINISHED/,
  readings: {
    langgraph: { text: 'Vou  ver.\n\nSão 20 °C ☀️', rest: [THREAD, END] },
    'langgraph-unstreamed': { text: 'The whole\n\nanswer.', rest: [THREAD, END] },
    'langgraph-asks-back': { text: 'Vou ver.\n\nShall I book the room?', rest: [THREAD, END] },
    'langgraph-quiet': { text: 'A quiet answer.', rest: [THREAD, END] },
    'interrupt-outcome': { text: 'I can book it.\n\nShall I book the room?', rest: [THREAD, END] },
    'pydantic-ai': { text: 'Olá, você!', rest: [THREAD, END] },
    'pydantic-ai-tools': { text: 'Let me look.\n\nIt is 20 °C; you asked 1 times.', rest: [THREAD, END] },
    'pydantic-ai-thinking': { text: 'Thought and said.', rest: [THREAD, END] },
    mastra: { text: 'Let me look.\n\nFound it.', rest: [THREAD, END] },
    agno: { text: 'Uma resposta', rest: [THREAD, END] },
    crewai: { text: 'The crew is done.', rest: [THREAD, END] },
    subagents: { text: 'My helper says yes.', rest: [THREAD, END] },
    'run-error': { text: 'Half', rest: [THREAD, { type: 'fail', code: 'upstream_failed' }] },
    cut: { text: 'The answer was cu', rest: [THREAD, { type: 'fail', code: 'upstream_truncated' }] },
    'foreign-dialect': { text: '', rest: [{ type: 'fail', code: 'upstream_failed' }] },
  },
});

describe('the schemas of this project', () => {
  /** Of older versions of AG-UI, which services still send. */
  const OLD = '"type":"THINKING_';
  const events = recordedNames('ag-ui')
    .filter((name) => name !== 'foreign-dialect')
    .flatMap((name) => [
      ...new TextDecoder().decode(recordedStream('ag-ui', name)).matchAll(/^data: (.+)$/gm),
    ])
    .map(([, data = '']) => data)
    .filter((data) => !data.includes(OLD));

  it('read what those of @ag-ui/core call an event', () => {
    expect(events.length).toBeGreaterThan(60);
    for (const data of events) expect(EventSchemas.safeParse(parseJson(data)).success, data).toBe(true);
  });

  it('take every type of event of @ag-ui/core for one of AG-UI', () => {
    const types = EventSchemas.options.map(({ shape }) => shape.type.value);
    expect(types.length).toBeGreaterThan(25);
    const reader = agUi(CONFIG).reader();
    for (const type of types) {
      if (/^RUN_|^TEXT_MESSAGE_(?!END)|^MESSAGES_SNAPSHOT$|^CUSTOM$/.test(type)) continue;
      for (let times = 0; times < 4; times += 1) expect(reader.read(JSON.stringify({ type }))).toEqual([]);
    }
  });

  it('read the events that make an answer as @ag-ui/core has them, with nothing but what it asks for', () => {
    const said = [
      { type: 'RUN_STARTED', threadId: 't', runId: 'r' },
      { type: 'TEXT_MESSAGE_START', messageId: 'm' },
      { type: 'TEXT_MESSAGE_CONTENT', messageId: 'm', delta: 'One' },
      { type: 'TEXT_MESSAGE_END', messageId: 'm' },
      { type: 'TEXT_MESSAGE_CHUNK' },
      { type: 'TEXT_MESSAGE_CHUNK', messageId: 'n', delta: 'two' },
      { type: 'MESSAGES_SNAPSHOT', messages: [] },
      { type: 'RUN_FINISHED', threadId: 't', runId: 'r' },
    ];
    for (const event of said) EventSchemas.parse(event);
    const reader = agUi(CONFIG).reader();
    const read = said.flatMap((event) => reader.read(JSON.stringify(event)));
    expect(textOf(read)).toBe('One\n\ntwo');
    expect(read.at(-1)).toEqual(END);
  });
});

it('shows what an agent asks back once, and only in words', () => {
  const reader = agUi(CONFIG).reader();
  const ask = (value: unknown) =>
    reader.read(JSON.stringify({ type: 'CUSTOM', name: 'on_interrupt', value }));
  for (const value of ['Sure?', '{"action":"c4n4ry"}', { action: 'c4n4ry' }, undefined]) ask(value);
  reader.read('{"type":"CUSTOM","name":"other","value":"c4n4ry"}');
  const interrupts = [{ id: 'i', reason: 'tool_call', message: 'Sure?' }];
  const end = { type: 'RUN_FINISHED', threadId: 't', runId: 'r', outcome: { type: 'interrupt', interrupts } };
  expect(textOf(reader.read(JSON.stringify(end)))).toBe('Sure?');
});

describe('a call of AG-UI', () => {
  it('is an input that @ag-ui/core accepts, with the ids of the messages', () => {
    const history = [userMessage('q-0', 'before'), answerMessage('a-0', { content: 'then' })];
    const { url, headers, body } = agUi(CONFIG).call({ ...QUESTION, history });
    expect(url).toBe('https://agents.test/agui/research');
    expect(headers).toMatchObject({ authorization: 'Bearer sk-c4n4ry' });
    const input = RunAgentInputSchema.parse(JSON.parse(body));
    expect(input).toMatchObject({
      threadId: 'thread-1',
      runId: 'run-1',
      messages: [
        { id: 'q-0', role: 'user', content: 'before' },
        { id: 'a-0', role: 'assistant', content: 'then' },
        { id: 'question-1', role: 'user', content: 'question' },
      ],
      tools: [],
      context: [],
    });
  });

  it('has the question alone for a service that keeps the thread', () => {
    const { body } = agUi({ ...CONFIG, historyChars: 0 }).call({
      ...QUESTION,
      history: [userMessage('q-0')],
    });
    expect(RunAgentInputSchema.parse(JSON.parse(body)).messages).toHaveLength(1);
  });
});
