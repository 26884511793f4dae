import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { openAiChat, type OpenAiChatConfig } from '../../../partykit/upstream/openai-chat.ts';
import { answerMessage, userMessage } from '../../support/messages.ts';
import { present } from '../../support/present.ts';
import { describeRecordedStreams, textOf } from '../../support/replayed-streams.ts';
import { QUESTION } from '../../support/upstream-recorder.ts';

const CONFIG: OpenAiChatConfig = {
  url: 'https://models.test/v1',
  apiKey: 'sk-c4n4ry',
  model: 'small',
  systemPrompt: undefined,
  historyChars: 1000,
};
const END = { type: 'end' };
const containing = (text: string): unknown => expect.stringContaining(text);

describeRecordedStreams('openai-chat', () => openAiChat(CONFIG), {
  decided: /"finish_reason": ?"|\[DONE\]/,
  readings: {
    openai: { text: 'Olá, mundo! 👩🏽‍💻\n\n- um', rest: [END] },
    'vllm-reasoning': { text: 'Forty-two.', rest: [END] },
    'vllm-error': { text: 'Half an', rest: [{ type: 'fail', code: 'upstream_failed' }] },
    ollama: { text: 'The sky is blue.', rest: [END] },
    'ollama-think': { text: 'The answer: write `<think>` twice.', rest: [END] },
    'ollama-think-only': { text: '', rest: [{ type: 'fail', code: 'upstream_overflow' }] },
    'llama-cpp': { text: 'Ação: 漢字', rest: [END] },
    openrouter: { text: 'Um momento', rest: [END] },
    'openrouter-rate-limit': { text: 'Um mo', rest: [{ type: 'fail', code: 'rate_limited' }] },
    'openai-context-length': {
      text: '',
      rest: [{ code: 'upstream_rejected', hint: containing('OPENAI_HISTORY_CHARS') }],
    },
    'lm-studio-length': { text: 'Once upon a ti', rest: [{ type: 'fail', code: 'upstream_overflow' }] },
    'azure-content-filter': { text: 'I would', rest: [{ type: 'fail', code: 'upstream_rejected' }] },
    'no-end-marker': { text: 'Whole.', rest: [END] },
    cut: { text: 'The answer was cu', rest: [{ type: 'fail', code: 'upstream_truncated' }] },
    'mistral-parts': { text: 'Bonjour', rest: [END] },
    'tool-calls': { text: '', rest: [{ type: 'fail', code: 'upstream_failed' }] },
    'responses-api': {
      text: '',
      rest: [{ code: 'upstream_failed', hint: containing('OPENAI_BASE_URL') }],
    },
  },
});

describe('a call of chat completions', () => {
  const bodySchema = z.looseObject({ messages: z.array(z.unknown()) });
  const messagesOf = (config: Partial<OpenAiChatConfig>, history = QUESTION.history) =>
    bodySchema.parse(JSON.parse(openAiChat({ ...CONFIG, ...config }).call({ ...QUESTION, history }).body))
      .messages;
  const question = { role: 'user', content: 'question' };

  it('is the one that the services document', () => {
    const { url, headers, body } = openAiChat({ ...CONFIG, systemPrompt: 'Be brief.' }).call(QUESTION);
    expect(url).toBe('https://models.test/v1/chat/completions');
    expect(headers).toMatchObject({ authorization: 'Bearer sk-c4n4ry', accept: 'text/event-stream' });
    expect(JSON.parse(body)).toEqual({
      model: 'small',
      stream: true,
      messages: [{ role: 'system', content: 'Be brief.' }, question],
    });
    expect(openAiChat({ ...CONFIG, apiKey: undefined }).call(QUESTION).headers).not.toHaveProperty(
      'authorization',
    );
  });

  it('takes along what was said, and of a question without an answer both in one', () => {
    const history = [
      userMessage('q-1', 'one'),
      answerMessage('a-1', { content: 'first' }),
      userMessage('q-2', 'two'),
      answerMessage('a-2', { content: '', status: 'failed' }),
    ];
    expect(messagesOf({}, history)).toEqual([
      { role: 'user', content: 'one' },
      { role: 'assistant', content: 'first' },
      { role: 'user', content: 'two\n\nquestion' },
    ]);
  });

  it('takes along the newest that fits, from a question on', () => {
    const history = [
      userMessage('q-1', 'x'.repeat(50)),
      answerMessage('a-1', { content: 'y'.repeat(50) }),
      userMessage('q-2', 'x'.repeat(50)),
      answerMessage('a-2', { content: 'z'.repeat(50) }),
    ];
    expect(messagesOf({ historyChars: 200 }, history)).toHaveLength(5);
    expect(messagesOf({ historyChars: 199 }, history)).toHaveLength(3);
    expect(messagesOf({ historyChars: 99 }, history)).toEqual([question]);
    expect(messagesOf({ historyChars: 0 }, history)).toEqual([question]);
  });

  it('takes along 50 messages at the most, however long the room was awake', () => {
    const history = Array.from({ length: 60 }, (_, index) =>
      index % 2 === 0 ? userMessage(`q-${index}`, 'x') : answerMessage(`a-${index}`, { content: 'y' }),
    );
    expect(messagesOf({}, history)).toHaveLength(51);
    expect(messagesOf({}, history)).toEqual(messagesOf({}, history.slice(-50)));
  });
});

