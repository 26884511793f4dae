import { describe, expect, it } from 'vitest';
import { portableMarkdown, readLinkDefinition } from '../../../demo/agent/portable-markdown.ts';

describe('portableMarkdown', () => {
  it.each([
    ['an image', 'a ![logo](logo.png "Logo") b', 'a  b'],
    ['a linked image', '[![build](b.svg)](https://example.com/b)', ''],
    ['an HTML image', 'a <img src="x.png" alt="x > y"> b', 'a  b'],
    ['tags', '<p align="center">text<br>more</p>', 'text more'],
    ['a comment', 'a<!-- hidden\n[x](y) -->b', 'ab'],
  ])('removes %s', (_what, markdown, portable) => {
    expect(portableMarkdown(markdown)).toBe(portable);
  });

  it.each([
    ['https', '[site](https://example.com/a_(b))', '[site](<https://example.com/a_(b)>)'],
    ['http with a title', '[site](http://example.com "Site")', '[site](http://example.com)'],
    ['mailto', '[mail](mailto:a@example.com)', '[mail](mailto:a@example.com)'],
    ['an autolink', '<https://example.com>', '<https://example.com>'],
    ['a bare address', 'https://example.com', 'https://example.com'],
  ])('keeps a link that works everywhere: %s', (_what, markdown, portable) => {
    expect(portableMarkdown(markdown)).toBe(portable);
  });

  it.each([
    ['a path', '[the guide](../docs/guide.md#top)', 'the guide (`docs/guide.md`)'],
    ['a path with its name for a label', '[guide.md](docs/guide.md)', '`docs/guide.md`'],
    ['a label in code', '[`guide.md`](docs/guide.md)', '`guide.md`'],
    ['a place in the same document', '[below](#below)', 'below'],
    ['a script', '[click](javascript:alert)', 'click'],
  ])('turns %s into text', (_what, markdown, portable) => {
    expect(portableMarkdown(markdown)).toBe(portable);
  });

  it('resolves reference links', () => {
    const definitions = new Map([
      ['guide', 'docs/guide.md'],
      ['site', 'https://example.com'],
    ]);
    expect(portableMarkdown('[how][Guide], [Site], [site][] and [other]', definitions)).toBe(
      'how (`docs/guide.md`), [Site](https://example.com), [site](https://example.com) and [other]',
    );
  });

  it.each([
    '`[a](b.md)`',
    '``a ` [b](c.md)``',
    '```md\n![a](b.png)\n<br>\n```',
    '~~~\n<b>\n~~~',
    '\\[a](b.md)',
    '- [ ] task',
  ])('leaves %j as it is', (markdown) => {
    expect(portableMarkdown(markdown)).toBe(markdown);
  });
});

describe('readLinkDefinition', () => {
  it('reads label and target', () => {
    expect(readLinkDefinition('[The  Guide]: <docs/guide.md> "Guide"')).toEqual({
      label: 'the guide',
      url: 'docs/guide.md',
    });
  });

  it.each(['[a] b', 'text [a]: b', '[^1]: a note', '- [ ]: no'])('does not take %j for one', (line) => {
    expect(readLinkDefinition(line)).toBeUndefined();
  });
});
