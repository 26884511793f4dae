import { describe, expect, it } from 'vitest';
import { splitBlock, splitMarkdown, type Block } from '../../../demo/agent/markdown-sections.ts';

const headingsOf = (markdown: string): readonly string[] =>
  splitMarkdown(markdown)
    .slice(1)
    .map(({ level, heading }) => `${level} ${heading}`);

const blocksOf = (markdown: string): readonly Block[] =>
  splitMarkdown(markdown).flatMap(({ blocks }) => blocks);

describe('splitMarkdown', () => {
  it('splits by headings of all levels and knows what is around each', () => {
    const sections = splitMarkdown('before\n# A\na\n## B ##\nb\n### C\n## D\nd');
    expect(sections).toEqual([
      { heading: '', level: 0, ancestors: [], blocks: [{ kind: 'paragraph', text: 'before' }] },
      { heading: 'A', level: 1, ancestors: [], blocks: [{ kind: 'paragraph', text: 'a' }] },
      { heading: 'B', level: 2, ancestors: ['A'], blocks: [{ kind: 'paragraph', text: 'b' }] },
      { heading: 'C', level: 3, ancestors: ['A', 'B'], blocks: [] },
      { heading: 'D', level: 2, ancestors: ['A'], blocks: [{ kind: 'paragraph', text: 'd' }] },
    ]);
  });

  it('reads underlined headings', () => {
    expect(headingsOf('Title\n===\n\nPart\nof two lines\n---\ntext')).toEqual([
      '1 Title',
      '2 Part of two lines',
    ]);
  });

  it.each([
    ['a fence', '```sh\n# not a heading\n```'],
    ['a longer fence around a shorter one', '````md\n```\n# not a heading\n```\n````'],
    ['a tilde fence', '~~~\n# not a heading\n```\n# nor this\n~~~'],
    ['a fence that is never closed', '```\n# not a heading\n\n# nor this'],
    ['a fence inside of a list item', '- item\n\n  ```sh\n  # a comment\n# not a heading\n  ```'],
    ['a fence that begins a list item', '- ```sh\n# not a heading\n  ```'],
    ['indented code', 'text\n\n    # not a heading\n\n    more'],
    ['a quote', '> # not a heading'],
    ['a comment', '<!--\n# not a heading\n\n# nor this\n-->'],
    ['a hash tag', '#not-a-heading'],
  ])('finds no heading in %s', (_what, markdown) => {
    expect(headingsOf(`# Real\n\n${markdown}`)).toEqual(['1 Real']);
  });

  it('goes on after code with the next heading', () => {
    expect(headingsOf('# A\n```\n# no\n```\n# B')).toEqual(['1 A', '1 B']);
  });

  it('keeps lists, tables, quotes and code whole', () => {
    const blocks = [
      '- one\n\n  its second paragraph\n\n- two\n  1. nested',
      '| a | b |\n| --- | --- |\n| 1 | 2 |',
      '> quoted\n> text',
      '```ts\nconst a = 1;\n\nconst b = 2;\n```',
      'A paragraph\nof two lines.',
    ];
    expect(blocksOf(blocks.join('\n\n')).map(({ text }) => text)).toEqual(blocks);
  });

  it('ends a paragraph and a list where a fence begins', () => {
    expect(blocksOf('text:\n```\na\n```\n- item\n```\nb\n```').map(({ kind }) => kind)).toEqual([
      'paragraph',
      'code',
      'list',
      'code',
    ]);
  });

  it('drops what shows nothing: badges, rules, comments, definitions, front matter', () => {
    const markdown =
      '---\ntitle: x\n---\n\n# A\n\n![b](b.svg) [![c](c.svg)](d)\n\n---\n\n<!-- e -->\n\n[f]: g.md\n\n<br>\n\ntext';
    expect(splitMarkdown(markdown).flatMap(({ blocks }) => blocks)).toEqual([
      { kind: 'paragraph', text: 'text' },
    ]);
  });

  it('makes links portable in text and headings, and not in code', () => {
    const markdown =
      '# The [guide](guide.md)\n\nSee [it].\n\n```md\n[it](x.md)\n```\n\n    [it](y.md)\n\n[it]: https://example.com';
    const [, section] = splitMarkdown(markdown);
    expect(section).toMatchObject({
      heading: 'The guide (`guide.md`)',
      blocks: [
        { text: 'See [it](https://example.com).' },
        { text: '```md\n[it](x.md)\n```' },
        { text: '    [it](y.md)' },
      ],
    });
  });

  it('closes up the columns of a table', () => {
    expect(blocksOf('| a      | b   |\n| ------ | :-----: |\n| x      | y   |')[0]?.text).toBe(
      '| a | b |\n| --- | :---: |\n| x | y |',
    );
  });

  it('reads all line ends alike', () => {
    const markdown = '# A\n\ntext\n\n```\n# no\n```\n';
    expect(splitMarkdown(markdown.replaceAll('\n', '\r\n'))).toEqual(splitMarkdown(markdown));
  });
});

describe('splitBlock', () => {
  it('cuts a list between items, with all that belongs to an item', () => {
    const items = ['- one\n  - nested\n\n    # text', '- two\n  ```\n- no item\n  ```', '- three'];
    const pieces = splitBlock({ kind: 'list', text: items.join('\n') }, 12);
    expect(pieces.map(({ text }) => text)).toEqual(items);
  });

  it('cuts a table between rows and repeats its header', () => {
    const head = '| a |\n| --- |';
    const pieces = splitBlock({ kind: 'table', text: `${head}\n| one |\n| two |\n| three |` }, 30);
    expect(pieces.map(({ text }) => text)).toEqual([`${head}\n| one |\n| two |`, `${head}\n| three |`]);
  });

  it.each(['paragraph', 'code', 'quote'] as const)('never cuts a %s', (kind) => {
    const block: Block = { kind, text: 'A sentence. '.repeat(50) };
    expect(splitBlock(block, 20)).toEqual([block]);
  });
});
