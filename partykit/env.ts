/** The relay's configuration, read once from the platform's variables; every problem is named (one line each). */
import * as z from 'zod/mini';
import { fail, succeed, type Result } from '#protocol';
import { parseAllowedOrigins, type AllowedOrigins } from './admission/allowed-origins.ts';
import type { Door } from './admission/door.ts';
import { DEFAULT_RATE_SETTINGS, ratesOf, type Rates } from './room/rates.ts';
import { DEFAULT_RUN_LIMITS, type RunLimits } from './room/run-limits.ts';

export interface RelayConfig {
  /** Undefined when no agent service is configured: rooms work, runs fail with `upstream_unconfigured`. */
  readonly ast:
    { readonly url: string; readonly apiKey: string | undefined; readonly workflow: string } | undefined;
  readonly limits: RunLimits;
  readonly rates: Rates;
  /** Runs of one person a day (UTC); undefined where they are not counted. */
  readonly runsPerDay: number | undefined;
  readonly door: Door;
}

/** An empty variable is an absent one: that is how `.env` files switch things off. */
const text = z.pipe(
  z.optional(z.string()),
  z.transform((value) => (value === undefined || value.trim() === '' ? undefined : value.trim())),
);

const wholeNumber = <Fallback>(of: string, fallback: Fallback) =>
  z.pipe(
    text,
    z.transform((value, context): number | Fallback => {
      if (value === undefined) return fallback;
      const number = Number(value);
      if (Number.isSafeInteger(number) && number > 0) return number;
      context.issues.push({ code: 'custom', message: `is not a whole number of ${of}`, input: value });
      return z.NEVER;
    }),
  );

const serviceUrl = z.pipe(
  text,
  z.transform((value, context): string | undefined => {
    if (value === undefined) return undefined;
    const url = parseUrl(value);
    if (url?.protocol === 'http:' || url?.protocol === 'https:') {
      if (url.search === '' && url.hash === '' && url.username === '' && url.password === '')
        return url.href.replace(/\/+$/, '');
    }
    context.issues.push({
      code: 'custom',
      message: 'is not an http or https address without query, such as https://agents.example.com',
      input: value,
    });
    return z.NEVER;
  }),
);

function parseUrl(value: string): URL | undefined {
  try {
    return new URL(value);
  } catch {
    return undefined;
  }
}

/** Keys are fetched from it: only over TLS, or from this machine. */
const keySetUrl = z.pipe(
  text,
  z.transform((value, context): string | undefined => {
    if (value === undefined) return undefined;
    const url = parseUrl(value);
    const isLocal = url?.protocol === 'http:' && /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname);
    if (
      url !== undefined &&
      (url.protocol === 'https:' || isLocal) &&
      url.username === '' &&
      url.password === ''
    )
      return url.href;
    context.issues.push({
      code: 'custom',
      message: 'is not an https address, such as https://login.example.com/.well-known/jwks.json',
      input: value,
    });
    return z.NEVER;
  }),
);

/** 256 bits as text: what signs a token has to be as strong as the signature. */
const SECRET_MIN_BYTES = 32;
const SECRET_MIN_DIFFERENT = 10;

const sharedSecret = z.pipe(
  text,
  z.transform((value, context): string | undefined => {
    if (value === undefined) return undefined;
    const isLong = new TextEncoder().encode(value).length >= SECRET_MIN_BYTES;
    if (isLong && new Set(value).size >= SECRET_MIN_DIFFERENT) return value;
    context.issues.push({
      code: 'custom',
      message:
        'has less than 256 bits: make one of 32 random bytes or more, for example with openssl rand -base64 32',
      input: value,
    });
    return z.NEVER;
  }),
);

const allowedOrigins = z.pipe(
  text,
  z.transform((value, context): AllowedOrigins | undefined => {
    if (value === undefined) return undefined;
    const parsed = parseAllowedOrigins(value);
    if (parsed.ok) return parsed.value;
    for (const message of parsed.failure) context.issues.push({ code: 'custom', message, input: value });
    return z.NEVER;
  }),
);

/** What a header can carry, and long enough that nobody guesses it. */
const bearerToken = z.pipe(
  text,
  z.transform((value, context): string | undefined => {
    if (value === undefined || /^[\x21-\x7e]{16,}$/.test(value)) return value;
    context.issues.push({
      code: 'custom',
      message: 'is not 16 or more letters, digits and signs without a space',
      input: value,
    });
    return z.NEVER;
  }),
);

/**
 * Known names that this version cannot honour. Passed over in silence they would promise what is not there: who sets a
 * secret believes the door to be locked.
 */
