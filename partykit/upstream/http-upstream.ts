/**
 * An agent service over HTTP: one POST, an event stream back. The effects only; what is asked and how events are read
 * is the dialect's.
 */
import { parseJson } from '#protocol';
import type { Upstream, UpstreamOutcome, UpstreamRequest, UpstreamSink } from '../room/ports.ts';
import { readBody } from './body.ts';
import type { Dialect, DialectEvent, DialectReader } from './dialect.ts';
import { readServerSentEvents, SseOverflowError } from './sse.ts';

/** The longest wait that a client is told after a 429 (F12). */
const RETRY_AFTER_MAX_MS = 60_000;

/** What a hint may name; any other type is text of the service, and is kept out (rule S5). */
const NAMED_TYPES: ReadonlySet<string> = new Set(['application/json', 'text/html', 'text/plain']);

/** An answer in one piece: no larger than an event may be. */
const JSON_MAX_BYTES = 1024 * 1024;

/** The part of `fetch` that is used; `npm run relay:check` looks at what goes by. */
export type Send = (url: string, init: RequestInit) => Promise<Response>;

export function httpUpstream(dialect: Dialect, send: Send = (url, init) => fetch(url, init)): Upstream {
  // Platforms word their network errors differently, and some put the address in: only the kind is kept.
  const unreachable: UpstreamOutcome = {
    ok: false,
    code: 'upstream_unreachable',
    hint: `the connection failed: check that the service runs, and ${dialect.addressVariable}`,
  };
  return {
    start(request, sink) {
      const controller = new AbortController();
      const { signal } = controller;
      const end = (outcome: UpstreamOutcome): void => {
        if (!signal.aborted) sink.ended(outcome);
      };
      run(dialect, send, request, sink, signal).then(end, () => end(unreachable));
      return () => {
        controller.abort();
      };
    },
  };
}

/** For a relay without an agent service: every run fails at once and says what is missing. */
export function unconfiguredUpstream(hint: string): Upstream {
  return {
    start(_request, sink) {
      queueMicrotask(() => {
        sink.ended({ ok: false, code: 'upstream_unconfigured', hint });
      });
      return () => undefined;
    },
  };
}

async function run(
  dialect: Dialect,
  send: Send,
  request: UpstreamRequest,
  sink: UpstreamSink,
  signal: AbortSignal,
): Promise<UpstreamOutcome> {
  const { url, headers, body } = dialect.call(request);
  // Redirects are not followed: the key goes to the configured address and to no other (A10).
  const response = await send(url, { method: 'POST', headers, body, signal, redirect: 'manual' });
  if (!response.ok) return refusal(dialect, response);
  const type = mediaType(response.headers.get('content-type'));
  if (response.body !== null && type === 'text/event-stream') {
    return readStream(response.body, dialect.reader(), sink, signal);
  }
  if (dialect.readJson !== undefined && type === 'application/json') {
    return readWhole(dialect.readJson, response, sink);
  }
  await response.body?.cancel().catch(() => undefined);
  const named = NAMED_TYPES.has(type) ? type : 'something else';
  const hint = `an event stream was expected, not ${named}: check ${dialect.addressVariable}`;
  return { ok: false, code: 'upstream_failed', hint };
}

const BROKEN = {
  ok: false,
  code: 'upstream_truncated',
  hint: 'the connection broke before the answer was whole',
} as const;

async function readStream(
  body: NonNullable<Response['body']>,
  reader: DialectReader,
  sink: UpstreamSink,
  signal: AbortSignal,
): Promise<UpstreamOutcome> {
  try {
    return await readAnswer(body, reader, sink, signal);
  } catch (error) {
    if (error instanceof SseOverflowError) {
      return { ok: false, code: 'upstream_overflow', hint: 'one event was larger than 1 MiB' };
    }
    if (signal.aborted) return BROKEN;
    // What had arrived may have been all of it, or may say why there is no more.
    return pass(reader.close(), sink) ?? BROKEN;
  }
}

async function readWhole(
  read: NonNullable<Dialect['readJson']>,
  response: Response,
  sink: UpstreamSink,
): Promise<UpstreamOutcome> {
  const body = await readBody(response, JSON_MAX_BYTES, () => sink.alive()).catch(() => undefined);
  if (body === undefined) return BROKEN;
  if (!body.ok) return { ok: false, code: 'upstream_overflow', hint: 'the answer was larger than 1 MiB' };
  return pass(read(parseJson(body.value)), sink) ?? { ok: true };
}

async function readAnswer(
  body: NonNullable<Response['body']>,
  reader: DialectReader,
  sink: UpstreamSink,
  signal: AbortSignal,
): Promise<UpstreamOutcome> {
  for await (const events of readServerSentEvents(body)) {
    if (signal.aborted) break;
    sink.alive();
    for (const data of events) {
      const outcome = pass(reader.read(data), sink);
      if (outcome !== undefined) return outcome;
    }
  }
  return pass(reader.close(), sink) ?? { ok: true };
}

/** Without parameters, in lower case: types are compared without regard to it. */
function mediaType(header: string | null): string {
  return header?.split(';')[0]?.trim().toLowerCase() ?? '';
}

async function refusal(dialect: Dialect, response: Response): Promise<UpstreamOutcome> {
  await response.body?.cancel().catch(() => undefined);
  const { code, hint } = dialect.explain(response.status);
  return { ok: false, code, hint, retryAfterMs: retryAfter(response.headers.get('retry-after')) };
}

function retryAfter(seconds: string | null): number | undefined {
  if (seconds === null || !/^\d{1,9}$/.test(seconds)) return undefined;
  return Math.min(Number(seconds) * 1000, RETRY_AFTER_MAX_MS);
}

/** Hands events on; the outcome once there is one. */
function pass(events: readonly DialectEvent[], sink: UpstreamSink): UpstreamOutcome | undefined {
  for (const event of events) {
    switch (event.type) {
      case 'token':
      case 'whole':
        sink.token(event.text);
        break;
      case 'threadNamed':
        sink.threadNamed(event.threadId);
        break;
      case 'end':
        return { ok: true };
      case 'fail':
        return { ok: false, code: event.code, hint: event.hint };
    }
  }
  return undefined;
}
