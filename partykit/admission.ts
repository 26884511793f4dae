/**
 * Who may enter, decided before a room wakes, so that a refusal costs nothing (rule H3). Pure: the platform's
 * handshake is the adapters'.
 */
import {
  CLOSE_CODES,
  connectionQuery,
  fail,
  PARTY,
  parseConnectionQuery,
  succeed,
  threadOfRoom,
  type Result,
  type ServerFrame,
} from '#protocol';
import { errorFrame } from './room/error-frame.ts';

export interface Refusal {
  /** The last thing the client reads before its socket closes. */
  readonly frame: ServerFrame;
  readonly code: number;
  readonly reason: string;
}

export interface ConnectRequest {
  /** The address that the client asked for. */
  readonly url: string;
  /** The kind of object that the platform would wake. */
  readonly party: string;
  readonly room: string;
  /** A fresh id for the connection: the one that a client proposes is never used (A15). */
  readonly connectionId: string;
}

/**
 * The address that the room is to see: the client's query cut down to what the room reads, because platforms keep a
 * connection's address in 2 KiB that it shares with the session.
 */
export function admit({ url, party, room, connectionId }: ConnectRequest): Result<string, Refusal> {
  if (party !== PARTY || !threadOfRoom(room).ok) return fail(refusal('badThread'));
  const address = new URL(url);
  const { version, cursor } = parseConnectionQuery(address.searchParams);
  address.search = new URLSearchParams({ _pk: connectionId, ...connectionQuery(version, cursor) }).toString();
  return succeed(address.href);
}

function refusal(why: 'badThread'): Refusal {
  return { frame: errorFrame('bad_frame'), code: CLOSE_CODES[why].code, reason: why };
}
