/** The relay's configuration, read once from the platform's variables; every problem is named (one line each). */
import * as z from 'zod/mini';
import { fail, succeed, type Result } from '#protocol';
import { parseAllowedOrigins, type AllowedOrigins } from './admission/allowed-origins.ts';
import type { Door } from './admission/door.ts';
import { DEFAULT_RATE_SETTINGS, ratesOf, type Rates } from './room/rates.ts';
import { DEFAULT_RUN_LIMITS, type RunLimits } from './room/run-limits.ts';
import { isOfService, serviceOf, serviceVariables } from './service-variables.ts';
import type { ServiceConfig } from './upstream/service.ts';
import { parseUrl, text, wholeNumber } from './variable.ts';

export interface RelayConfig {
  /** Undefined when no agent service is configured: rooms work, runs fail with `upstream_unconfigured`. */
  readonly service: ServiceConfig | undefined;
  readonly limits: RunLimits;
  readonly rates: Rates;
  /** Runs of one person a day (UTC); undefined where they are not counted. */
  readonly runsPerDay: number | undefined;
  readonly door: Door;
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

const variablesSchema = z.object({
  ...serviceVariables,
  RUN_IDLE_LIMIT_MS: wholeNumber('milliseconds', DEFAULT_RUN_LIMITS.idleMs),
  RUN_TOTAL_LIMIT_MS: wholeNumber('milliseconds', DEFAULT_RUN_LIMITS.totalMs),
  METRICS_TOKEN: bearerToken,
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

type Variables = z.infer<typeof variablesSchema>;

export type RelayVariable = keyof Variables;

/** All that the relay reads. */
export const RELAY_VARIABLES: readonly string[] = Object.keys(variablesSchema.shape);

interface Parsed {
  /** Those that are wrong are unset, so that the others can still be looked at together. Undefined where there are none. */
  readonly values: Variables | undefined;
  readonly wrong: readonly { readonly name: string; readonly message: string }[];
}

function parse(variables: unknown): Parsed {
  const parsed = variablesSchema.safeParse(variables);
  if (parsed.success) return { values: parsed.data, wrong: [] };
  const wrong = parsed.error.issues.map(({ path, message }) => ({
    name: path.map(String).join('.'),
    message,
  }));
  if (typeof variables !== 'object' || variables === null) return { values: undefined, wrong };
  const names = new Set(wrong.map(({ name }) => name));
  const others = Object.fromEntries(Object.entries(variables).filter(([name]) => !names.has(name)));
  return { values: variablesSchema.safeParse(others).data, wrong };
}

/** A failure lists all problems, each beginning with its variable's name and holding no value. */
export function readConfig(variables: unknown): Result<RelayConfig, readonly string[]> {
  const { values, wrong: all } = parse(variables);
  const wrong = all.filter(({ name }) => values === undefined || isOfService(name, values.UPSTREAM ?? 'ast'));
  const problems = wrong.map(({ name, message }) => `${name} ${message}`);
  if (values === undefined) return fail(problems);
  const isWrong = (name: string): boolean => wrong.some((one) => one.name === name);
  const service = isWrong('UPSTREAM') ? succeed(undefined) : serviceOf(values, isWrong);
  const door = DOOR_VARIABLES.some(isWrong) ? NO_DOOR : doorOf(values);
  if (!service.ok) problems.push(...service.failure);
  if (!door.ok) problems.push(...door.failure);
  if (problems.length > 0 || !service.ok || !door.ok) return fail(problems);
  return succeed({
    service: service.value,
    limits: { idleMs: values.RUN_IDLE_LIMIT_MS, totalMs: values.RUN_TOTAL_LIMIT_MS },
    rates: ratesOf({
      messagesPerMinute: values.MESSAGES_PER_MINUTE,
      framesPerMinute: values.FRAMES_PER_MINUTE,
      connections: values.CONNECTIONS_PER_THREAD,
    }),
    runsPerDay: values.MESSAGES_PER_DAY,
    door: door.value,
  });
}

/** Of a door with a part that is wrong, the whole says nothing more. */
const DOOR_VARIABLES = ['ALLOWED_ORIGINS', 'IVY_JWT_SECRET', 'IVY_JWKS_URL'];
const NO_DOOR = succeed<Door>({ origins: undefined, tokens: undefined });

/** What only shows when the variables are looked at together. */
function doorOf(variables: Variables): Result<Door, readonly string[]> {
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
