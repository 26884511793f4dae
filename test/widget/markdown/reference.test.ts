/** Other people's parsers as judges of ours, on texts that nobody would write. */
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import { parseMarkdown } from '../../../widget/markdown/parse.ts';
import { SeededRandom } from '../../support/seeded-random.ts';
import { toHtml } from './to-html.ts';

/** Left out: emoji (micromark looks at half of them), and what GFM and micromark are known to disagree on with us. */
const FRAGMENTS = [
  [
    'a',
    'b',
    'foo',
    ' ',
    ' ',
    '  ',
    '\n',
    '\n',
    '\n\n',
    '*',
    '**',
    '_',
    '__',
    '`',
    '``',
    '```',
    '[',
    ']',
    '(',
    ')',
    '![',
  ],
  [
    '](/u)',
    '](<u> "t")',
    '[a]: /u\n',
    '[a]',
    "[b]: <x> 't'",
    '\\',
    '<',
    '>',
    '> ',
    '- ',
    '* ',
    '+ ',
    '1. ',
    '2) ',
    '# ',
  ],
  [
    '===',
    '---',
    '***',
    '\t',
    '    ',
    '   ',
    '&amp;',
    '&',
    '<b>',
    '</b>',
    '<!--',
    '-->',
    '<div>',
    '!',
    '"',
    "'",
    ':',
    '~~~',
  ],
  [
    '  \n',
    '\\\n',
    '.',
    'é',
    '“',
    '~~',
    '|',
    ' | ',
    '|a|b|\n|-|-|\n',
    '- [ ] x',
    '- [x] y',
    '\\|',
    '###### ',
    '#',
  ],
].flat();

/** White space between blocks is nobody's business. */
function normalize(html: string): string {
  return html
    .replace(
      /<input type="checkbox"([^>]*?)\s*\/?>\s*/g,
      (_tag, rest: string) => `[${rest.includes('checked') ? 'x' : ' '}]`,
    )
    .replace(/\n*(<\/?(?:p|[uo]l|li|blockquote|h\d|pre|hr|table|thead|tbody|tr|td|th)\b[^>]*>)\n*/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}

function judge(markdown: string): string {
  const options = { allowDangerousHtml: true, allowDangerousProtocol: true };
  const html = gfmHtml();
  return normalize(micromark(markdown, { ...options, extensions: [gfm()], htmlExtensions: [html] }));
}

describe('against micromark', () => {
  it('agrees on all but a few of thousands of random texts', () => {
    const seed = 20261122;
    const random = new SeededRandom(seed);
    const texts = Array.from({ length: 800 }, () =>
      Array.from({ length: 2 + random.below(14) }, () => random.pick(FRAGMENTS)).join(''),
    );
    const differing = texts.filter((text) => normalize(toHtml(parseMarkdown(text))) !== judge(text));
    // What is left: corners in which commonmark.js decides as we do, and boxes followed by a line break.
    expect(
      differing.length,
      `seed ${seed}: ${JSON.stringify(differing.slice(0, 25), null, 1)}`,
    ).toBeLessThanOrEqual(20);
  }, 60_000);
});
