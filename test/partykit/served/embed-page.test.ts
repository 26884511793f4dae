/** The page for frames, before a browser has seen it. */
import { describe, expect, it } from 'vitest';
import { answerEmbed } from '../../../partykit/served/embed-page.ts';
import { OPEN } from '../../support/knock.ts';

async function page(url: string, headers: Record<string, string> = {}): Promise<Response> {
  const answer = await answerEmbed(new Request(url, { headers }), () => OPEN);
  if (answer === undefined) throw new Error('there is no page');
  return answer;
}

const policyOf = (answer: Response): readonly string[] =>
  (answer.headers.get('content-security-policy') ?? '').split('; ');

describe('the embed page', () => {
  it('holds nothing of its address', async () => {
    const hostile = '?thread="><script>alert(1)</script>&heading=canary&host=evil.example';
    const [plain, asked] = [
      await page('https://relay.test/embed'),
      await page(`https://relay.test/embed${hostile}`),
    ];
    expect(await asked.text()).toBe(await plain.text());
    expect([...asked.headers]).toEqual([...plain.headers]);
  });

  it('has no script of its own in it, and allows those of the relay alone', async () => {
    const answer = await page('https://relay.test/embed');
    const html = await answer.text();
    expect(html.match(/<script[^>]*>/g)).toEqual([
      '<script src="ivy-chat.js" defer>',
      '<script src="ivy-chat-embed.js" defer>',
    ]);
    expect(html).not.toMatch(/<style|\son\w+=|javascript:/);
    const policy = policyOf(answer);
    expect(policy).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "script-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
      ]),
    );
    expect(policy.join()).not.toMatch(/unsafe|\*\.|https?:\/\/(?!localhost|127)/);
  });

  it.each([
    ['https://relay.test/embed', "connect-src 'self' wss://relay.test"],
    ['http://localhost:1999/embed', "connect-src 'self' wss://localhost:1999 ws://localhost:1999"],
  ])('may talk to the relay, by every scheme that it has (%s)', async (url, sources) => {
    expect(policyOf(await page(url))).toContain(sources);
  });

  it('has colours where they are asked for', async () => {
    expect(await (await page('https://relay.test/embed?colours')).text()).toContain(
      'src="ivy-chat-colours.js"',
    );
  });

  it('tells no other page its address, and can be in one that asks for isolation', async () => {
    expect(Object.fromEntries((await page('https://relay.test/embed')).headers)).toMatchObject({
      'referrer-policy': 'no-referrer',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'public, max-age=300',
    });
  });

  it('is asked for again when who may have it in a frame has changed', async () => {
    const etag = (await page('https://relay.test/embed')).headers.get('etag') ?? '';
    expect((await page('https://relay.test/embed', { 'if-none-match': etag })).status).toBe(304);
    const shut = await answerEmbed(
      new Request('https://relay.test/embed', { headers: { 'if-none-match': etag } }),
      () => undefined,
    );
    expect(shut?.status).toBe(200);
  });

  it.each(['https://relay.test/embed/', 'https://relay.test/embedded', 'https://relay.test/'])(
    'is nowhere else (%s)',
    async (url) => {
      expect(await answerEmbed(new Request(url), () => OPEN)).toBeUndefined();
    },
  );

  it('cannot be written to, and asks for no configuration then', async () => {
    const asked = answerEmbed(new Request('https://relay.test/embed', { method: 'POST' }), () => {
      throw new Error('asked');
    });
    expect(await asked).toBeUndefined();
  });
});