const notYet = z.pipe(
  text,
  z.transform((value, context): undefined => {
    if (value === undefined) return undefined;
    context.issues.push({
      code: 'custom',
      message: 'is not supported by this version: unset it',
      input: value,
    });
    return z.NEVER;
  }),
);

const variablesSchema = z.object({
  AST_URL: serviceUrl,
  AST_API_KEY: text,
  AST_WORKFLOW: text,
  RUN_IDLE_LIMIT_MS: wholeNumber('milliseconds', DEFAULT_RUN_LIMITS.idleMs),
  RUN_TOTAL_LIMIT_MS: wholeNumber('milliseconds', DEFAULT_RUN_LIMITS.totalMs),
  METRICS_TOKEN: bearerToken,
  UPSTREAM: notYet,
  AST_DIALECT: notYet,
  ALLOWED_ORIGINS: allowedOrigins,
  IVY_JWT_SECRET: sharedSecret,
  IVY_JWKS_URL: keySetUrl,
  IVY_JWT_ISSUER: text,
  IVY_JWT_AUDIENCE: text,
  MESSAGES_PER_MINUTE: wholeNumber('messages', DEFAULT_RATE_SETTINGS.messagesPerMinute),
  MESSAGES_PER_DAY: wholeNumber('messages', undefined),
  FRAMES_PER_MINUTE: wholeNumber('frames', DEFAULT_RATE_SETTINGS.framesPerMinute),
  CONNECTIONS_PER_THREAD: wholeNumber('connections', DEFAULT_RATE_SETTINGS.connections),
});

/** A failure lists the problems, each beginning with its variable's name and holding no value. */
export function readConfig(variables: unknown): Result<RelayConfig, readonly string[]> {
  const parsed = variablesSchema.safeParse(variables);
  if (!parsed.success) {
    return fail(parsed.error.issues.map(({ path, message }) => `${path.map(String).join('.')} ${message}`));
  }
  const { AST_URL, AST_API_KEY, AST_WORKFLOW, RUN_IDLE_LIMIT_MS, RUN_TOTAL_LIMIT_MS } = parsed.data;
  const { MESSAGES_PER_MINUTE, FRAMES_PER_MINUTE, CONNECTIONS_PER_THREAD, MESSAGES_PER_DAY } = parsed.data;
  const door = doorOf(parsed.data);
  if (!door.ok) return door;
  return succeed({
    ast:
      AST_URL === undefined
        ? undefined
        : { url: AST_URL, apiKey: AST_API_KEY, workflow: AST_WORKFLOW ?? 'wf_ivy' },
    limits: { idleMs: RUN_IDLE_LIMIT_MS, totalMs: RUN_TOTAL_LIMIT_MS },
    rates: ratesOf({
      messagesPerMinute: MESSAGES_PER_MINUTE,
      framesPerMinute: FRAMES_PER_MINUTE,
      connections: CONNECTIONS_PER_THREAD,
    }),
    runsPerDay: MESSAGES_PER_DAY,
    door: door.value,
  });
}

/** What only shows when the variables are looked at together. */
function doorOf(variables: z.infer<typeof variablesSchema>): Result<Door, readonly string[]> {
  const { ALLOWED_ORIGINS: origins, IVY_JWT_SECRET: secret, IVY_JWKS_URL: url } = variables;
  const keys =
    url !== undefined
      ? { kind: 'jwks' as const, url }
      : secret === undefined
        ? undefined
        : { kind: 'secret' as const, secret };
  const problems: string[] = [];
  if (secret !== undefined && url !== undefined) {
    problems.push('IVY_JWT_SECRET and IVY_JWKS_URL are both set: tokens are signed with one or the other');
  }
  if (origins?.any === true && keys === undefined) {
    problems.push(
      'ALLOWED_ORIGINS allows every page with *: that takes tokens, so set IVY_JWT_SECRET or IVY_JWKS_URL',
    );
  }
  if (problems.length > 0) return fail(problems);
  const { IVY_JWT_ISSUER: issuer, IVY_JWT_AUDIENCE: audience } = variables;
  return succeed({ origins, tokens: keys === undefined ? undefined : { keys, issuer, audience } });
}

const metricsSchema = z.object({ METRICS_TOKEN: bearerToken });

/**
 * The token that opens `/metrics`; undefined, which is off, also where it cannot be used. Apart from the rest, because a
 * relay whose other variables are wrong has failures to count.
 */
export function readMetricsToken(variables: unknown): string | undefined {
  const parsed = metricsSchema.safeParse(variables);
  return parsed.success ? parsed.data.METRICS_TOKEN : undefined;
}
