/**
 * Texts that cost some parser more than in proportion to their length (rule X6), by their length: within one paragraph
 * here, of many lines in `slow-blocks.ts`.
 */
import { SLOW_BLOCKS, type TextOfLength } from './slow-blocks.ts';

const repeated =
  (part: string): TextOfLength =>
  (length) =>
    part.repeat(Math.ceil(length / part.length));

const SLOW_PARAGRAPHS: Readonly<Record<string, TextOfLength>> = {
  'open brackets': (length) => '['.repeat(length),
  'open images': (length) => '![['.repeat(length / 3),
  'closing brackets': (length) => ']'.repeat(length),
  'nested brackets': (length) => '['.repeat(length / 2) + ']'.repeat(length / 2),
  'links without an end': (length) => '[a](b'.repeat(length / 5),
  'links with an open angle': (length) => '[a](<b'.repeat(length / 6),
  'links with an open title': (length) => '[a](b "'.repeat(length / 7),
  'links in links': (length) => '[a '.repeat(length / 8) + '](b) '.repeat(length / 8),
  'links after open brackets': (length) => '['.repeat(length / 2) + '[a](b)'.repeat(length / 12),
  'links after open images': (length) => '!['.repeat(length / 4) + '[a](b)'.repeat(length / 12),
  'references in vain': (length) => '[a][b] '.repeat(length / 7),
  'long labels': (length) => `[${'a'.repeat(length / 2)}][${'b'.repeat(length / 2)}`,
  'escaped brackets': (length) => '\\['.repeat(length / 2),
  'stars that open': (length) => '*a '.repeat(length / 3),
  'stars that close': (length) => 'a* '.repeat(length / 3),
  'stars of both kinds': (length) => '*a_ '.repeat(length / 4),
  'stars in threes': (length) => 'a***'.repeat(length / 4),
  'one run of stars': (length) => `a${'*'.repeat(length)}b`,
  'nested emphasis': (length) => '*a **a '.repeat(length / 14) + 'a** a* '.repeat(length / 14),
  tildes: (length) => '~a ~~b '.repeat(length / 7),
  'backticks of all lengths': (length) =>
    Array.from({ length: Math.sqrt(length * 2) }, (_, index) => `e${'`'.repeat(index)}`).join(''),
  'open code': (length) => '`a ``b '.repeat(length / 7),
  'open comments': (length) => 'a <!-- b '.repeat(length / 9),
  'open instructions': (length) => 'a <? b '.repeat(length / 7),
  'open declarations': (length) => 'a <!a b '.repeat(length / 8),
  'open sections': (length) => 'a <![CDATA[ '.repeat(length / 12),
  'open tags': (length) => 'a <b c=" '.repeat(length / 9),
  'tags with many spaces': (length) => `a <b${' '.repeat(length)}`,
  'tags with many attributes': (length) => `a <b${' c'.repeat(length / 2)}`,
  angles: (length) => '<'.repeat(length),
  'addresses in angles': (length) => '<a:b'.repeat(length / 4),
  'mail addresses': (length) => 'a@'.repeat(length / 2),
  'mail addresses with dots': (length) => `${'a.'.repeat(length / 2)}@b`,
  'mail domains': (length) => `a@${'b.'.repeat(length / 2)}`,
  'addresses with parentheses': (length) => `http://a.b/${')'.repeat(length)}`,
  'addresses with entities': (length) => `http://a.b/${'&a;'.repeat(length / 3)}`,
  'addresses with brackets': (length) => `http://a.b/${']['.repeat(length / 2)}`,
  'many addresses': (length) => 'www.a.b '.repeat(length / 8),
  entities: (length) => '&a'.repeat(length / 2),
  'entities that all stand for something': repeated('&copy;&#x41;'),
  'entities of many names': (length) =>
    Array.from({ length: length / 8 }, (_, index) => `&a${String(index).padStart(5, '0')};`).join(''),
  backslashes: (length) => '\\'.repeat(length),
  'links without an end, and words': (length) => `${'[a](b'.repeat(length / 5)} c d`,
  'links over many lines': repeated('[a](\n'),
  'links with every open title': repeated(`[a](b "[c](d '[e](f (`),
  'a link with many spaces': (length) => `[a](b${' '.repeat(length)}c`,
  'texts that look like hosts': (length) => `[${'a.com '.repeat(length / 6)}](https://b.example)`,
  'a text of dots': (length) => `[${'a.'.repeat(length / 2)}](https://b.example)`,
  'a text of letters that unfold': (length) => `[${'\ufdfa'.repeat(length / 4)}](https://b.example)`,
  'links with hidden characters': repeated('[a\u200b](https://b.example) '),
  'links in one word': repeated('[a\u0332.](http://b.c)'),
  'a link to a mail that names many': (length) => `[${'a@b.c '.repeat(length / 6)}](mailto:a@b.d)`,
  'fields of a mail': (length) => `<mailto:a@b.c?${'subject&'.repeat(length / 8)}>`,
  'images one after the other': repeated('![a](https://b.example/c)'),
  'brackets and parentheses': repeated('a]('),
  'stars and underscores': repeated('*_'),
  'underscores inside words': repeated('a_b_c*d*'),
  'bold without spaces': repeated('a**b'),
  'a run that opens and one that closes': (length) => `${'*'.repeat(length / 2)}a${'*'.repeat(length / 2)}`,
  'tildes and stars': repeated('~~*'),
  'stars around astral characters': repeated('\u{1f600}*'),
  'spaces before a line end': (length) => `a${' '.repeat(length)}b\nc`,
  'backticks from long to short': (length) => {
    const count = Math.floor(Math.sqrt(length * 2));
    return Array.from({ length: count }, (_, index) => '`'.repeat(count - index)).join(' ');
  },
  'a fence with a backtick behind': (length) => `${'`'.repeat(length / 2)}${'a'.repeat(length / 2)}\``,
  'numeric entities': repeated('&#x1'),
  'one long entity': (length) => `&${'a'.repeat(length)}`,
  'empty angles': repeated('<>'),
  'closing tags': repeated('</a '),
  'comments in comments': repeated('<!-- ->'),
  'sections that nearly end': repeated('<![CDATA[ ]] '),
  'addresses in angles without an end': repeated('<https:'),
  'a mail address in an angle': (length) => `<a@${'a.'.repeat(length / 2)}`,
  'many mail addresses in one': (length) => `<mailto:${'a@b.c,'.repeat(length / 6)}>`,
  'mail addresses in one word': repeated('a@b.c,'),
  'schemes without a host': repeated('http://%'),
  'hosts that are none, in one word': repeated('www._*'),
  'a host that is none': repeated('www._'),
  'hosts that end in marks': repeated('http://a.b._/'),
  'addresses behind brackets': repeated('https://a.b/]'),
  'a host of many labels': (length) => `http://${'a.'.repeat(length / 2)}b`,
  'a host in punycode': (length) => `http://${'xn--a.'.repeat(length / 6)}b`,
  'a name before the host': (length) => `https://${'a:'.repeat(length / 2)}@b.c`,
  'a long address': (length) => `https://b.c/${'%e2'.repeat(length / 3)}`,
};

export const SLOW_TEXTS: Readonly<Record<string, TextOfLength>> = { ...SLOW_PARAGRAPHS, ...SLOW_BLOCKS };
