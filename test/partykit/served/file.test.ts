/** Files as a relay gives them to pages, on the runtime that has no headers for them. */
import { describe, expect, it } from 'vitest';
import { answerFile } from '../../../partykit/served/file.ts';

const SCRIPT = 'let a = 1;';
const FILES = new Map([
  ['/files/ivy-chat.js', SCRIPT],
  ['/files/0.1.0/ivy-chat.js', SCRIPT],
  ['/files/1.2.3-beta.1/ivy-chat.js', SCRIPT],
]);

const load = (path: string): Promise<Response | null> => {
  const text = FILES.get(path);
  return Promise.resolve(
    text === undefined ? null : new Response(text, { headers: { 'content-type': 'text/javascript' } }),
  );
};

const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  answerFile(new Request(`http://relay.test${path}`, { method, headers }), load);

async function etagOf(path: string): Promise<string> {
  return (await ask(path))?.headers.get('etag') ?? '';
}

describe('a file', () => {
  it.each([
    ['/ivy-chat.js', 'public, max-age=300'],
    ['/0.1.0/ivy-chat.js', 'public, max-age=31536000, immutable'],
    ['/1.2.3-beta.1/ivy-chat.js', 'public, max-age=31536000, immutable'],
  ])('is kept by browsers for as long as it stays as it is (%s)', async (path, caching) => {
    const answer = await ask(path);
    expect(await answer?.text()).toBe(SCRIPT);
    expect(Object.fromEntries(answer?.headers ?? [])).toMatchObject({
      'cache-control': caching,
      'content-type': 'text/javascript',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
      vary: 'Accept-Encoding',
    });
  });

  it('is not sent again to who has it', async () => {
    const etag = await etagOf('/ivy-chat.js');
    expect(etag).toMatch(/^W\/"[\da-f]{32}"$/);
    for (const known of [etag, etag.slice(2), `"other", ${etag}`, '*']) {
      const answer = await ask('/ivy-chat.js', { 'if-none-match': known });
      expect([answer?.status, await answer?.text(), answer?.headers.get('etag')], known).toEqual([
        304,
        '',
        etag,
      ]);
      expect(answer?.headers.get('cache-control'), known).toBe('public, max-age=300');
    }
  });

  it.each(['"other"', 'W/""', ''])('is sent to who has another (%s)', async (known) => {
    expect((await ask('/ivy-chat.js', { 'if-none-match': known }))?.status).toBe(200);
  });

  it.each([
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip;q=0.5', 'gzip'],
    ['BR;q=0.001', 'br'],
    ['br; q=0.0, GZIP', 'gzip'],
    ['identity', null],
    ['bro, xgzip', null],
    ['', null],
  ])('is compressed for who takes %s', async (accepted, encoding) => {
    const answer = await ask('/ivy-chat.js', { 'accept-encoding': accepted });
    expect(answer?.headers.get('content-encoding')).toBe(encoding);
  });

  it('has a head without its content', async () => {
    const answer = await ask('/ivy-chat.js', {}, 'HEAD');
    expect([answer?.status, await answer?.text(), answer?.headers.get('etag')]).toEqual([
      200,
      '',
      await etagOf('/ivy-chat.js'),
    ]);
  });

  it.each(['/', '/nowhere.js', '/files/ivy-chat.js', '/a/b/ivy-chat.js', '/..%2fivy-chat.js', '/%2e/x'])(
    'is not anything else (%s)',
    async (path) => {
      expect(await ask(path)).toBeUndefined();
    },
  );

  it('cannot be written to', async () => {
    expect(await ask('/ivy-chat.js', {}, 'POST')).toBeUndefined();
  });
});
