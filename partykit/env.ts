/** The relay's configuration, read once from the platform's variables; every problem is named (one line each). */
import * as z from 'zod/mini';
import { fail, succeed, type Result } from '#protocol';
import { DEFAULT_RUN_LIMITS, type RunLimits } from './room/run-limits.ts';

export interface RelayConfig {
  /** Undefined when no agent service is configured: rooms work, runs fail with `upstream_unconfigured`. */
  readonly ast:
    { readonly url: string; readonly apiKey: string | undefined; readonly workflow: string } | undefined;
  readonly limits: RunLimits;
}

/** An empty variable is an absent one: that is how `.env` files switch things off. */
const text = z.pipe(
  z.optional(z.string()),
  z.transform((value) => (value === undefined || value.trim() === '' ? undefined : value.trim())),
);

const milliseconds = (fallback: number) =>
  z.pipe(
    text,
    z.transform((value, context): number => {
      if (value === undefined) return fallback;
      const number = Number(value);
      if (Number.isInteger(number) && number > 0) return number;
      context.issues.push({ code: 'custom', message: 'is not a whole number of milliseconds', input: value });
      return z.NEVER;
    }),
  );

const serviceUrl = z.pipe(
  text,
  z.transform((value, context): string | undefined => {
    if (value === undefined) return undefined;
    const url = parseUrl(value);
    if (url?.protocol === 'http:' || url?.protocol === 'https:') {
      if (url.search === '' && url.hash === '' && url.username === '') return url.href.replace(/\/+$/, '');
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
  RUN_IDLE_LIMIT_MS: milliseconds(DEFAULT_RUN_LIMITS.idleMs),
  RUN_TOTAL_LIMIT_MS: milliseconds(DEFAULT_RUN_LIMITS.totalMs),
  METRICS_TOKEN: bearerToken,
  UPSTREAM: notYet,
  AST_DIALECT: notYet,
  ALLOWED_ORIGINS: notYet,
  IVY_JWT_SECRET: notYet,
  IVY_JWKS_URL: notYet,
});

/** A failure lists the problems, each beginning with its variable's name and holding no value. */
export function readConfig(variables: unknown): Result<RelayConfig, readonly string[]> {
  const parsed = variablesSchema.safeParse(variables);
  if (!parsed.success) {
    return fail(parsed.error.issues.map(({ path, message }) => `${path.map(String).join('.')} ${message}`));
  }
  const { AST_URL, AST_API_KEY, AST_WORKFLOW, RUN_IDLE_LIMIT_MS, RUN_TOTAL_LIMIT_MS } = parsed.data;
  return succeed({
    ast:
      AST_URL === undefined
        ? undefined
        : { url: AST_URL, apiKey: AST_API_KEY, workflow: AST_WORKFLOW ?? 'wf_ivy' },
    limits: { idleMs: RUN_IDLE_LIMIT_MS, totalMs: RUN_TOTAL_LIMIT_MS },
  });
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
