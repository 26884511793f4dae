/**
 * Who may enter, decided before a room wakes, so that a refusal costs nothing (rule H3): the page's origin first, then the
 * token, or without tokens the thread's id.
 */
import {
  connectionQuery,
  fail,
  PARTY,
  parseConnectionQuery,
  succeed,
  threadOfRoom,
  type Result,
} from '#protocol';
import { FULL_ACCESS, type Access } from '../room/session.ts';
import { accessQuery } from './access-query.ts';
import { allowsOrigin, isLoopback, isOwn } from './allowed-origins.ts';
import { denial, type Denial } from './denial.ts';
import type { Door } from './door.ts';
import { looksUnguessable } from './thread-secrecy.ts';
import { verifyToken } from './token-verifier.ts';

export interface ConnectRequest {
  /** The address that the client asked for. */
  readonly url: string;
  /** The header; undefined where there is none. */
  readonly origin: string | undefined;
  /** The kind of object that the platform would wake. */
  readonly party: string;
  readonly room: string;
  /** A fresh id for the connection: the one that a client proposes is never used (A15). */
  readonly connectionId: string;
  /** Ms since the epoch. */
  readonly now: number;
  /** A fingerprint of where the client is, where the platform says so. */
  readonly caller: string | undefined;
}

/** So that a session has room beside it. */
const ADDRESS_MAX_CHARS = 1_536;

/**
 * The address that the room is to see: the client's query cut down to what the room reads, because platforms keep a
 * connection's address in 2 KiB that it shares with the session, and in logs.
 *
 * @param door undefined where the configuration cannot be used: then nobody enters
 */
export async function admit(
  door: Door | undefined,
  request: ConnectRequest,
): Promise<Result<string, Denial>> {
  const thread = threadOfRoom(request.room);
  if (request.party !== PARTY || !thread.ok) return fail(denial('bad_thread'));
  if (door === undefined) return fail(denial('misconfigured'));
  const address = new URL(request.url);
  if (!mayAsk(door, request)) return fail(denial('origin'));
  const access = await accessTo(door, thread.value, address.searchParams.get('token') ?? undefined, request);
  if (!access.ok) return access;
  const { version, lean, cursor } = parseConnectionQuery(address.searchParams);
  const withCursor = (known: typeof cursor): string => {
    address.search = new URLSearchParams({
      _pk: request.connectionId,
      ...connectionQuery(version, known, lean),
      ...accessQuery(access.value),
    }).toString();
    return address.href;
  };
  const href = withCursor(cursor);
  // Ids of other letters than ours grow ninefold. Who has no cursor gets a snapshot (rule H6).
  return succeed(href.length > ADDRESS_MAX_CHARS ? withCursor(undefined) : href);
}

/** Rule H7: what a newer token of a connection allows. */
export async function renewAccess(
  door: Door | undefined,
  token: string,
  { threadId, now }: { readonly threadId: string; readonly now: number },
): Promise<Result<Access, Denial>> {
  if (door === undefined) return fail(denial('misconfigured'));
  if (door.tokens === undefined) return succeed(FULL_ACCESS);
  const access = await verifyToken(door.tokens, token, threadId, now);
  return access.ok ? access : fail(denial(`token_${access.failure}`));
}

/** A token is lock enough for any page; where pages are named, both have to hold. */
function mayAsk({ origins, tokens }: Door, { origin, url }: ConnectRequest): boolean {
  if (isOwn(origin, url)) return true;
  if (origins !== undefined) return allowsOrigin(origins, origin);
  return tokens !== undefined || isLoopback(origin);
}

async function accessTo(
  { tokens }: Door,
  threadId: string,
  token: string | undefined,
  { now, caller }: ConnectRequest,
): Promise<Result<Access, Denial>> {
  if (tokens === undefined) {
    if (!looksUnguessable(threadId)) return fail(denial('guessable_thread'));
    return succeed({ ...FULL_ACCESS, subject: caller });
  }
  const access = await verifyToken(tokens, token, threadId, now);
  if (!access.ok) return fail(denial(`token_${access.failure}`));
  return succeed({ ...access.value, subject: access.value.subject ?? caller });
}
