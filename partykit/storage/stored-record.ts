/** What the values under a thread's keys look like; parsed on the way out like anything else from outside. */
import * as z from 'zod/mini';
import { threadMessageSchema } from '#protocol';

export const metaSchema = z.object({
  gen: z.int().check(z.nonnegative()),
  upstreamThreadId: z.optional(z.string()),
  /** Sequence numbers: the oldest message that is kept, and the one that comes next. */
  first: z.int().check(z.positive()),
  next: z.int().check(z.positive()),
  open: z.optional(z.object({ messageId: z.string(), userMessageId: z.string(), startedAt: z.number() })),
  /** The oldest generation whose data may still be there. */
  sweepFrom: z._default(z.int().check(z.nonnegative()), 0),
});

export type Meta = z.infer<typeof metaSchema>;

export const NEW_THREAD: Meta = { gen: 0, first: 1, next: 1, sweepFrom: 0 };

/** `parts`: how many values hold the content; with 0 it is in the record itself. */
export const recordSchema = z.extend(threadMessageSchema, {
  parts: z._default(z.int().check(z.nonnegative()), 0),
});

export type StoredRecord = z.infer<typeof recordSchema>;

/** Far below 128 KiB in any encoding. */
export const PART_CHARS = 32_000;

export const sequenceSchema = z.int().check(z.positive());
export const textSchema = z.string();
