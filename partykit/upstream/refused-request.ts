/** What an HTTP status other than 2xx means, and which variable the operator is to look at. */
import type { DialectFailure } from './dialect.ts';

/** What is in the hints, and differs from service to service. */
export interface RequestVariables {
  readonly address: string;
  readonly key: string;
  /** What a 404 says, and what to do about it. */
  readonly missing: readonly [what: string, remedy: string];
  /** What may be wrong with the request, where the configuration has a part in it. */
  readonly invalid?: string;
}

const rejected = (hint: string): DialectFailure => ({ type: 'fail', code: 'upstream_rejected', hint });

export function refusedRequest(variables: RequestVariables, status: number): DialectFailure {
  const { address, key, missing, invalid } = variables;
  if (status === 401 || status === 403)
    return rejected(`the service refused the key (${status}): check ${key}`);
  if (status === 402) return rejected('the account at the service has no credit left (402)');
  if (status === 404) return rejected(`${missing[0]} (404): ${missing[1]}`);
  if (status === 405) return rejected(`nothing there takes a POST (405): check ${address}`);
  if (status === 429)
    return { type: 'fail', code: 'rate_limited', hint: 'the service limits the rate (429)' };
  if (status >= 300 && status < 400)
    return rejected(`the service redirects (${status}): set ${address} to its real address`);
  if (status < 500) {
    const advice = invalid === undefined ? '' : `: ${invalid}`;
    return rejected(`the service did not accept the request (${status})${advice}`);
  }
  return { type: 'fail', code: 'upstream_failed', hint: `the service failed (${status}): see its own log` };
}
