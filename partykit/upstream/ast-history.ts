/** What AST already knows of a thread: `POST /history`, or that of an agent. */
import * as z from 'zod/mini';
import { fail, parseJson, succeed, type Result } from '#protocol';
import type { PastMessage, UpstreamMemory } from '../room/ports.ts';
import { astMessageSchema, hasText, type AstMessage } from './ast-message.ts';
import { readBody } from './body.ts';
import { refusedRequest } from './refused-request.ts';
import { requestHeaders, type ServiceAccess } from './service-access.ts';

/** A room waits for it before it greets anybody. */
const LIMIT_MS = 4_000;

/** Tool results are in it too, and they can be long. */
const BODY_MAX_BYTES = 4 * 1024 * 1024;

const historySchema = z.object({ messages: z.array(astMessageSchema) });

export interface AstHistoryConfig extends ServiceAccess {
  /** Whose threads they are; undefined for the service's default agent, and for workflows. */
  readonly agent?: string | undefined;
}

export function astHistory(service: AstHistoryConfig, limitMs = LIMIT_MS): UpstreamMemory {
  return {
    recall: (threadId) =>
      recall(service, threadId, AbortSignal.timeout(limitMs)).catch(() =>
        fail(
          `the history did not come within ${limitMs / 1000} s, or the connection failed: check AST_URL and AST_HISTORY`,
        ),
      ),
  };
}

async function recall(
  service: AstHistoryConfig,
  threadId: string,
  signal: AbortSignal,
): Promise<Result<readonly PastMessage[], string>> {
  const ask = (path: string): Promise<Response> =>
    fetch(service.url + path, {
      method: 'POST',
      headers: requestHeaders(service, 'application/json'),
      body: JSON.stringify({ thread_id: threadId }),
      signal,
      // The key goes to the configured address and to no other (A10).
      redirect: 'manual',
    });
  let response = await ask(
    service.agent === undefined ? '/history' : `/${encodeURIComponent(service.agent)}/history`,
  );
  if (response.status === 404 && service.agent !== undefined) {
    // Older toolkits have one history for all agents.
    await response.body?.cancel();
    response = await ask('/history');
  }
  if (!response.ok) {
    await response.body?.cancel().catch(() => undefined);
    return fail(refusal(response.status));
  }
  const body = await readBody(response, BODY_MAX_BYTES);
  if (!body.ok) return fail('the history is larger than 4 MiB');
  const history = historySchema.safeParse(parseJson(body.value));
  if (!history.success) return fail('what came is not a history: check AST_URL, or unset AST_HISTORY');
  return succeed(turnsOf(history.data.messages));
}

function refusal(status: number): string {
  if (status === 500) return 'no history (500): the toolkit answers so where it does not know the thread yet';
  const missing = ['the service has no /history', 'check AST_URL, or unset AST_HISTORY'] as const;
  return refusedRequest({ address: 'AST_URL', key: 'AST_API_KEY', missing }, status).hint;
}

/** Questions and answers as they would be here: what the agent said between two questions is one answer. */
function turnsOf(messages: readonly AstMessage[]): readonly PastMessage[] {
  const turns: PastMessage[] = [];
  for (const message of messages) {
    const role = message.type === 'human' ? 'user' : message.type === 'ai' ? 'assistant' : undefined;
    if (role === undefined || !hasText(message)) continue;
    const last = turns.at(-1);
    if (role === 'assistant' && last?.role === 'assistant') {
      turns[turns.length - 1] = { role, content: `${last.content}\n\n${message.content}` };
    } else turns.push({ role, content: message.content });
  }
  return turns;
}
