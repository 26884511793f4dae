/** No input may cost more than in proportion to its length (rule X6). Each of these is quadratic in some parser. */
import { describe, expect, it } from 'vitest';
import { MarkdownDocument } from '../../../widget/markdown/document.ts';
import { parseMarkdown } from '../../../widget/markdown/parse.ts';

const KB = 1000;

const INPUTS: Readonly<Record<string, (length: number) => string>> = {
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
  backslashes: (length) => '\\'.repeat(length),
  'spaces in a line': (length) => `a${' '.repeat(length)}b`,
  'spaces at line ends': (length) => `a${' '.repeat(50)}\n`.repeat(length / 52),
  'line breaks': (length) => 'a\n'.repeat(length / 2),
  'blank lines': (length) => '\n'.repeat(length),
  'blank lines in code': (length) => `    a\n${'\n'.repeat(length)}    b`,
  'blank lines in an item': (length) => `- a\n${'\n'.repeat(length)}  b`,
  'blank lines in HTML': (length) => `<pre>\n${'\n'.repeat(length)}a`,
  'nested quotes': (length) => '>'.repeat(length),
  'quotes that go deeper': (length) =>
    Array.from({ length: Math.sqrt(length * 2) }, (_, index) => '>'.repeat(index)).join('\n'),
  'nested lists': (length) => '- '.repeat(length / 2),
  'lists that go deeper': (length) =>
    Array.from({ length: Math.sqrt(length) }, (_, index) => `${'  '.repeat(index)}- a`).join('\n'),
  'empty items': (length) => '-\n'.repeat(length / 2),
  rules: (length) => `${'* '.repeat(length / 2)}a`,
  hashes: (length) => `# ${'# '.repeat(length / 2)}a`,
  underlines: (length) => `a\n${'='.repeat(length)}b`,
  definitions: (length) => '[a]: b\n'.repeat(length / 7),
  'definitions one by one': (length) =>
    Array.from({ length: length / 14 }, (_, index) => `[${index}]: u\n\n`).join(''),
  'wide tables': (length) => `${'a|'.repeat(length / 4)}\n${'-|'.repeat(length / 4)}\n`,
  'tables with short rows': (length) =>
    `${'|a'.repeat(200)}\n${'|-'.repeat(200)}\n${'b\n'.repeat(length / 2)}`,
  'delimiter rows': (length) => 'a|b\n-|-|-\n'.repeat(length / 10),
  'escaped pipes': (length) => `|a|\n|-|\n|${'\\|'.repeat(length / 2)}`,
  'one fence': (length) => `\`\`\`\n${'a\n'.repeat(length / 2)}`,
  'fences in fences': (length) => '```\n````\n'.repeat(length / 9),
};

function milliseconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  return process.cpuUsage(before).user / 1000;
}

describe('the cost of a text', () => {
  it.each(Object.entries(INPUTS))('is linear: %s', (_name, make) => {
    parseMarkdown(make(4 * KB));
    const short = milliseconds(() => parseMarkdown(make(25 * KB)));
    const long = milliseconds(() => parseMarkdown(make(100 * KB)));
    // Four times the text: 16 times the time, were it quadratic. Below the floor, chance rules.
    expect(long).toBeLessThan(Math.max(150, short * 10));
  });

  it.each(Object.entries(INPUTS))('is linear while it is unfinished: %s', (_name, make) => {
    const text = make(100 * KB);
    expect(milliseconds(() => new MarkdownDocument().update(text))).toBeLessThan(600);
  });
});

describe('the cost of one more token', () => {
  const repeat = (make: (index: number) => string): string => {
    let text = '';
    for (let index = 0; text.length < 80 * KB; index += 1) text += make(index);
    return text;
  };

  it.each([
    ['code', `\`\`\`ts\n${repeat((index) => `const value${index} = compute(${index});\n`)}`],
    ['a list', repeat((index) => `- item ${index} with **bold** and some words\n`)],
    ['a loose list', repeat((index) => `- item ${index}\n\n`)],
    ['a nested list', repeat((index) => `- item ${index}\n  - sub **${index}**\n`)],
    ['a quote', repeat((index) => `> line ${index}\n>\n`)],
    ['a table', `|a|b|\n|-|-|\n${repeat((index) => `| cell ${index} | **x** |\n`)}`],
    ['paragraphs', repeat((index) => `paragraph ${index} with **bold** and some words\n\n`)],
  ])('does not depend on what is there already: %s', (_name, text) => {
    const document = new MarkdownDocument();
    const cost = (from: number): number => {
      document.update(text.slice(0, from));
      return milliseconds(() => {
        for (let end = from; end < from + 400; end += 4) document.update(text.slice(0, end));
      });
    };
    cost(1 * KB);
    cost(2 * KB);
    const early = cost(8 * KB);
    const late = cost(78 * KB);
    // 100 updates; ten times the text.
    expect(late).toBeLessThan(Math.max(30, early * 5));
  });
});