describe('an answer in plain JSON', () => {
  const read = (body: unknown) => present(openAiChat(CONFIG).readJson, 'a reader of JSON')(body);
  const completion = (content: unknown, finish_reason: unknown = 'stop') => ({
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason }],
  });

  it('is taken whole, without what the model says to itself', () => {
    expect(read(completion('<think>c4n4ry</think>\nYes.'))).toEqual([{ type: 'whole', text: 'Yes.' }, END]);
    expect(read(completion(null))).toEqual([END]);
    expect(read(completion('Half', 'length'))).toMatchObject([
      { text: 'Half' },
      { code: 'upstream_overflow' },
    ]);
  });

  it.each([
    [{ error: 'Unexpected endpoint or method. c4n4ry' }, 'upstream_failed', 'OPENAI_BASE_URL'],
    [{ error: { message: 'c4n4ry', code: 'model_not_found' } }, 'upstream_rejected', 'OPENAI_MODEL'],
    [{ error: { message: 'c4n4ry', type: 'authentication_error' } }, 'upstream_rejected', 'OPENAI_API_KEY'],
    [{ error: { message: 'c4n4ry', code: '429' } }, 'rate_limited', '429'],
    [{ error: { message: 'c4n4ry', code: 'c4n4ry' } }, 'upstream_failed', 'log'],
    [{ message: 'c4n4ry' }, 'upstream_failed', 'OPENAI_BASE_URL'],
    [undefined, 'upstream_failed', 'OPENAI_BASE_URL'],
  ])('says what went wrong, and nothing of the service’s words: %j', (body, code, hint) => {
    const events = read(body);
    expect(events).toMatchObject([{ type: 'fail', code, hint: containing(hint) }]);
    expect(JSON.stringify(events)).not.toContain('c4n4ry');
  });
});

it('[S5] explains refusals by its own variables', () => {
  const explain = (status: number) => openAiChat(CONFIG).explain(status);
  expect(explain(401).hint).toContain('OPENAI_API_KEY');
  expect(explain(404).hint).toMatch(/model small.*OPENAI_MODEL.*OPENAI_BASE_URL/);
  expect(explain(400).hint).toContain('OPENAI_MODEL');
  expect(explain(307).hint).toContain('OPENAI_BASE_URL');
  expect(explain(402)).toMatchObject({ code: 'upstream_rejected' });
});

it('keeps text that only looks like a thought', () => {
  const tokens = (...contents: readonly string[]) => {
    const reader = openAiChat(CONFIG).reader();
    const events = contents.flatMap((content) =>
      reader.read(JSON.stringify({ choices: [{ delta: { content }, finish_reason: null }] })),
    );
    return textOf([...events, ...reader.read('[DONE]')]);
  };
  expect(tokens(' <', 'thi')).toBe(' <thi');
  expect(tokens('<thin', 'g>')).toBe('<thing>');
  expect(tokens('A <think>b</think>')).toBe('A <think>b</think>');
  expect(tokens('\n')).toBe('\n');
});
