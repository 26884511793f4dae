/**
 * Reads a token: a JWT with the thread that it opens (A3). The algorithms are ours and not the token's, keys come from the
 * configuration alone, and whatever is wrong is one word for the log.
 */
import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import * as z from 'zod/mini';
import { fail, succeed, threadIdSchema, TOKEN_MAX_CHARS, type Result } from '#protocol';
import { fingerprint } from '../fingerprint.ts';
import type { Access } from '../room/session.ts';

export type TokenKeys =
  { readonly kind: 'secret'; readonly secret: string } | { readonly kind: 'jwks'; readonly url: string };

export interface TokenRules {
  readonly keys: TokenKeys;
  /** What `iss` and `aud` must be; undefined where any will do. */
  readonly issuer: string | undefined;
  readonly audience: string | undefined;
}

/** `unavailable`: the keys could not be fetched, which is not the token's fault. */
export type TokenFailure = 'missing' | 'invalid' | 'expired' | 'other_thread' | 'unavailable';

/** Clocks of two servers differ by so much. */
const TOLERANCE_S = 30;
/** A token that lives longer is as good as a password. */
const LIFE_MAX_S = 60 * 60;

const SHARED_SECRET_ALGORITHMS = ['HS256'];
/** Of public keys only: with a secret among them, a public key could be used as one. */
const PUBLIC_KEY_ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'EdDSA',
];

const claimsSchema = z.object({
  thread: threadIdSchema,
  exp: z.number(),
  access: z.optional(z.enum(['read', 'write'])),
  sub: z.optional(z.string().check(z.maxLength(256))),
});

/** Key sets of this process: each remembers its keys, and asks again when a token names one that it does not have. */
const keySets = new Map<string, JWTVerifyGetKey>();

/** `now`: ms since the epoch. Never rejects. */
export async function verifyToken(
  rules: TokenRules,
  token: string | undefined,
  threadId: string,
  now: number,
): Promise<Result<Access, TokenFailure>> {
  if (token === undefined || token === '') return fail('missing');
  if (token.length > TOKEN_MAX_CHARS) return fail('invalid');
  try {
    return accessOf(await payloadOf(rules, token, now), threadId, now);
  } catch (error) {
    return fail(failureOf(error, rules.keys));
  }
}

async function payloadOf(
  { keys, issuer, audience }: TokenRules,
  token: string,
  now: number,
): Promise<JWTPayload> {
  const options = {
    clockTolerance: TOLERANCE_S,
    currentDate: new Date(now),
    requiredClaims: ['thread', 'exp'],
    ...(issuer === undefined ? {} : { issuer }),
    ...(audience === undefined ? {} : { audience }),
  };
  if (keys.kind === 'secret') {
    const secret = new TextEncoder().encode(keys.secret);
    return (await jwtVerify(token, secret, { ...options, algorithms: SHARED_SECRET_ALGORITHMS })).payload;
  }
  return (await jwtVerify(token, keySetOf(keys.url), { ...options, algorithms: PUBLIC_KEY_ALGORITHMS }))
    .payload;
}

function keySetOf(url: string): JWTVerifyGetKey {
  const known = keySets.get(url);
  if (known !== undefined) return known;
  const keySet = createRemoteJWKSet(new URL(url));
  keySets.set(url, keySet);
  return keySet;
}

function accessOf(payload: JWTPayload, threadId: string, now: number): Result<Access, TokenFailure> {
  const claims = claimsSchema.safeParse(payload);
  if (!claims.success) return fail('invalid');
  const { thread, exp, access, sub } = claims.data;
  if (exp - now / 1000 > LIFE_MAX_S + TOLERANCE_S) return fail('invalid');
  if (thread !== threadId) return fail('other_thread');
  return succeed({
    write: access !== 'read',
    expiresAt: (exp + TOLERANCE_S) * 1000,
    subject: sub === undefined ? undefined : fingerprint(`sub:${sub}`),
  });
}

/** What the library does not find wrong with the token is wrong with the key set: it could not be fetched, or read. */
function failureOf(error: unknown, { kind }: TokenKeys): TokenFailure {
  if (error instanceof errors.JWTExpired) return 'expired';
  if (kind === 'secret') return 'invalid';
  if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) return 'unavailable';
  return error instanceof errors.JOSEError && error.code !== errors.JOSEError.code
    ? 'invalid'
    : 'unavailable';
}
