/** How a service is reached, whatever it speaks. */

export interface ServiceAccess {
  /** Without a trailing slash. */
  readonly url: string;
  readonly apiKey: string | undefined;
  /** Headers of the operator's, with names in lower case: for gateways that want more than a key. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

export function requestHeaders(
  { apiKey, headers }: ServiceAccess,
  accept = 'text/event-stream',
): Readonly<Record<string, string>> {
  return {
    ...headers,
    'content-type': 'application/json',
    accept,
    ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
  };
}
