/** AST, the Agent Service Toolkit, in its workflow dialect: the default agent service. */
import * as z from 'zod/mini';
import { parseJson } from '#protocol';
import type { UpstreamRequest } from '../room/ports.ts';
import type { Dialect, DialectEvent, DialectFailure, DialectReader, HttpCall } from './dialect.ts';
import { ForeignEvents } from './foreign-events.ts';
import { refusedRequest } from './refused-request.ts';
import { requestHeaders, type ServiceAccess } from './service-access.ts';
import { namedThread } from './thread-name.ts';

export interface AstWorkflowConfig extends ServiceAccess {
  readonly workflow: string;
}

const eventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('token'), content: z.string() }),
  z.object({ type: z.literal('complete'), content: z.string() }),
  z.object({ type: z.literal('error') }),
  z.object({ type: z.literal('done'), threadId: z.optional(z.nullable(z.string())) }),
]);

const FAILED: DialectFailure = {
  type: 'fail',
  code: 'upstream_failed',
  hint: 'the workflow raised an error: see the log of the service',
};

export function astWorkflow(config: AstWorkflowConfig): Dialect {
  return {
    addressVariable: 'AST_URL',
    call: (request) => callOf(config, request),
    reader: () => new AstWorkflowReader(),
    explain: (status) =>
      refusedRequest(
        {
          address: 'AST_URL',
          key: 'AST_API_KEY',
          missing: [`the service has no workflow ${config.workflow}`, 'check AST_WORKFLOW and AST_URL'],
        },
        status,
      ),
  };
}

function callOf(config: AstWorkflowConfig, { message, threadId }: UpstreamRequest): HttpCall {
  return {
    url: `${config.url}/workflows/${encodeURIComponent(config.workflow)}/stream`,
    headers: requestHeaders(config),
    body: JSON.stringify({ message, threadId }),
  };
}

class AstWorkflowReader implements DialectReader {
  readonly #foreign = new ForeignEvents(
    'the events are not those of an AST workflow: check AST_URL and AST_DIALECT',
  );
  #tokens = false;
  #whole = '';
  #failed = false;

  read(data: string): readonly DialectEvent[] {
    if (data === '[DONE]') return this.#finish();
    const event = eventSchema.safeParse(parseJson(data));
    if (!event.success) return this.#foreign.one();
    this.#foreign.none();
    switch (event.data.type) {
      case 'token':
        if (event.data.content === '') return [];
        this.#tokens = true;
        return [{ type: 'token', text: event.data.content }];
      case 'complete':
        this.#whole = event.data.content;
        return [];
      case 'error':
        this.#failed = true;
        return [];
      case 'done':
        return namedThread(event.data.threadId);
    }
  }

  close(): readonly DialectEvent[] {
    if (this.#failed) return this.#finish();
    return [{ type: 'fail', code: 'upstream_truncated', hint: 'the stream ended without [DONE]' }];
  }

  #finish(): readonly DialectEvent[] {
    if (this.#failed) return [FAILED];
    if (this.#tokens || this.#whole === '') return [{ type: 'end' }];
    return [{ type: 'whole', text: this.#whole }, { type: 'end' }];
  }
}
