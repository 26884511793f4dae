/** What the lab and the windows in it tell each other. Both are of one origin; what comes is parsed all the same. */
import * as z from 'zod/mini';
import { wireRowSchema } from '../wire/wire-row.ts';

export const paneStateSchema = z.object({
  connected: z.boolean(),
  isStreaming: z.boolean(),
  messages: z.array(z.object({ id: z.string(), status: z.string(), content: z.string() })),
});
/** What a window shows. */
export type PaneState = z.infer<typeof paneStateSchema>;

export const paneNewsSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('row'), row: wireRowSchema }),
  z.object({ kind: z.literal('state'), state: paneStateSchema }),
]);
export type PaneNews = z.infer<typeof paneNewsSchema>;

export const paneOrderSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ask'), question: z.string() }),
  z.object({ kind: z.literal('drop'), forMs: z.number() }),
]);
export type PaneOrder = z.infer<typeof paneOrderSchema>;
