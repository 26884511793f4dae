/** A message of AST's agent dialect: what its stream and its `/history` are made of. */
import * as z from 'zod/mini';

export const astMessageSchema = z.object({
  type: z.string(),
  content: z.catch(z.string(), ''),
});

export type AstMessage = z.infer<typeof astMessageSchema>;

export function hasText({ content }: AstMessage): boolean {
  return content.trim() !== '';
}
