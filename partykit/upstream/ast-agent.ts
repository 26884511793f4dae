/** AST, the Agent Service Toolkit, in the agent dialect of its public version. */
import * as z from 'zod/mini';
import { parseJson } from '#protocol';
import type { UpstreamRequest } from '../room/ports.ts';
import { astMessageSchema, hasText, type AstMessage } from './ast-message.ts';
import type { Dialect, DialectEvent, DialectFailure, DialectReader, HttpCall } from './dialect.ts';
import { ForeignEvents } from './foreign-events.ts';
import { Paragraphs } from './paragraphs.ts';
import { refusedRequest } from './refused-request.ts';
import { requestHeaders, type ServiceAccess } from './service-access.ts';

export interface AstAgentConfig extends ServiceAccess {
  /** Undefined: the service's default agent. */
  readonly agent: string | undefined;
}

const eventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('token'), content: z.string() }),
  z.object({ type: z.literal('message'), content: astMessageSchema }),
  z.object({ type: z.literal('error') }),
]);

const FAILED: DialectFailure = {
  type: 'fail',
  code: 'upstream_failed',
  hint: 'the agent raised an error: see the log of the service',
};

export function astAgent(config: AstAgentConfig): Dialect {
  const missing =
    config.agent === undefined
      ? (['the service has no default agent', 'check AST_URL, or set AST_AGENT'] as const)
      : ([`the service has no agent ${config.agent}`, 'check AST_AGENT and AST_URL'] as const);
  return {
    addressVariable: 'AST_URL',
    call: (request) => callOf(config, request),
    reader: () => new AstAgentReader(),
    explain: (status) => refusedRequest({ address: 'AST_URL', key: 'AST_API_KEY', missing }, status),
  };
}

function callOf(config: AstAgentConfig, { message, threadId }: UpstreamRequest): HttpCall {
  const agent = config.agent === undefined ? '' : `/${encodeURIComponent(config.agent)}`;
  return {
    url: `${config.url}${agent}/stream`,
    headers: requestHeaders(config),
    body: JSON.stringify({ message, thread_id: threadId, stream_tokens: true }),
  };
}

/**
 * A token does not say of which message it is. The graph's messages come when they are finished, so whatever is streamed
 * after one belongs to the next.
 */
class AstAgentReader implements DialectReader {
  readonly #foreign = new ForeignEvents(
    'the events are not those of an AST agent: check AST_URL and AST_DIALECT',
  );
  readonly #paragraphs = new Paragraphs();
  #began = false;
  #messages = 0;
  #streamed = '';
  /** Tokens came since the last message was finished. */
  #inMessage = false;
  /** The last message, when it was not streamed: an agent that asks back sends its question so. */
  #whole = '';
  #failed = false;

  read(data: string): readonly DialectEvent[] {
    if (data === '[DONE]') return this.#finish();
    const event = eventSchema.safeParse(parseJson(data));
    if (!event.success) return this.#foreign.one();
    this.#foreign.none();
    this.#began = true;
    switch (event.data.type) {
      case 'token':
        return this.#token(event.data.content);
      case 'message':
        this.#message(event.data.content);
        return [];
      case 'error':
        this.#failed = true;
        return [];
    }
  }

  close(): readonly DialectEvent[] {
    if (this.#failed) return [FAILED];
    // The toolkit looks for the agent when it has already begun to answer.
    const hint = this.#began
      ? 'the stream ended without [DONE]'
      : 'the stream ended before it began, as it does where there is no such agent: check AST_AGENT';
    return [{ type: 'fail', code: 'upstream_truncated', hint }];
  }

  #token(content: string): readonly DialectEvent[] {
    if (content === '') return [];
    const text = this.#paragraphs.add(String(this.#messages), content);
    this.#streamed += text;
    this.#inMessage = true;
    this.#whole = '';
    return [{ type: 'token', text }];
  }

  #message(message: AstMessage): void {
    if (message.type !== 'ai' && message.type !== 'tool') return;
    const streamed = this.#inMessage;
    this.#inMessage = false;
    this.#messages += 1;
    if (message.type === 'ai' && !streamed && hasText(message)) this.#whole = message.content;
  }

  #finish(): readonly DialectEvent[] {
    if (this.#failed) return [FAILED];
    // Graphs may send a message again that was streamed earlier.
    if (this.#whole === '' || this.#streamed.includes(this.#whole.trim())) return [{ type: 'end' }];
    const text = this.#paragraphs.add(`whole ${this.#messages}`, this.#whole);
    return [{ type: 'whole', text }, { type: 'end' }];
  }
}
