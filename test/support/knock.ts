/** Somebody at the relay's door, who says what a test makes them say. */
import { SignJWT, type JWTPayload } from 'jose';
import { PARTY, roomOfThread } from '#protocol';
import type { ConnectRequest } from '../../partykit/admission/admission.ts';
import type { Door } from '../../partykit/admission/door.ts';

/** 2026-11-22, in ms since the epoch. */
export const NOW = 1_795_305_600_000;
export const THREAD = '8f14e45f-ceea-467f-9c6f-3a1d9d1c6b2e';
export const SECRET = 'a secret of a test, with more than 256 bits in it';

/** Nothing is configured. */
export const OPEN: Door = { origins: undefined, tokens: undefined };

export const WITH_SECRET: Door = {
  origins: undefined,
  tokens: { keys: { kind: 'secret', secret: SECRET }, issuer: undefined, audience: undefined },
};

/** `query` with its question mark. */
export function knock(query: string, parts: Partial<ConnectRequest> = {}): ConnectRequest {
  const room = parts.room ?? roomOfThread(THREAD);
  return {
    url: `https://relay.test/parties/main/${room}${query}`,
    origin: 'http://localhost:5173',
    party: PARTY,
    room,
    connectionId: 'fresh-id',
    now: NOW,
    caller: undefined,
    ...parts,
  };
}

/** Good for five minutes, unless `claims` say otherwise; undefined leaves a claim out. */
export function tokenFor(
  threadId: string,
  claims: JWTPayload = {},
  { secret = SECRET, alg = 'HS256', now = NOW } = {},
): Promise<string> {
  const payload = { thread: threadId, iat: now / 1000, exp: now / 1000 + 300, ...claims };
  return new SignJWT(payload).setProtectedHeader({ alg }).sign(new TextEncoder().encode(secret));
}
