/**
 * The closed sets of the contract: error codes of `error` frames and failed messages, and the close codes of a
 * refused connection (rule H3).
 */

/** `retryable` says whether the same request can succeed later without anybody changing it. */
export const ERROR_CODES = {
  bad_frame: { retryable: false },
  too_large: { retryable: false },
  busy: { retryable: true },
  rate_limited: { retryable: true },
  id_conflict: { retryable: false },
  unknown_message: { retryable: false },
  unauthorized: { retryable: false },
  forbidden: { retryable: false },
  upstream_unconfigured: { retryable: true },
  upstream_unreachable: { retryable: true },
  upstream_rejected: { retryable: true },
  upstream_timeout: { retryable: true },
  upstream_failed: { retryable: true },
  upstream_truncated: { retryable: true },
  upstream_overflow: { retryable: true },
  interrupted: { retryable: true },
  storage_failed: { retryable: true },
} as const satisfies Record<string, { readonly retryable: boolean }>;

export type ErrorCode = keyof typeof ERROR_CODES;

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(ERROR_CODES, value);
}

/**
 * Close codes of a refused connection. `final`: trying again cannot help. `token`: it can, once, with a new token.
 * Any other code is a lost connection and is retried.
 */
export const CLOSE_CODES = {
  badThread: { code: 4400, retry: 'final' },
  unauthorized: { code: 4401, retry: 'token' },
  forbidden: { code: 4403, retry: 'final' },
  tooManyConnections: { code: 4429, retry: 'later' },
} as const satisfies Record<string, { readonly code: number; readonly retry: 'final' | 'token' | 'later' }>;

export type CloseRetry = (typeof CLOSE_CODES)[keyof typeof CLOSE_CODES]['retry'];

/** What a client does after a socket closed with `code`: anything that is not ours is `later`. */
export function retryAfterClose(code: number): CloseRetry {
  for (const known of Object.values(CLOSE_CODES)) if (known.code === code) return known.retry;
  return 'later';
}
