/** What the room remembers of one connection: plain data, kept with the socket while the room sleeps. */

export interface Session {
  /** `joining` until the first `history` frame went out; only `live` sessions get broadcasts (rule H4). */
  readonly phase: 'joining' | 'live';
  /** Protocol version; 0 is an original client (rule V1). */
  readonly version: number;
}

export function joining(version: number): Session {
  return { phase: 'joining', version };
}

export function live(session: Session): Session {
  return { ...session, phase: 'live' };
}
