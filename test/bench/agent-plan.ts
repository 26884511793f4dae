/** What the agent of the benchmarks is to answer. The question says it, so that it also arrives through a relay. */
import * as z from 'zod/mini';

const planSchema = z.object({
  tokens: z.int().check(z.positive()),
  /** From one token to the next, in ms; 0 writes all at once. */
  everyMs: z.int().check(z.nonnegative()),
  /** UTF-16 code units of each token; one that is too short for the time is only letters. */
  chars: z.int().check(z.positive()),
  /** How many requests of the thread get this answer, each token at the same time; it waits until all are there. */
  readers: z.int().check(z.positive()),
  /** Whether the answer stays open after its last token. */
  open: z.boolean(),
});

export type AgentPlan = z.infer<typeof planSchema>;

/** Long enough for the time that every token begins with. */
const TOKEN_CHARS = 20;

const ONE_TOKEN: AgentPlan = { tokens: 1, everyMs: 0, chars: TOKEN_CHARS, readers: 1, open: false };

export function question(plan: Partial<AgentPlan> = {}): string {
  return JSON.stringify({ ...ONE_TOKEN, ...plan });
}

export function planOf(text: string): AgentPlan {
  return planSchema.parse(JSON.parse(text));
}

/** A token that says when it was written, where there is room for that. @param at of the shared clock */
export function stampedToken(at: number, chars: number): string {
  if (chars < TOKEN_CHARS) return 'word '.repeat(chars).slice(0, chars);
  return `${at.toFixed(3).padEnd(chars - 1, '.')} `;
}

/** The times in a text of whole tokens, in their order. */
export function stampsIn(text: string): readonly number[] {
  return text
    .split(' ')
    .slice(0, -1)
    .map((token) => Number(token.replace(/\.+$/, '')));
}
