/** Random Markdown, the same for the same seed: fragments that begin, end and break every construct. */

import type { SeededRandom } from '../../support/seeded-random.ts';

const WORDS = ['a', 'b', 'foo', 'bar baz', 'é', '“', '.', '!', '"', "'", ':', '😀', '漢', '42', '\u202e'];
const MARKS = [
  [
    '*',
    '**',
    '***',
    '_',
    '__',
    '`',
    '``',
    '~',
    '~~',
    '\\',
    '&amp;',
    '&',
    '&copy',
    '<',
    '>',
    '  \n',
    '\\\n',
    '|',
  ],
  [
    '[',
    ']',
    '(',
    ')',
    '![',
    '](/u)',
    '](https://a.example/b)',
    '](<u> "t")',
    '[a]',
    '[foo][]',
    '[x][a]',
    '](javascript:x)',
  ],
  [
    '<b>',
    '</b>',
    '<!--',
    '-->',
    '<a href="x">',
    '<http://x.example>',
    'https://y.example/z',
    'www.z.example',
    'p@q.example',
  ],
].flat();
const LINES = [
  [
    '- ',
    '* ',
    '+ ',
    '1. ',
    '2) ',
    '10. ',
    '> ',
    '# ',
    '## ',
    '###### ',
    '===',
    '---',
    '***',
    '```',
    '```ts\n',
    '~~~',
    '    ',
    '\t',
    '   ',
  ],
  [
    '- [ ] ',
    '- [x] ',
    '|a|b|\n|-|:-:|\n',
    '| c | d |\n',
    '|-|-|\n',
    '<div>',
    '<pre>',
    '[a]: https://a.example\n',
    '[foo]: <u> "t"\n',
    '\r\n',
  ],
].flat();

export function randomMarkdown(random: SeededRandom, pieces: number): string {
  let text = '';
  for (let count = 0; count < pieces; count += 1) {
    const kind = random.next();
    if (kind < 0.3) text += random.pick(WORDS);
    else if (kind < 0.4) text += ' ';
    else if (kind < 0.65) text += random.pick(MARKS);
    else if (kind < 0.75) text += '\n\n';
    else text += `\n${random.pick(LINES)}`;
  }
  return text;
}

/** The text so far, again and again till it is complete; cut anywhere, also inside a character or a line end. */
export function randomPrefixes(random: SeededRandom, text: string): string[] {
  let end = 0;
  return random
    .pieces(text, random.pick([1, 4, 30, 200]))
    .map((piece) => text.slice(0, (end += piece.length)));
}
