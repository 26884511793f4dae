/** What a client may do, as the relay tells it: its token says so (rule H7). Without a word of it everything, for ever. */
import * as z from 'zod/mini';

export const accessSchema = z.object({
  /** False: reads and sees the stream, and may not send, stop, retry or clear. */
  write: z.boolean(),
  /** How much longer the token is good for: a span, so that the client's clock does not matter. */
  expiresInMs: z.optional(z.number().check(z.nonnegative())),
});

export type GrantedAccess = z.infer<typeof accessSchema>;
