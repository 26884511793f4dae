import { describe, expect, it } from 'vitest';
import { answerMetrics } from '../../../partykit/metrics/answer.ts';
import { add, NO_COUNTS, type Counts } from '../../../partykit/metrics/counts.ts';
import { sameSecret } from '../../../partykit/metrics/same-secret.ts';

const TOKEN = 'c4n4ry-token-of-16';

class Asked {
  reads = 0;
  readonly #read: () => Promise<Counts>;

  constructor(read: () => Promise<Counts> = () => Promise.resolve(add(NO_COUNTS, { tokens: 42 }))) {
    this.#read = read;
  }

  read(): Promise<Counts> {
    this.reads += 1;
    return this.#read();
  }
}

interface Asking {
  readonly authorization?: string;
  readonly path?: string;
  readonly method?: string;
  readonly variables?: unknown;
  readonly ledger?: Asked;
}

function ask({
  authorization = `Bearer ${TOKEN}`,
  path = '/metrics',
  method = 'GET',
  variables = { METRICS_TOKEN: TOKEN },
  ledger = new Asked(),
}: Asking = {}): Promise<Response | undefined> {
  const headers = authorization === '' ? undefined : { authorization };
  const request = new Request(`https://relay.test${path}`, { method, ...(headers && { headers }) });
  return answerMetrics(request, variables, ledger);
}

describe('/metrics', () => {
  it('tells the counts to who has the token', async () => {
    const answer = await ask();

    expect(answer?.status).toBe(200);
    expect(answer?.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(answer?.headers.get('cache-control')).toBe('no-store');
    expect(await answer?.text()).toContain('\nivy_tokens_total 42\n');
  });

  it('takes the scheme in any case, as HTTP has it', async () => {
    expect((await ask({ authorization: `bearer ${TOKEN}` }))?.status).toBe(200);
  });

  it.each([
    '',
    'Bearer',
    'Bearer ',
    TOKEN,
    `Basic ${TOKEN}`,
    `Bearer ${TOKEN}x`,
    `Bearer ${TOKEN.slice(0, -1)}`,
    `Bearer ${TOKEN.toUpperCase()}`,
    `Bearer x ${TOKEN}`,
    `Bearer ${TOKEN} x`,
  ])('is closed to who has not, and the ledger is not asked: %j', async (authorization) => {
    const ledger = new Asked();
    const answer = await ask({ authorization, ledger });

    expect([answer?.status, answer?.headers.get('www-authenticate'), ledger.reads]).toEqual([
      401,
      'Bearer',
      0,
    ]);
    expect(answer?.headers.get('cache-control')).toBe('no-store');
    expect(await answer?.text()).not.toContain('c4n4ry');
  });

  it.each<Asking>([
    { variables: {} },
    { variables: { METRICS_TOKEN: ' ' } },
    { variables: { METRICS_TOKEN: 'too-short' }, authorization: 'Bearer too-short' },
    { variables: null },
    { path: '/metrics/' },
    { path: '/parties/metrics/all' },
    { method: 'POST' },
  ])('is nothing where it is off, and nowhere else: %j', async (asking) => {
    const ledger = new Asked();

    expect(await ask({ ...asking, ledger })).toBeUndefined();
    expect(ledger.reads).toBe(0);
  });

  it('is on where other variables are wrong: such a relay has failures to count', async () => {
    expect((await ask({ variables: { METRICS_TOKEN: TOKEN, AST_URL: 'nowhere' } }))?.status).toBe(200);
  });

  it('says so, without a reason, when the ledger cannot be read', async () => {
    const answer = await ask({ ledger: new Asked(() => Promise.reject(new Error('c4n4ry'))) });

    expect(answer?.status).toBe(503);
    expect(await answer?.text()).not.toContain('c4n4ry');
  });
});

describe('two secrets', () => {
  it.each([
    ['', '', true],
    ['same', 'same', true],
    ['same', 'samf', false],
    ['same', 'same ', false],
    ['', 'x', false],
    ['x', '', false],
  ])('%j and %j', async (one, other, same) => {
    expect(await sameSecret(one, other)).toBe(same);
  });
});
