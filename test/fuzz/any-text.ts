/** Text at random: words of the syntax at hand, and whatever has ever been mistaken for something else. */
import type { SeededRandom } from '../support/seeded-random.ts';

const ODD = [
  ...['', ' ', '\t', '\r\n', '\n', '\0', '\u001b[31m', '\u007f', '\u0085', '\u00a0', '\u00ad'],
  ...[
    '\u200b',
    '\u202e',
    '\u2028',
    '\u2066',
    '\ufeff',
    '\ufffd',
    '\ud83d',
    '\udc4d',
    '👩🏽‍💻',
    'é',
    'e\u0301',
    '漢',
    'аpple',
    'ﬀ',
    '．',
    '。',
    '／',
    '＠',
  ],
  ...[
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'null',
    'undefined',
    'true',
    'NaN',
    '0',
    '-1',
    '1e999',
    '9007199254740993',
  ],
  ...[
    '%',
    '%00',
    '%2e%2e',
    '%2f',
    '%0d%0a',
    '%C3',
    '+',
    '&',
    '=',
    ';',
    ',',
    '"',
    "'",
    '`',
    '\\',
    '/',
    '//',
    '..',
    '?',
    '#',
    '@',
    ':',
    '[',
    ']',
    '{',
    '}',
    '<',
    '>',
    '|',
    '*',
    '$',
    '~',
  ],
];

/** So many pieces: most of `words`, some of them odd, one in a while very long. */
export function anyText(random: SeededRandom, words: readonly string[], pieces = random.below(12)): string {
  let text = '';
  for (let piece = 0; piece < pieces; piece += 1) {
    if (random.chance(0.7)) text += random.pick(words);
    else if (random.chance(0.02)) text += random.pick(ODD).repeat(random.below(3000));
    else text += random.pick(ODD);
  }
  return text;
}

/** `text` with a few changes: something put in, left out, doubled, exchanged or in the other case. */
export function damaged(random: SeededRandom, text: string): string {
  let result = text;
  for (let changes = 1 + random.below(3); changes > 0; changes -= 1) {
    const at = random.below(result.length + 1);
    const to = Math.min(result.length, at + 1 + random.below(4));
    const [before, part, after] = [result.slice(0, at), result.slice(at, to), result.slice(to)];
    const replacement = random.pick([
      () => '',
      () => part + part,
      () => random.pick(ODD),
      () => part + random.pick(ODD),
      () => part.toUpperCase(),
      () => String.fromCharCode(part.charCodeAt(0) ^ (1 << random.below(7))),
    ])();
    result = random.chance(0.03) ? before : before + replacement + after;
  }
  return result;
}
