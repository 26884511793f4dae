/** Chat completions as OpenAI has them, and with it Ollama, vLLM, LM Studio, llama.cpp, LiteLLM, OpenRouter and many more. */
import * as z from 'zod/mini';
import { parseJson } from '#protocol';
import type { UpstreamRequest } from '../room/ports.ts';
import { alternating, newestThatFit } from './conversation-window.ts';
import type { Dialect, DialectEvent, DialectFailure, DialectReader, HttpCall } from './dialect.ts';
import { ForeignEvents } from './foreign-events.ts';
import { refusedRequest } from './refused-request.ts';
import { requestHeaders, type ServiceAccess } from './service-access.ts';
import { ThoughtFilter } from './thought-filter.ts';

export interface OpenAiChatConfig extends ServiceAccess {
  readonly model: string;
  readonly systemPrompt: string | undefined;
  /** How many characters of earlier messages go along; 0 sends the question alone. */
  readonly historyChars: number;
}

/** Some send the parts of a message apart, and what the model says to itself as one of them. */
const partSchema = z.object({ type: z.string(), text: z.optional(z.string()) });
const contentSchema = z.catch(z.nullish(z.union([z.string(), z.array(partSchema)])), undefined);
type Content = z.infer<typeof contentSchema>;

const finishSchema = z.nullish(z.string());
const errorSchema = z.union([
  z.string(),
  z.object({ code: z.nullish(z.union([z.string(), z.number()])), type: z.nullish(z.string()) }),
]);
type ServiceError = z.infer<typeof errorSchema>;

const chunkSchema = z.object({
  choices: z.array(
    z.object({ delta: z.nullish(z.object({ content: contentSchema })), finish_reason: finishSchema }),
  ),
});
const completionSchema = z.object({
  choices: z.array(z.object({ message: z.object({ content: contentSchema }), finish_reason: finishSchema })),
});
const failedSchema = z.object({ error: errorSchema });

export function openAiChat(config: OpenAiChatConfig): Dialect {
  const explain = (status: number): DialectFailure =>
    refusedRequest(
      {
        address: 'OPENAI_BASE_URL',
        key: 'OPENAI_API_KEY',
        missing: [
          `the service has no model ${config.model}, or no chat completions`,
          'check OPENAI_MODEL and OPENAI_BASE_URL',
        ],
        invalid: 'check OPENAI_MODEL, and lower OPENAI_HISTORY_CHARS if its context is small',
      },
      status,
    );
  return {
    addressVariable: 'OPENAI_BASE_URL',
    call: (request) => callOf(config, request),
    reader: () => new OpenAiChatReader(explain),
    readJson: (body) => readCompletion(body, explain),
    explain,
  };
}

function callOf(config: OpenAiChatConfig, { message, history }: UpstreamRequest): HttpCall {
  const turns = [...newestThatFit(history, config.historyChars), { role: 'user' as const, content: message }];
  const system = config.systemPrompt === undefined ? [] : [{ role: 'system', content: config.systemPrompt }];
  return {
    url: `${config.url}/chat/completions`,
    headers: requestHeaders(config),
    body: JSON.stringify({
      model: config.model,
      messages: [...system, ...alternating(turns)],
      stream: true,
    }),
  };
}

type Explain = (status: number) => DialectFailure;

