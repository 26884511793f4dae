/** What many clients of one room say they saw of an answer. */
import * as z from 'zod/mini';

export const readersReportSchema = z.object({
  /** From when a token was written until a client had it, in ms, of a sample of all. */
  lags: z.array(z.number()),
  /** For each client, like `bytes`. */
  tokens: z.number(),
  bytes: z.number(),
  framesASecond: z.number(),
  /** How late the process of the clients itself was, at its 95th percentile. */
  ownDelayMs: z.number(),
});

export type ReadersReport = z.infer<typeof readersReportSchema>;

export const readySchema = z.object({ ready: z.literal(true) });
