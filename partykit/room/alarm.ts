/**
 * Rings when the first token of a room runs out. Not a timer of the run's: it has to ring in a room that sleeps, so the
 * platform keeps it, and a room without tokens has none.
 */
import type { RoomSocket } from './ports.ts';

/** The earliest end, in ms since the epoch; undefined where no connection has one. */
export function earliestExpiry(sockets: Iterable<RoomSocket>): number | undefined {
  let earliest: number | undefined;
  for (const { session } of sockets) {
    const { expiresAt } = session.access;
    if (session.phase === 'refused') continue;
    if (expiresAt !== undefined && (earliest === undefined || expiresAt < earliest)) earliest = expiresAt;
  }
  return earliest;
}