class OpenAiChatReader implements DialectReader {
  readonly #explain: Explain;
  readonly #foreign = new ForeignEvents(
    'the events are not those of chat completions: check OPENAI_BASE_URL',
  );
  readonly #thoughts = new ThoughtFilter();
  #finish: string | undefined;
  #text = false;

  constructor(explain: Explain) {
    this.#explain = explain;
  }

  read(data: string): readonly DialectEvent[] {
    if (data === '[DONE]') return this.#end();
    const event = parseJson(data);
    const failed = failedSchema.safeParse(event);
    if (failed.success) return [failureOf(failed.data.error, this.#explain)];
    const chunk = chunkSchema.safeParse(event);
    if (!chunk.success) return this.#foreign.one();
    this.#foreign.none();
    // The one that tells the usage has no choices.
    const [choice] = chunk.data.choices;
    this.#finish = choice?.finish_reason ?? this.#finish;
    return this.#token(this.#thoughts.add(textOf(choice?.delta?.content)));
  }

  /** Some leave the end marker out: a reason to have finished is as good. */
  close(): readonly DialectEvent[] {
    if (this.#finish !== undefined) return this.#end();
    const hint = 'the stream ended without a finish_reason and without [DONE]';
    return [{ type: 'fail', code: 'upstream_truncated', hint }];
  }

  #token(text: string): readonly DialectEvent[] {
    if (text === '') return [];
    this.#text = true;
    return [{ type: 'token', text }];
  }

  #end(): readonly DialectEvent[] {
    return [...this.#token(this.#thoughts.end()), endOf(this.#finish, this.#text)];
  }
}

function readCompletion(body: unknown, explain: Explain): readonly DialectEvent[] {
  const failed = failedSchema.safeParse(body);
  if (failed.success) return [failureOf(failed.data.error, explain)];
  const completion = completionSchema.safeParse(body);
  const choice = completion.success ? completion.data.choices[0] : undefined;
  if (choice === undefined) {
    const hint = 'the JSON is not a chat completion: check OPENAI_BASE_URL';
    return [{ type: 'fail', code: 'upstream_failed', hint }];
  }
  const thoughts = new ThoughtFilter();
  const text = thoughts.add(textOf(choice.message.content)) + thoughts.end();
  const end = endOf(choice.finish_reason ?? undefined, text !== '');
  return text === '' ? [end] : [{ type: 'whole', text }, end];
}

function textOf(content: Content): string {
  if (typeof content === 'string') return content;
  return (content ?? []).map(({ type, text }) => (type === 'text' ? (text ?? '') : '')).join('');
}

/** The text is kept in any case; who reads it is told when it is not all. */
function endOf(finish: string | undefined, hasText: boolean): DialectEvent {
  switch (finish) {
    case 'length':
      return {
        type: 'fail',
        code: 'upstream_overflow',
        hint: 'the model came to its limit of tokens: raise it at the service, or lower OPENAI_HISTORY_CHARS',
      };
    case 'content_filter':
      return {
        type: 'fail',
        code: 'upstream_rejected',
        hint: 'the content filter of the service ended the answer',
      };
    case 'tool_calls':
    case 'function_call':
      if (hasText) return { type: 'end' };
      return {
        type: 'fail',
        code: 'upstream_failed',
        hint: 'the model asked for a tool, and the relay has none: choose a service that runs its tools itself',
      };
    default:
      return { type: 'end' };
  }
}

/** Of the service's own words only those that are on this list are looked at, and none is passed on (rule S5). */
const STATUS_OF_CODE: ReadonlyMap<string, number> = new Map([
  ['invalid_api_key', 401],
  ['authentication_error', 401],
  ['permission_error', 403],
  ['insufficient_quota', 402],
  ['model_not_found', 404],
  ['context_length_exceeded', 400],
  ['exceed_context_size_error', 400],
  ['invalid_request_error', 400],
  ['rate_limit_exceeded', 429],
  ['rate_limit_error', 429],
]);

function failureOf(error: ServiceError, explain: Explain): DialectFailure {
  if (typeof error === 'string') {
    const hint =
      'the service answered with an error: see its own log, and check OPENAI_BASE_URL and OPENAI_MODEL';
    return { type: 'fail', code: 'upstream_failed', hint };
  }
  for (const code of [error.code, error.type]) {
    const status = typeof code === 'string' ? (STATUS_OF_CODE.get(code) ?? Number(code)) : code;
    if (status !== undefined && status !== null && status >= 400 && status < 600) return explain(status);
  }
  return {
    type: 'fail',
    code: 'upstream_failed',
    hint: 'the service answered with an error: see its own log',
  };
}
