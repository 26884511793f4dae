/** What the room remembers of one connection: plain data, kept with the socket while the room sleeps. */
import type { GrantedAccess } from '#protocol';

/** What admission found that a connection may do. */
export interface Access {
  /** False: a spectator. */
  readonly write: boolean;
  /** Ms since the epoch; undefined where no token is asked for. */
  readonly expiresAt: number | undefined;
  /** Whom a budget is counted for: a fingerprint, undefined where nobody is known. */
  readonly subject: string | undefined;
}

/** Everything, for ever, as nobody in particular. */
export const FULL_ACCESS: Access = { write: true, expiresAt: undefined, subject: undefined };

export interface Session {
  /**
   * `joining` until the first `history` frame went out; only `live` sessions get broadcasts (rule H4). `refused` for good:
   * a client may leave its end open and go on sending, also when the room has slept since.
   */
  readonly phase: 'joining' | 'live' | 'refused';
  /** Protocol version; 0 is an original client (rule V1). */
  readonly version: number;
  /** Whether it is told what it has been told already as briefly as that allows (rule S8). */
  readonly lean: boolean;
  readonly access: Access;
}

export function joining(version: number, access: Access, lean = false): Session {
  return { phase: 'joining', version, lean, access };
}

export function live(session: Session): Session {
  return { ...session, phase: 'live' };
}

/** What its client is told of it; undefined where there is nothing to tell. */
export function grantedAccess({ write, expiresAt }: Access, at: number): GrantedAccess | undefined {
  if (expiresAt !== undefined) return { write, expiresInMs: Math.max(0, expiresAt - at) };
  return write ? undefined : { write };
}

export function hasExpired({ expiresAt }: Access, at: number): boolean {
  return expiresAt !== undefined && at >= expiresAt;
}
