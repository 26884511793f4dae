/** Asks the configured agent service once, and says in one line what works, or what is wrong and which variable to change. */
import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import type { UpstreamOutcome } from '../room/ports.ts';
import type { RunLimits } from '../room/run-limits.ts';
import type { Dialect, DialectEvent } from '../upstream/dialect.ts';
import { httpUpstream, type Send } from '../upstream/http-upstream.ts';
import { dialectOf, memoryOf, type ServiceConfig } from '../upstream/service.ts';

/** A model that is loaded for the first question takes its time; longer than this nobody watches. */
const IDLE_MAX_MS = 60_000;
const TOTAL_MAX_MS = 3 * 60_000;

const QUESTION = 'Say hello in one short sentence.';

export interface ServiceVerdict {
  readonly works: boolean;
  /** Without a line break, a key or text of the service. */
  readonly line: string;
}

const sentence = (text: string): string => (text.endsWith('?') ? text : `${text}.`);
const works = (what: string): ServiceVerdict => ({ works: true, line: `Works: ${sentence(what)}` });
const fails = (why: string): ServiceVerdict => ({ works: false, line: `Does not work: ${sentence(why)}` });

export async function checkService(
  service: ServiceConfig,
  limits: RunLimits,
  send: Send = (url, init) => fetch(url, init),
): Promise<ServiceVerdict> {
  const dialect = dialectOf(service);
  const threadId = randomUUID();
  const asked = await ask(dialect, threadId, limits, send);
  if (asked.connection !== undefined) return fails(connectionLine(asked.connection, service.url, dialect));
  if (!asked.outcome.ok) return fails(asked.outcome.hint);
  const name = `${nameOf(service)} at ${new URL(service.url).host}`;
  if (asked.text.trim() === '') return fails(`${name} gives an empty answer: ${EMPTY_ADVICE[service.kind]}`);
  if (asked.pieces === 0) {
    return fails(`${name} answers, but all at once instead of streaming: ${STREAM_ADVICE[service.kind]}`);
  }
  const history = await memoryOf(service)?.recall(threadId);
  if (history?.ok === false) return fails(`${name} answers, but ${history.failure}`);
  const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
  return works(
    `${name} streams, with the first text after ${seconds(asked.firstMs)} and all ${asked.text.length} characters after ${seconds(asked.totalMs)}`,
  );
}

interface Asked {
  readonly outcome: UpstreamOutcome;
  /** Code of the error when there was no answer at all; '' where it has none. */
  readonly connection: string | undefined;
  readonly text: string;
  /** How many pieces of it were streamed. */
  readonly pieces: number;
  readonly firstMs: number;
  readonly totalMs: number;
}

async function ask(dialect: Dialect, threadId: string, limits: RunLimits, send: Send): Promise<Asked> {
  const began = performance.now();
  let connection: string | undefined;
  let pieces = 0;
  let text = '';
  let firstMs = 0;
  const seen = (events: readonly DialectEvent[]): readonly DialectEvent[] => {
    pieces += events.filter(({ type }) => type === 'token').length;
    return events;
  };
  const watching = httpUpstream(watched(dialect, seen), async (url, init) => {
    try {
      return await send(url, init);
    } catch (error) {
      if (init.signal?.aborted !== true) connection = codeOf(error);
      throw error;
    }
  });
  const outcome = await new Promise<UpstreamOutcome>((resolve) => {
    const end = (ended: UpstreamOutcome): void => {
      clearTimeout(idle);
      clearTimeout(total);
      resolve(ended);
    };
    const giveUp = (within: number): void => {
      abort();
      const hint = `no answer within ${within / 1000} s: see what the service does`;
      end({ ok: false, code: 'upstream_timeout', hint });
    };
    const idleMs = Math.min(limits.idleMs, IDLE_MAX_MS);
    const totalMs = Math.min(limits.totalMs, TOTAL_MAX_MS);
    const idle = setTimeout(() => giveUp(idleMs), idleMs);
    const total = setTimeout(() => giveUp(totalMs), totalMs);
    const question = { runId: randomUUID(), message: QUESTION, messageId: randomUUID() };
    const abort = watching.start(
      { ...question, threadId, history: [] },
      {
        token: (piece) => {
          if (text === '') firstMs = performance.now() - began;
          text += piece;
        },
        threadNamed: () => undefined,
        alive: () => idle.refresh(),
        ended: end,
      },
    );
  });
  return { outcome, connection, text, pieces, firstMs, totalMs: performance.now() - began };
}

function watched(
  dialect: Dialect,
  seen: (events: readonly DialectEvent[]) => readonly DialectEvent[],
): Dialect {
  return {
    ...dialect,
    reader: () => {
      const reader = dialect.reader();
      return { read: (data) => seen(reader.read(data)), close: () => seen(reader.close()) };
    },
  };
}

const errorSchema = z.object({ code: z.string() });
const failedFetchSchema = z.object({ cause: errorSchema });

function codeOf(error: unknown): string {
  const failed = failedFetchSchema.safeParse(error);
  return failed.success ? failed.data.cause.code : '';
}

/** Only Node says why; a relay on Cloudflare knows that it failed. */
function connectionLine(code: string, url: string, { addressVariable: variable }: Dialect): string {
  const { host, protocol } = new URL(url);
  if (/^(?:ENOTFOUND|EAI_)/.test(code))
    return `DNS does not know ${host} (${code}): check the name in ${variable}`;
  if (code === 'ECONNREFUSED')
    return `nothing listens at ${host} (${code}): start the service, or check ${variable}`;
  if (/^(?:ERR_SSL_|EPROTO)/.test(code))
    return `there is no TLS at ${host} (${code}): should ${variable} begin with http instead of https?`;
  if (/CERT|^(?:UNABLE_TO_|ERR_TLS_)/.test(code)) {
    return `the certificate of ${host} is not trusted (${code}): mend it, or check the name in ${variable}`;
  }
  if (/TIMEOUT|TIMEDOUT|UNREACH/.test(code))
    return `${host} cannot be reached from here (${code}): check ${variable} and the network between`;
  const advice = protocol === 'http:' ? `: should ${variable} begin with https?` : `: check ${variable}`;
  return `${host} closed the connection without an answer (${code || 'no reason given'})${advice}`;
}

function nameOf(service: ServiceConfig): string {
  switch (service.kind) {
    case 'ast-workflow':
      return `the workflow ${service.workflow}`;
    case 'ast-agent':
      return service.agent === undefined ? 'the default agent' : `the agent ${service.agent}`;
    case 'openai':
      return `the model ${service.model}`;
    case 'ag-ui':
      return 'the agent';
  }
}

const EMPTY_ADVICE: Readonly<Record<ServiceConfig['kind'], string>> = {
  'ast-workflow': 'see what the workflow in AST_WORKFLOW ends with',
  'ast-agent': 'see what the agent in AST_AGENT ends with',
  openai: 'see whether the model in OPENAI_MODEL only thinks, and how many tokens it may write',
  'ag-ui': 'see whether the agent at AGUI_URL sends text messages',
};

const STREAM_ADVICE: Readonly<Record<ServiceConfig['kind'], string>> = {
  'ast-workflow': 'let the model of AST_WORKFLOW stream',
  'ast-agent': 'let the model of AST_AGENT stream',
  openai: 'the service at OPENAI_BASE_URL ignores "stream"',
  'ag-ui': 'let the model of the agent at AGUI_URL stream',
};
