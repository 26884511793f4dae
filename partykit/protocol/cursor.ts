/**
 * How much of a thread a client already has (rule H2). It travels in the query of a reconnect, and in a `history`
 * frame after a gap.
 */
import * as z from 'zod/mini';
import { atMostCodeUnits } from './code-units.ts';
import { MESSAGE_ID_MAX_CHARS } from './limits.ts';

const idSchema = z.string().check(z.minLength(1), atMostCodeUnits(MESSAGE_ID_MAX_CHARS));

export const cursorSchema = z.object({
  /** Generation that the client last saw. */
  gen: z.int().check(z.nonnegative()),
  /** Id of its newest finished message. */
  last: z.optional(idSchema),
  /** The open run's message id, and how many UTF-16 code units of its text it has. */
  run: z.optional(idSchema),
  off: z.optional(z.int().check(z.nonnegative())),
});

export type Cursor = z.infer<typeof cursorSchema>;

/** The query of one connection: absent `v` is an original client (rule V1). */
export interface ConnectionQuery {
  readonly version: number;
  /** Whether it reads text that is no JSON, and ends without a text (rule S8). */
  readonly lean: boolean;
  readonly cursor: Cursor | undefined;
}

const whole = (text: string | null): number | undefined =>
  text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined;

/** The smallest reading surface of a URL's query, so that this module needs no platform. */
export interface QueryReader {
  get(name: string): string | null;
}

/** Never fails: a cursor that cannot be read is no cursor, and is answered with a snapshot (rule H6). */
export function parseConnectionQuery(query: QueryReader): ConnectionQuery {
  const cursor = cursorSchema.safeParse({
    gen: whole(query.get('gen')),
    last: query.get('last') ?? undefined,
    run: query.get('run') ?? undefined,
    off: whole(query.get('off')),
  });
  const version = whole(query.get('v')) ?? 0;
  return {
    version,
    lean: version > 0 && query.get('lean') === '1',
    cursor: cursor.success ? cursor.data : undefined,
  };
}
