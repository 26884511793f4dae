/**
 * What the relay sends (section S). Every added field is optional here, because an original relay sends none of them;
 * unknown fields are dropped (rule V2).
 */
import * as z from 'zod/mini';
import { accessSchema } from './access.ts';
import {
  errorCodeSchema,
  messageStatusSchema,
  threadMessageSchema,
  timestampSchema,
  type ThreadMessage,
} from './message.ts';

const generationSchema = z.int().check(z.nonnegative());

/** A message of a kind that this build cannot read is left out; the rest of the history is worth having (rule V2). */
const readableMessagesSchema = z.pipe(
  z.array(z.unknown()),
  z.transform((items): ThreadMessage[] =>
    items.flatMap((item) => {
      const message = threadMessageSchema.safeParse(item);
      return message.success ? [message.data] : [];
    }),
  ),
);

export const serverFrameSchemas = {
  /**
   * `full`: a snapshot, the newest page. `tail`: only what the client's cursor lacked. `page`: older messages, in
   * answer to `before`. Where `before` is present there are older messages, and it is the cursor for them.
   */
  history: z.object({
    type: z.literal('history'),
    messages: readableMessagesSchema,
    gen: z.optional(generationSchema),
    mode: z.catch(z.optional(z.enum(['full', 'tail', 'page'])), undefined),
    before: z.optional(z.string()),
    /** Only in the greeting of a connection that may not do everything for ever. */
    access: z.optional(accessSchema),
    v: z.optional(z.number()),
    /** Only in the greeting: this connection gets lean frames (rule S8). */
    lean: z.optional(z.boolean()),
  }),
  message: z.extend(threadMessageSchema, { type: z.literal('message'), gen: z.optional(generationSchema) }),
  streaming: z.object({
    type: z.literal('streaming'),
    isStreaming: z.boolean(),
    messageId: z.optional(z.string()),
    gen: z.optional(generationSchema),
  }),
  /** `offset`: where `content` begins in the run's text, in UTF-16 code units (rule S1). */
  token: z.object({
    type: z.literal('token'),
    content: z.string(),
    messageId: z.optional(z.string()),
    offset: z.optional(z.int().check(z.nonnegative())),
  }),
  /** `fullContent` is what was stored, also when it is partial (rule S3). */
  done: z.object({
    type: z.literal('done'),
    messageId: z.string(),
    fullContent: z.string(),
    status: z.catch(z._default(messageStatusSchema, 'complete'), 'complete'),
    timestamp: z.optional(timestampSchema),
    /** Why it failed, so that a line which breaks before the `error` frame leaves nobody without the reason. */
    error: z.optional(z.object({ code: errorCodeSchema })),
    gen: z.optional(generationSchema),
  }),
  /** `done` for a client that has the text, of which only the length is told: `chars` UTF-16 code units (rule S8). */
  end: z.object({
    type: z.literal('end'),
    messageId: z.string(),
    chars: z.int().check(z.nonnegative()),
    status: z.catch(z._default(messageStatusSchema, 'complete'), 'complete'),
    timestamp: z.optional(timestampSchema),
    error: z.optional(z.object({ code: errorCodeSchema })),
    gen: z.optional(generationSchema),
  }),
  error: z.object({
    type: z.literal('error'),
    message: z.string(),
    code: z.optional(errorCodeSchema),
    retryable: z.optional(z.boolean()),
    messageId: z.optional(z.string()),
    retryAfterMs: z.optional(z.number().check(z.nonnegative())),
  }),
  pong: z.object({ type: z.literal('pong') }),
  /** Answers `auth`: the connection goes on with the new token. */
  access: z.extend(accessSchema, { type: z.literal('access') }),
} as const;

export const serverFrameSchema = z.discriminatedUnion('type', [
  serverFrameSchemas.history,
  serverFrameSchemas.message,
  serverFrameSchemas.streaming,
  serverFrameSchemas.token,
  serverFrameSchemas.done,
  serverFrameSchemas.end,
  serverFrameSchemas.error,
  serverFrameSchemas.pong,
  serverFrameSchemas.access,
]);

/** A frame as a client reads it. */
export type ServerFrame = z.infer<typeof serverFrameSchema>;

export type ServerFrameOf<Type extends ServerFrame['type']> = Extract<ServerFrame, { type: Type }>;
