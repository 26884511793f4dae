/** What a client may send (section C). Unknown fields are dropped, known ones are bounded. */
import * as z from 'zod/mini';
import { atMostCodeUnits } from './code-units.ts';
import { cursorSchema } from './cursor.ts';
import { MESSAGE_ID_MAX_CHARS, MESSAGE_MAX_CHARS, PAGE_MAX_MESSAGES, TOKEN_MAX_CHARS } from './limits.ts';

const messageIdSchema = z.string().check(z.minLength(1), atMostCodeUnits(MESSAGE_ID_MAX_CHARS));

const contentSchema = z.string().check(
  atMostCodeUnits(MESSAGE_MAX_CHARS),
  z.refine((text) => text.trim() !== '', 'content is blank'),
);

export const clientFrameSchemas = {
  /** Send. `id` is the client's own and becomes the message's; without it the relay makes one. */
  message: z.object({
    type: z.literal('message'),
    content: contentSchema,
    id: z.optional(messageIdSchema),
    /** The generation that it was written to: it does not belong into a later one. */
    gen: z.optional(z.int().check(z.nonnegative())),
  }),
  /** No `before`: what the `cursor` lacks, or the snapshot again. With `before`: the page above that message. */
  history: z.object({
    type: z.literal('history'),
    before: z.optional(messageIdSchema),
    limit: z.optional(z.int().check(z.positive(), z.maximum(PAGE_MAX_MESSAGES))),
    cursor: z.optional(cursorSchema),
  }),
  /** Forget the thread, for everyone. */
  clear: z.object({ type: z.literal('clear') }),
  /** Stop the open run, for everyone. */
  stop: z.object({ type: z.literal('stop') }),
  /** Run the user message again whose answer failed, was stopped or was interrupted. */
  retry: z.object({ type: z.literal('retry'), messageId: messageIdSchema }),
  /** A newer token for the open connection; answered with `access`, or the connection is refused (rule H7). */
  auth: z.object({
    type: z.literal('auth'),
    token: z.string().check(z.minLength(1), atMostCodeUnits(TOKEN_MAX_CHARS)),
  }),
  /** Liveness; answered with `pong`. */
  ping: z.object({
    type: z.literal('ping'),
    /** UTF-16 code units of frames that have arrived on this connection (rule S7). */
    received: z.optional(z.int().check(z.nonnegative())),
  }),
} as const;

export const clientFrameSchema = z.discriminatedUnion('type', [
  clientFrameSchemas.message,
  clientFrameSchemas.history,
  clientFrameSchemas.clear,
  clientFrameSchemas.stop,
  clientFrameSchemas.retry,
  clientFrameSchemas.auth,
  clientFrameSchemas.ping,
]);

export type ClientFrame = z.infer<typeof clientFrameSchema>;
