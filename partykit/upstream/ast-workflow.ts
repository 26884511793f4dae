/** AST, the Agent Service Toolkit, in its workflow dialect: the default agent service. */
import * as z from 'zod/mini';
import { parseJson } from '#protocol';
import type { UpstreamRequest } from '../room/ports.ts';
import type { Dialect, DialectEvent, DialectFailure, DialectReader, HttpCall } from './dialect.ts';

export interface AstWorkflowConfig {
  /** Without a trailing slash. */
  readonly url: string;
  readonly apiKey: string | undefined;
  readonly workflow: string;
}

const eventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('token'), content: z.string() }),
  z.object({ type: z.literal('complete'), content: z.string() }),
  z.object({ type: z.literal('error') }),
  z.object({ type: z.literal('done'), threadId: z.optional(z.nullable(z.string())) }),
]);

/** It is stored with the thread, so a service may not make it as long as it likes. */
const THREAD_ID_MAX_CHARS = 512;

function named(threadId: string | null | undefined): readonly DialectEvent[] {
  return threadId && threadId.length <= THREAD_ID_MAX_CHARS ? [{ type: 'threadNamed', threadId }] : [];
}

/** Events that cannot be read are passed over; this many in a row mean that it is not this dialect. */
const UNREADABLE_MAX = 3;

export function astWorkflow(config: AstWorkflowConfig): Dialect {
  return {
    call: (request) => callOf(config, request),
    reader: () => new AstWorkflowReader(),
    explain: (status) => explain(config, status),
  };
}

function callOf({ url, apiKey, workflow }: AstWorkflowConfig, request: UpstreamRequest): HttpCall {
  return {
    url: `${url}/workflows/${encodeURIComponent(workflow)}/stream`,
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
    },
    body: JSON.stringify({ message: request.message, threadId: request.threadId }),
  };
}

function explain({ workflow }: AstWorkflowConfig, status: number): DialectFailure {
  const rejected = (hint: string): DialectFailure => ({ type: 'fail', code: 'upstream_rejected', hint });
  if (status === 401 || status === 403)
    return rejected(`the service refused the key (${status}): check AST_API_KEY`);
  if (status === 404)
    return rejected(`the service has no workflow ${workflow} (404): check AST_WORKFLOW and AST_URL`);
  if (status === 429)
    return { type: 'fail', code: 'rate_limited', hint: 'the service limits the rate (429)' };
  if (status >= 300 && status < 400)
    return rejected(`the service redirects (${status}): set AST_URL to its real address`);
  if (status < 500) return rejected(`the service did not accept the request (${status})`);
  return { type: 'fail', code: 'upstream_failed', hint: `the service failed (${status}): see its own log` };
}

class AstWorkflowReader implements DialectReader {
  #tokens = false;
  #whole = '';
  #failed = false;
  #unreadable = 0;

  read(data: string): readonly DialectEvent[] {
    if (data === '[DONE]') return this.#finish();
    const event = eventSchema.safeParse(parseJson(data));
    if (!event.success) return this.#unread();
    this.#unreadable = 0;
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
        return named(event.data.threadId);
    }
  }

  close(): readonly DialectEvent[] {
    if (this.#failed) return this.#finish();
    return [{ type: 'fail', code: 'upstream_truncated', hint: 'the stream ended without [DONE]' }];
  }

  #finish(): readonly DialectEvent[] {
    if (this.#failed) {
      return [
        {
          type: 'fail',
          code: 'upstream_failed',
          hint: 'the workflow raised an error: see the log of the service',
        },
      ];
    }
    if (this.#tokens || this.#whole === '') return [{ type: 'end' }];
    return [{ type: 'token', text: this.#whole }, { type: 'end' }];
  }

  #unread(): readonly DialectEvent[] {
    this.#unreadable += 1;
    if (this.#unreadable < UNREADABLE_MAX) return [];
    return [
      {
        type: 'fail',
        code: 'upstream_failed',
        hint: 'the events are not those of an AST workflow: check AST_URL',
      },
    ];
  }
}
