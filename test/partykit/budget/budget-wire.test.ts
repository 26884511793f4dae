/** What a room and the object of a subject say to each other about its budget (A13). */
import { describe, expect, it } from 'vitest';
import { answerAsBudget, remoteBudget, type AskBudget } from '../../../partykit/budget/budget-wire.ts';

const said = (body: string) => ({ text: () => Promise.resolve(body) });

describe('the room’s end', () => {
  interface Asked {
    readonly subject: string;
    readonly method: string;
    readonly body: unknown;
  }

  function budgetOf(answer: AskBudget) {
    const asked: Asked[] = [];
    const heard = { unasked: 0 };
    const budget = remoteBudget({
      ask: (subject, request) => {
        asked.push({ subject, method: request.method, body: JSON.parse(request.body) });
        return answer(subject, request);
      },
      limit: 7,
      fallback: 'the room',
      onUnasked: () => {
        heard.unasked += 1;
      },
    });
    return { budget, asked, heard };
  }

  it('[A13] asks the object of whoever wants a run, and else that of the room', async () => {
    const { budget, asked } = budgetOf(() => Promise.resolve(Response.json({ waitMs: 0 })));
    expect([await budget.spend('somebody'), await budget.spend(undefined)]).toEqual([0, 0]);
    expect(asked).toEqual([
      { subject: 'somebody', method: 'POST', body: { limit: 7 } },
      { subject: 'the room', method: 'POST', body: { limit: 7 } },
    ]);
  });

  it('[A13] passes the wait on', async () => {
    const { budget, heard } = budgetOf(() => Promise.resolve(Response.json({ waitMs: 3_600_000 })));
    expect(await budget.spend('somebody')).toBe(3_600_000);
    expect(heard.unasked).toBe(0);
  });

  it.each<[string, AskBudget]>([
    ['nobody answers', () => Promise.reject(new Error('no object'))],
    [
      'asking throws',
      () => {
        throw new Error('no party');
      },
    ],
    ['its storage failed', () => Promise.resolve(new Response(null, { status: 503 }))],
    ['the answer is no JSON', () => Promise.resolve(new Response('Not found\n', { status: 404 }))],
    ['the answer has no wait', () => Promise.resolve(Response.json({}))],
    ['the wait is a word', () => Promise.resolve(Response.json({ waitMs: '1000' }))],
    ['the wait is in the past', () => Promise.resolve(Response.json({ waitMs: -1 }))],
    ['nobody ever answers', () => new Promise(() => undefined)],
    [
      'the answer breaks off',
      () => Promise.resolve({ ok: true, text: () => Promise.reject(new Error('broken off')) }),
    ],
  ])('[A13] lets the run start, and says so, when %s', async (_what, answer) => {
    const { budget, heard } = budgetOf(answer);
    expect(await budget.spend('somebody')).toBe(0);
    expect(heard.unasked).toBe(1);
  });
});

describe('the subject’s end', () => {
  const free = { spend: () => Promise.resolve(0) };

  it('[A13] takes one run of the limit that it is told, and says how long to wait', async () => {
    const limits: number[] = [];
    const spend = (limit: number): Promise<number> => {
      limits.push(limit);
      return Promise.resolve(12_345);
    };
    const answer = await answerAsBudget(said('{"limit":7}'), { spend });
    expect([answer.status, await answer.json(), limits]).toEqual([200, { waitMs: 12_345 }, [7]]);
  });

  it.each(['', '{', 'null', '[]', '{}', '{"limit":0}', '{"limit":-1}', '{"limit":1.5}', '{"limit":"7"}'])(
    '[A13] takes nothing for what it cannot read: %j',
    async (body) => {
      let taken = 0;
      const spend = (): Promise<number> => Promise.resolve((taken += 1));
      expect((await answerAsBudget(said(body), { spend })).status).toBe(400);
      expect(taken).toBe(0);
    },
  );

  it('[A13] answers with 503 when its storage fails, or the request breaks off', async () => {
    const broken = { spend: () => Promise.reject(new Error('c4n4ry')) };
    const cut = { text: () => Promise.reject(new Error('c4n4ry')) };
    for (const answer of [await answerAsBudget(said('{"limit":7}'), broken), await answerAsBudget(cut, free)])
      expect([answer.status, await answer.text()]).toEqual([503, '']);
  });

  it('[A13] is understood by the room’s end', async () => {
    let waits = 0;
    const count = { spend: () => Promise.resolve((waits += 500)) };
    const ask: AskBudget = (_subject, { body }) => answerAsBudget(said(body), count);
    const unasked = (): never => expect.unreachable('it was asked');
    const budget = remoteBudget({ ask, limit: 7, fallback: 'the room', onUnasked: unasked });
    expect([await budget.spend('somebody'), await budget.spend('somebody')]).toEqual([500, 1000]);
  });
});
