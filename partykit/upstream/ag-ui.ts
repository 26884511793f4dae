/**
 * AG-UI, which CopilotKit, LangGraph, Mastra, Pydantic AI, Agno, CrewAI and others speak. The schemas are our own and have
 * only what is read here: `@ag-ui/core` would be most of the relay's bytes. A test holds them against it.
 */
import * as z from 'zod/mini';
import { parseJson } from '#protocol';
import type { UpstreamRequest } from '../room/ports.ts';
import { newestThatFit } from './conversation-window.ts';
import type { Dialect, DialectEvent, DialectReader, HttpCall } from './dialect.ts';
import { ForeignEvents } from './foreign-events.ts';
import { Paragraphs } from './paragraphs.ts';
import { refusedRequest } from './refused-request.ts';
import { requestHeaders, type ServiceAccess } from './service-access.ts';
import { namedThread } from './thread-name.ts';

export interface AgUiConfig extends ServiceAccess {
  /** How many characters of earlier messages go along; 0 sends the question alone, to a service that keeps the thread. */
  readonly historyChars: number;
}

/** What a subagent says to its agent is no part of the answer. */
const subagentRunId = z.nullish(z.string());

const eventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('RUN_STARTED'), threadId: z.nullish(z.string()) }),
  z.object({
    type: z.literal('TEXT_MESSAGE_START'),
    messageId: z.string(),
    role: z.nullish(z.string()),
    subagentRunId,
  }),
  z.object({
    type: z.literal('TEXT_MESSAGE_CONTENT'),
    messageId: z.string(),
    delta: z.string(),
    subagentRunId,
  }),
  z.object({
    type: z.literal('TEXT_MESSAGE_CHUNK'),
    messageId: z.nullish(z.string()),
    role: z.nullish(z.string()),
    delta: z.nullish(z.string()),
    subagentRunId,
  }),
  z.object({
    type: z.literal('MESSAGES_SNAPSHOT'),
    messages: z.array(
      z.object({ role: z.string(), content: z.catch(z.optional(z.string()), undefined), subagentRunId }),
    ),
  }),
  z.object({
    type: z.literal('RUN_FINISHED'),
    outcome: z.catch(
      z.nullish(z.object({ interrupts: z.nullish(z.array(z.object({ message: z.nullish(z.string()) }))) })),
      undefined,
    ),
  }),
  // How LangGraph tells what it asks back, unless it is told to use the outcome.
  z.object({ type: z.literal('CUSTOM'), name: z.string(), value: z.optional(z.unknown()) }),
  z.object({ type: z.literal('RUN_ERROR') }),
]);

type AgUiEvent = z.infer<typeof eventSchema>;
type EventOf<Type extends AgUiEvent['type']> = Extract<AgUiEvent, { type: Type }>;

const READ = new Set<string>(eventSchema.def.options.flatMap(({ shape }) => shape.type.def.values));

/** The others are read over: tools, state, steps, reasoning, and what later versions bring. */
const otherEventSchema = z.object({
  type: z.string().check(
    z.regex(/^[A-Z]+(?:_[A-Z]+)*$/),
    z.refine((type) => !READ.has(type)),
  ),
});

export function agUi(config: AgUiConfig): Dialect {
  return {
    addressVariable: 'AGUI_URL',
    call: (request) => callOf(config, request),
    reader: () => new AgUiReader(),
    explain: (status) =>
      refusedRequest(
        {
          address: 'AGUI_URL',
          key: 'AGUI_API_KEY',
          missing: ['the service has no agent there', 'check AGUI_URL'],
        },
        status,
      ),
  };
}

function callOf(config: AgUiConfig, request: UpstreamRequest): HttpCall {
  const { message, messageId, threadId, runId } = request;
  const earlier = newestThatFit(request.history, config.historyChars);
  return {
    url: config.url,
    headers: requestHeaders(config),
    body: JSON.stringify({
      threadId,
      runId,
      messages: [
        ...earlier.map(({ id, role, content }) => ({ id, role, content })),
        { id: messageId, role: 'user', content: message },
      ],
      state: {},
      tools: [],
      context: [],
      forwardedProps: {},
    }),
  };
}

