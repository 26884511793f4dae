/** Between the objects of one relay: a room asks the object of a subject whether one more run is within the day's budget. */
import * as z from 'zod/mini';
import { parseJson } from '#protocol';
import type { Budget } from '../room/ports.ts';
import type { DayCount } from './day-count.ts';

/** PartyKit's name for this kind of object; no client may enter it. */
export const BUDGET_PARTY = 'budget';

const askSchema = z.object({ limit: z.int().check(z.positive()) });
const answerSchema = z.object({ waitMs: z.number().check(z.nonnegative()) });

/** One request to a subject's object, as the platform makes it. */
export type AskBudget = (
  subject: string,
  request: { readonly method: 'POST'; readonly body: string },
) => Promise<{ readonly ok: boolean; text(): Promise<string> }>;

export interface RemoteBudgetOptions {
  readonly ask: AskBudget;
  /** Runs a day. */
  readonly limit: number;
  /** Who is counted where nobody is known. */
  readonly fallback: string;
  /** It could not be asked. The run starts: a chat that is down helps nobody. */
  readonly onUnasked: () => void;
}

export function remoteBudget({ ask, limit, fallback, onUnasked }: RemoteBudgetOptions): Budget {
  return {
    async spend(subject = fallback) {
      try {
        const answer = await inTime(ask(subject, { method: 'POST', body: JSON.stringify({ limit }) }));
        return answerSchema.parse(parseJson(await answer.text())).waitMs;
      } catch {
        onUnasked();
        return 0;
      }
    },
  };
}

/** The room does nothing else while it asks. */
const ASK_LIMIT_MS = 2_000;

async function inTime<Value>(answer: Promise<Value>): Promise<Value> {
  let stop = (): void => undefined;
  const tooLong = new Promise<never>((_resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the budget did not answer')), ASK_LIMIT_MS);
    stop = () => clearTimeout(timer);
  });
  try {
    return await Promise.race([answer, tooLong]);
  } finally {
    stop();
  }
}

/** The subject's end. Never rejects. */
export async function answerAsBudget(
  request: { text(): Promise<string> },
  count: Pick<DayCount, 'spend'>,
): Promise<Response> {
  try {
    const ask = askSchema.safeParse(parseJson(await request.text()));
    if (!ask.success) return new Response(null, { status: 400 });
    return Response.json({ waitMs: await count.spend(ask.data.limit) });
  } catch {
    return new Response(null, { status: 503 });
  }
}
