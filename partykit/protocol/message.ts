/** A stored message: what history is made of. */
import * as z from 'zod/mini';
import { isErrorCode, type ErrorCode } from './codes.ts';

export const roleSchema = z.enum(['user', 'assistant']);
export type Role = z.infer<typeof roleSchema>;

/** How an answer ended. User messages are always `complete`. */
export const messageStatusSchema = z.enum(['complete', 'stopped', 'interrupted', 'failed']);
export type MessageStatus = z.infer<typeof messageStatusSchema>;

/** A code this build does not know is kept out rather than refused: newer relays have more of them (rule V2). */
export const errorCodeSchema = z.pipe(
  z.string(),
  z.transform((code): ErrorCode | undefined => (isErrorCode(code) ? code : undefined)),
);

/** Milliseconds since the epoch. An original relay may send an ISO 8601 string or a decimal string. */
export const timestampSchema = z.pipe(
  z.union([z.number(), z.string()]),
  z.transform((value, context): number => {
    const time = typeof value === 'number' ? value : /^\d+$/.test(value) ? Number(value) : Date.parse(value);
    if (Number.isFinite(time)) return time;
    context.issues.push({ code: 'custom', message: 'not a time', input: value });
    return z.NEVER;
  }),
);

export const threadMessageSchema = z.object({
  id: z.string().check(z.minLength(1)),
  role: roleSchema,
  content: z.string(),
  timestamp: timestampSchema,
  // A status that a newer relay invents is an answer that ended; better shown than lost (rule V2).
  status: z.catch(z._default(messageStatusSchema, 'complete'), 'complete'),
  error: z.optional(z.object({ code: errorCodeSchema })),
});

/**
 * One turn of a thread. `timestamp` in ms since the epoch, set by the relay. `error` only when `status` is `failed`;
 * its code is undefined when a newer relay named one that this build does not know.
 */
export type ThreadMessage = z.infer<typeof threadMessageSchema>;