class AgUiReader implements DialectReader {
  readonly #foreign = new ForeignEvents('the events are not those of AG-UI: check AGUI_URL');
  readonly #paragraphs = new Paragraphs();
  /** Messages that are no part of the answer. */
  readonly #others = new Set<string>();
  /** The message that a chunk without an id goes on. */
  #chunked = '';
  /** The answer as the service last told it whole. */
  #whole = '';
  /** What the agent asks back. */
  readonly #questions: string[] = [];

  read(data: string): readonly DialectEvent[] {
    const json = parseJson(data);
    const event = eventSchema.safeParse(json);
    if (!event.success) {
      if (!otherEventSchema.safeParse(json).success) return this.#foreign.one();
      this.#foreign.none();
      return [];
    }
    this.#foreign.none();
    return this.#event(event.data);
  }

  close(): readonly DialectEvent[] {
    return [{ type: 'fail', code: 'upstream_truncated', hint: 'the stream ended without RUN_FINISHED' }];
  }

  #event(event: AgUiEvent): readonly DialectEvent[] {
    switch (event.type) {
      case 'RUN_STARTED':
        return namedThread(event.threadId);
      case 'TEXT_MESSAGE_START':
        this.#start(event.messageId, event);
        return [];
      case 'TEXT_MESSAGE_CONTENT':
        return event.subagentRunId ? [] : this.#text(event.messageId, event.delta);
      case 'TEXT_MESSAGE_CHUNK':
        return this.#chunk(event);
      case 'MESSAGES_SNAPSHOT':
        this.#whole = answerIn(event);
        return [];
      case 'CUSTOM':
        if (event.name === 'on_interrupt') this.#ask(event.value);
        return [];
      case 'RUN_FINISHED':
        for (const { message } of event.outcome?.interrupts ?? []) this.#ask(message);
        return this.#finish();
      case 'RUN_ERROR':
        return [
          {
            type: 'fail',
            code: 'upstream_failed',
            hint: 'the agent reported an error: see the log of the service',
          },
        ];
    }
  }

  #start(
    messageId: string,
    { role, subagentRunId }: Pick<EventOf<'TEXT_MESSAGE_START'>, 'role' | 'subagentRunId'>,
  ): void {
    if (subagentRunId || (role ?? 'assistant') !== 'assistant') this.#others.add(messageId);
  }

  #chunk(chunk: EventOf<'TEXT_MESSAGE_CHUNK'>): readonly DialectEvent[] {
    if (chunk.messageId && chunk.messageId !== this.#chunked) {
      this.#chunked = chunk.messageId;
      this.#start(chunk.messageId, chunk);
    }
    return this.#text(this.#chunked, chunk.delta ?? '');
  }

  #text(messageId: string, delta: string): readonly DialectEvent[] {
    if (delta === '' || this.#others.has(messageId)) return [];
    return [{ type: 'token', text: this.#paragraphs.add(messageId, delta) }];
  }

  /** In words: what is data is for a program that knows the agent. Some tell it in both ways. */
  #ask(question: unknown): void {
    if (typeof question !== 'string' || typeof parseJson(question) === 'object') return;
    if (!this.#questions.includes(question)) this.#questions.push(question);
  }

  /** What was not streamed may be in the snapshot. */
  #finish(): readonly DialectEvent[] {
    const unstreamed = this.#paragraphs.started ? this.#questions : [this.#whole, ...this.#questions];
    const events = unstreamed
      .filter((text) => text.trim() !== '')
      .map((text, index): DialectEvent => {
        return { type: 'whole', text: this.#paragraphs.add(`unstreamed ${index}`, text) };
      });
    return [...events, { type: 'end' }];
  }
}

/** What the assistant says after the newest question. */
function answerIn({ messages }: EventOf<'MESSAGES_SNAPSHOT'>): string {
  const question = messages.findLastIndex(({ role }) => role === 'user');
  return messages
    .slice(question + 1)
    .filter((message) => message.role === 'assistant' && !message.subagentRunId)
    .map(({ content = '' }) => content)
    .filter((content) => content.trim() !== '')
    .join('\n\n');
}
