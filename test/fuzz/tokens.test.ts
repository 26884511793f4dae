/** Tokens and queries at random, at the relay's door (A3). */
import { Buffer } from 'node:buffer';
import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { parseJson, roomOfThread } from '#protocol';
import { admit } from '../../partykit/admission/admission.ts';
import { verifyToken } from '../../partykit/admission/token-verifier.ts';
import { knock, NOW, OPEN, SECRET, THREAD, WITH_SECRET } from '../support/knock.ts';
import type { SeededRandom } from '../support/seeded-random.ts';
import { anyText } from './any-text.ts';
import { anyToken } from './any-token.ts';
import { eachCase, FUZZ_TIMEOUT_MS } from './cases.ts';

const headSchema = z.object({ alg: z.literal('HS256') });
const claimsSchema = z.object({ thread: z.literal(THREAD), exp: z.number() });

/** Whether it may be let in, found out in another way than the relay does. */
function isGood(token: string): boolean {
  const [head = '', payload = '', signature = '', ...more] = token.split('.');
  if (more.length > 0) return false;
  const due = createHmac('sha256', SECRET).update(`${head}.${payload}`).digest();
  const decoded = (part: string): unknown => parseJson(Buffer.from(part, 'base64url').toString());
  const claims = claimsSchema.safeParse(decoded(payload));
  return (
    Buffer.from(signature, 'base64url').equals(due) &&
    headSchema.safeParse(decoded(head)).success &&
    claims.success &&
    claims.data.exp > NOW / 1000 - 60 &&
    claims.data.exp < NOW / 1000 + 2 * 60 * 60
  );
}

function anyQuery(random: SeededRandom): string {
  return `?${anyText(random, ['v=1', '&', 'token=', 'gen=0', 'last=m-1', 'run=m-2', 'off=3', '_pk=a', 'access=write', 'sub=a', 'exp=9', '%26', '='])}`;
}

describe('admission', () => {
  it(
    '[A3] lets a token in only when it is signed, in time and for the thread',
    async () => {
      let admitted = 0;
      let refused = 0;
      const cases = await eachCase(async (random) => {
        const token = anyToken(random);
        const result = await admit(WITH_SECRET, knock(`?v=1&${new URLSearchParams({ token }).toString()}`));
        if (result.ok) {
          admitted += 1;
          expect(isGood(token)).toBe(true);
          expect(result.value).not.toContain(token);
        } else {
          refused += 1;
          expect([4401, 4403]).toContain(result.failure.code);
          if (token.length > 8) expect(JSON.stringify(result.failure)).not.toContain(token);
        }
      });
      // Else it would be the good or the bad alone that are tried.
      if (cases > 1) expect(Math.min(admitted, refused) / cases).toBeGreaterThan(0.05);
    },
    FUZZ_TIMEOUT_MS,
  );

  it(
    '[A3] opens no other thread with any token',
    async () => {
      await eachCase(async (random) => {
        const other = `${THREAD}-${random.below(10)}`;
        const { tokens } = WITH_SECRET;
        if (tokens === undefined) throw new Error('no tokens');
        expect((await verifyToken(tokens, anyToken(random), other, NOW)).ok).toBe(false);
      });
    },
    FUZZ_TIMEOUT_MS,
  );

  it(
    '[A3] [A15] takes nothing from a query but what a room reads',
    async () => {
      await eachCase(async (random) => {
        const url = `https://relay.test/parties/main/${roomOfThread(THREAD)}${anyQuery(random).replaceAll('#', '%23')}`;
        const withToken = await admit(WITH_SECRET, knock('', { url }));
        expect(withToken.ok).toBe(false);
        const open = await admit(OPEN, knock('', { url }));
        if (!open.ok) throw new Error(`refused: ${open.failure.reason}`);
        const { searchParams, href } = new URL(open.value);
        const plain = new URL((await valueOf(admit(OPEN, knock('')))) ?? '').searchParams;
        const known = new Set([...plain.keys(), 'gen', 'last', 'run', 'off']);
        expect([...searchParams.keys()].filter((name) => !known.has(name))).toEqual([]);
        for (const name of plain.keys())
          if (name !== 'v') expect(searchParams.getAll(name)).toEqual(plain.getAll(name));
        expect(href.length).toBeLessThan(2000);
      });
    },
    FUZZ_TIMEOUT_MS,
  );
});

async function valueOf(result: ReturnType<typeof admit>): Promise<string | undefined> {
  const settled = await result;
  return settled.ok ? settled.value : undefined;
}
