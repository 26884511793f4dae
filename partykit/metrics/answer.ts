/** `GET /metrics`: what all rooms have counted, for those who have the token. Wakes no room; off without a token. */
import { readMetricsToken } from '../env.ts';
import { EXPOSITION_TYPE, expositionOf } from './exposition.ts';
import type { LedgerPort } from './ledger-wire.ts';
import { sameSecret } from './same-secret.ts';

const PATH = '/metrics';

const NOT_STORED = { 'cache-control': 'no-store' };

export interface MetricsRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: { get(name: string): string | null };
}

/** Undefined when the request asks for something else, and for everything where metrics are off. */
export async function answerMetrics(
  request: MetricsRequest,
  variables: unknown,
  ledger: Pick<LedgerPort, 'read'>,
): Promise<Response | undefined> {
  const token = readMetricsToken(variables);
  if (token === undefined) return undefined;
  if (new URL(request.url).pathname !== PATH || request.method !== 'GET') return undefined;
  const [, given] = /^Bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '') ?? [];
  if (given === undefined || !(await sameSecret(given, token))) {
    return new Response('Unauthorized\n', {
      status: 401,
      headers: { ...NOT_STORED, 'www-authenticate': 'Bearer' },
    });
  }
  try {
    const text = expositionOf(await ledger.read());
    return new Response(text, { headers: { ...NOT_STORED, 'content-type': EXPOSITION_TYPE } });
  } catch {
    return new Response('The counts cannot be read\n', { status: 503, headers: NOT_STORED });
  }
}
