/** `GET /health`: whether this relay can do its work, for load balancers and people. Wakes no room and tells no value. */
import { PROTOCOL_VERSION } from '#protocol';
import { readConfig } from './env.ts';

const PATH = '/health';

/** Undefined when the request asks for something else. 503 when no agent service could be asked. */
export function answerHealth(
  request: { readonly url: string; readonly method: string },
  variables: unknown,
): Response | undefined {
  if (new URL(request.url).pathname !== PATH || request.method !== 'GET') return undefined;
  const config = readConfig(variables);
  const upstream = !config.ok
    ? 'misconfigured'
    : config.value.service === undefined
      ? 'unconfigured'
      : 'configured';
  const ready = upstream === 'configured';
  return Response.json(
    { status: ready ? 'ok' : 'not_ready', protocol: PROTOCOL_VERSION, upstream },
    { status: ready ? 200 : 503, headers: { 'cache-control': 'no-store' } },
  );
}
