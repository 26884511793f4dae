/** What a client says of itself in the query of a connection (rule H2); `parseConnectionQuery` reads it. */
import type { Cursor } from './cursor.ts';

export function connectionQuery(
  version: number,
  cursor: Cursor | undefined,
  lean = false,
): Record<string, string> {
  const query: Record<string, string> = { v: String(version) };
  if (lean) query['lean'] = '1';
  for (const [name, value] of Object.entries(cursor ?? {})) {
    if (value !== undefined) query[name] = String(value);
  }
  return query;
}
