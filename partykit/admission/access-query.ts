/**
 * Access on its way from admission to the room: in the query of the rewritten address, of which the client's own query has
 * been taken away. Platforms keep that address with the socket, so it is short.
 */
import type { QueryReader } from '#protocol';
import { FULL_ACCESS, type Access } from '../room/session.ts';

export function accessQuery({ write, expiresAt, subject }: Access): Record<string, string> {
  const query: Record<string, string> = {};
  if (!write) query['write'] = '0';
  if (expiresAt !== undefined) query['until'] = String(expiresAt);
  if (subject !== undefined) query['subject'] = subject;
  return query;
}

export function parseAccess(query: QueryReader): Access {
  const until = Number(query.get('until') ?? Number.NaN);
  return {
    write: query.get('write') !== '0',
    expiresAt: Number.isFinite(until) ? until : FULL_ACCESS.expiresAt,
    subject: query.get('subject') ?? FULL_ACCESS.subject,
  };
}
