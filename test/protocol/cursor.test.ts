import { describe, expect, it } from 'vitest';
import { connectionQuery, parseConnectionQuery, type Cursor } from '#protocol';
import { eachSeed } from '../support/seeded-random.ts';

/** Through an address and back, as it travels. */
function travelled(version: number, cursor: Cursor | undefined) {
  const url = new URL('ws://relay.test/parties/main/ivy_a');
  url.search = new URLSearchParams(connectionQuery(version, cursor)).toString();
  return parseConnectionQuery(new URL(url.href).searchParams);
}

describe('the query of a connection', () => {
  it.each<Cursor | undefined>([
    undefined,
    { gen: 0 },
    { gen: 3, last: 'm-1' },
    { gen: 3, last: 'm-1', run: 'm-2', off: 0 },
    { gen: 999_999, last: 'ids & names = çã 👩?#', run: '%2F', off: 262_144 },
  ])('[H2] carries a cursor: %j', (cursor) => {
    expect(travelled(1, cursor)).toEqual({ version: 1, lean: false, cursor });
  });

  it('[V1] has no version from an original client', () => {
    expect(parseConnectionQuery(new URLSearchParams('_pk=abc'))).toEqual({
      version: 0,
      lean: false,
      cursor: undefined,
    });
  });

  it.each([
    'v=1&gen=',
    'v=1&gen=-1',
    'v=1&gen=1.5',
    'v=1&gen=1e3',
    'v=1&gen=0x10',
    'v=1&gen=NaN',
    'v=1&gen=9999999999999999',
    'v=1&last=m-1&off=3',
    'v=1&gen=1&last=',
    `v=1&gen=1&last=${'m'.repeat(129)}`,
    `v=1&gen=1&run=${'m'.repeat(129)}`,
  ])('[H6] has no cursor where the cursor cannot be read: %s', (query) => {
    expect(parseConnectionQuery(new URLSearchParams(query))).toEqual({
      version: 1,
      lean: false,
      cursor: undefined,
    });
  });

  it('[H6] reads the rest of a cursor whose offset is garbage, from the beginning of the run', () => {
    expect(parseConnectionQuery(new URLSearchParams('v=1&gen=1&last=a&run=b&off=-4'))).toEqual({
      version: 1,
      lean: false,
      cursor: { gen: 1, last: 'a', run: 'b', off: undefined },
    });
  });

  it('[S8] says that its client reads lean frames, which an original one does not', () => {
    const lean = new URLSearchParams(connectionQuery(1, undefined, true));
    expect(parseConnectionQuery(lean).lean).toBe(true);
    for (const query of ['lean=1', 'v=0&lean=1', 'v=1&lean=', 'v=1&lean=yes']) {
      expect(parseConnectionQuery(new URLSearchParams(query)).lean).toBe(false);
    }
  });

  it.each(['v=', 'v=one', 'v=-1', 'v=1.0'])(
    '[V1] takes a version that is no number for an original: %s',
    (query) => {
      expect(parseConnectionQuery(new URLSearchParams(query)).version).toBe(0);
    },
  );

  it('never throws on garbage', async () => {
    const characters = Array.from('v1genlastrunoff=&%0123456789-+.eÇ👩\u0000 ');
    await eachSeed(300, (random) => {
      const query = Array.from({ length: random.below(60) }, () => random.pick(characters)).join('');
      const { version, cursor } = parseConnectionQuery(new URLSearchParams(query));
      expect(Number.isInteger(version)).toBe(true);
      if (cursor !== undefined) expect(Number.isInteger(cursor.gen)).toBe(true);
    });
  });
});
