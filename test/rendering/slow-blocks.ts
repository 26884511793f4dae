/** Texts of many lines for `slow-texts.ts`. */

export type TextOfLength = (length: number) => string;

const repeated =
  (part: string): TextOfLength =>
  (length) =>
    part.repeat(Math.ceil(length / part.length));

export const SLOW_BLOCKS: Readonly<Record<string, TextOfLength>> = {
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
  'one address for many references': (length) =>
    `[a]: https://b.example/${'c'.repeat(length / 2)}\n\n${'[a] '.repeat(length / 8)}`,
  'references before their definitions': (length) =>
    Array.from({ length: length / 20 }, (_, index) => `[${index}]\n\n`).join('') +
    Array.from({ length: length / 20 }, (_, index) => `[${index}]: u\n`).join(''),
  'definitions with an open title': repeated('[a]: b "\n'),
  'definitions without an address': repeated('[a]:\n'),
  'labels at their limit': (length) => `[${'a'.repeat(900)}]`.repeat(length / 902),
  'a quote in every depth': (length) =>
    Array.from({ length: length / 30 }, (_, index) => '>'.repeat((index % 59) + 1)).join('\n'),
  'deep quotes and lazy lines': (length) => `${'> '.repeat(50)}a\n${'a\n'.repeat(length / 2)}`,
  'lists in deep quotes': repeated(`${'> '.repeat(40)}- a\n`),
  'tables in quotes': repeated('> |a|\n> |-|\n'),
  'four lists on each line': repeated('- - - - a\n'),
  'other markers on each line': repeated('+ a\n- b\n* c\n'),
  'numbers on each line': repeated('1) a\n2. b\n'),
  'items with tabs': repeated('\t- a\n'),
  'items that go back': (length) =>
    Array.from({ length: length / 34 }, (_, index) => `${' '.repeat(index % 60)}- a`).join('\n'),
  'loose items': repeated('- a\n\n'),
  tasks: repeated('- [x] a\n'),
  tabs: repeated('\t'),
  'indented lines': repeated('\ta\n'),
  'hashes and text behind': (length) => `# a ${'#'.repeat(length)} b`,
  'headings by underlines': repeated('a\n=\n'),
  'delimiter rows that fit nothing': repeated('-|-\n-|-|-\n'),
  'a delimiter row with many spaces': (length) => `a|b\n| -${' '.repeat(length)}c`,
  'tables of one row': repeated('|a|\n|-|\n\n'),
  'tables as wide as they may be': (length) => {
    const [row, rule] = ['|b'.repeat(250), '|-'.repeat(250)];
    return `${row}\n${rule}\n${`${row}\n`.repeat(length / 501)}`;
  },
  'blocks of HTML': repeated('<div>\n\n'),
  'one block of HTML': repeated('<div>\n'),
  'a tag over many lines': (length) => `<b${'\n'.repeat(length)}c`,
  'fences one after the other': repeated('```a\nb\n```\n'),
  'ordinary prose': repeated(
    'some *words* and `code` with [links](https://a.example/b), and https://c.example/d too. ',
  ),
};
