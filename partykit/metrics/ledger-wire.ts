/** Between the objects of one relay: a room sends its counts to the ledger's object, and `/metrics` reads them there. */
import { parseJson } from '#protocol';
import { countsSchema, type Counts } from './counts.ts';

/** PartyKit's name for the ledger's kind of object; no client may enter it. */
export const LEDGER_PARTY = 'metrics';

/** There is one. */
export const LEDGER_NAME = 'all';

export interface LedgerPort {
  /** Rejects when the counts may not have arrived. */
  report(counts: Counts): Promise<void>;
  read(): Promise<Counts>;
}

/** One request to the ledger's object, as the platform makes it. */
export type AskLedger = (request: {
  readonly method: 'GET' | 'POST';
  readonly body?: string;
}) => Promise<{ readonly ok: boolean; text(): Promise<string> }>;

export function remoteLedger(ask: AskLedger): LedgerPort {
  return {
    async report(counts) {
      const { ok } = await ask({ method: 'POST', body: JSON.stringify(counts) });
      if (!ok) throw new Error('the ledger took no counts');
    },
    async read() {
      const answer = await ask({ method: 'GET' });
      if (!answer.ok) throw new Error('the ledger gave no counts');
      return countsSchema.parse(parseJson(await answer.text()));
    },
  };
}

/** The ledger's end. Never rejects. */
export async function answerAsLedger(
  request: { readonly method: string; text(): Promise<string> },
  ledger: LedgerPort,
): Promise<Response> {
  try {
    if (request.method === 'GET') return Response.json(await ledger.read());
    const counts = countsSchema.safeParse(parseJson(await request.text()));
    if (!counts.success) return new Response(null, { status: 400 });
    await ledger.report(counts.data);
    return new Response(null, { status: 204 });
  } catch {
    return new Response(null, { status: 503 });
  }
}
