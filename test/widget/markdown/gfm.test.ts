import { describe, expect, it } from 'vitest';
import { parseMarkdown } from '../../../widget/markdown/parse.ts';
import { toHtml } from './to-html.ts';

function html(markdown: string): string {
  return toHtml(parseMarkdown(markdown)).trim().replace(/\n+/g, '');
}

const row = (tag: string, ...cells: string[]): string =>
  `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`;

const table = (head: string[], ...rows: string[][]): string => {
  const body = rows.length === 0 ? '' : `<tbody>${rows.map((cells) => row('td', ...cells)).join('')}</tbody>`;
  return `<table><thead>${row('th', ...head)}</thead>${body}</table>`;
};

describe('tables', () => {
  it.each([
    ['a head and a row', '| a | b |\n| - | - |\n| 1 | 2 |', table(['a', 'b'], ['1', '2'])],
    ['no outer pipes', 'a | b\n- | -\n1 | 2', table(['a', 'b'], ['1', '2'])],
    ['a head alone', '| a |\n| - |', table(['a'])],
    ['short and long rows', '|a|b|\n|-|-|\n|1|\n|1|2|3|', table(['a', 'b'], ['1', ''], ['1', '2'])],
    [
      'an escaped pipe, even in code',
      '|a|\n|-|\n|x \\| `y \\| z`|',
      table(['a'], ['x | <code>y | z</code>']),
    ],
    ['marks in cells', '|a|\n|-|\n|**b** ~~c~~|', table(['a'], ['<strong>b</strong> <del>c</del>'])],
    ['a row without pipes', '|a|\n|-|\nb', table(['a'], ['b'])],
    ['the end at a blank line', '|a|\n|-|\n|b|\n\nc', `${table(['a'], ['b'])}<p>c</p>`],
    ['the end at a quote', '|a|\n|-|\n> b', `${table(['a'])}<blockquote><p>b</p></blockquote>`],
    ['a paragraph before it', 'text\n|a|b|\n|-|-|', `<p>text</p>${table(['a', 'b'])}`],
    ['a place in a list', '- |a|\n  |-|\n  |b|', `<ul><li>${table(['a'], ['b'])}</li></ul>`],
    ['a place in a quote', '> |a|\n> |-|', `<blockquote>${table(['a'])}</blockquote>`],
    ['no table: other numbers of columns', '|a|b|\n|-|', '<p>|a|b||-|</p>'],
    ['no table: an underlined heading', 'a\n-', '<h2>a</h2>'],
  ])('%s', (_name, markdown, expected) => {
    expect(html(markdown)).toBe(expected);
  });

  it('aligns columns', () => {
    expect(html('|a|b|c|d|\n|:-|:-:|-:|-|')).toBe(
      '<table><thead><tr><th align="left">a</th><th align="center">b</th><th align="right">c</th><th>d</th></tr></thead></table>',
    );
  });

  it('fills up a bounded number of cells, so that a short text cannot make millions', () => {
    const [block] = parseMarkdown(`${'|a'.repeat(200)}|\n${'|-'.repeat(200)}|\n${'b\n'.repeat(5000)}`);
    const cells =
      block?.type === 'table' ? [...block.children].map((cellsOfRow) => cellsOfRow.cells.length) : [];
    expect(cells).toHaveLength(5000);
    expect(cells.reduce((sum, count) => sum + count)).toBeLessThan(30_000);
  });
});

describe('tasks', () => {
  const open = '<input type="checkbox" disabled="" />';
  const done = '<input type="checkbox" checked="" disabled="" />';

  it.each([
    ['open and done', '- [ ] a\n- [x] b', `<ul><li>${open} a</li><li>${done} b</li></ul>`],
    ['a capital and a number', '1. [X] a', `<ol><li>${done} a</li></ol>`],
    ['nested', '- [x] a\n  - [ ] b', `<ul><li>${done} a<ul><li>${open} b</li></ul></li></ul>`],
    ['loose', '- [ ] a\n\n- b', `<ul><li><p>${open} a</p></li><li><p>b</p></li></ul>`],
    ['no task without text', '- [ ]', '<ul><li>[ ]</li></ul>'],
    ['no task without a space', '- [x]a', '<ul><li>[x]a</li></ul>'],
    ['no task outside a list', '[x] a', '<p>[x] a</p>'],
    ['no task in a second paragraph', '- a\n\n  [ ] b', '<ul><li><p>a</p><p>[ ] b</p></li></ul>'],
  ])('%s', (_name, markdown, expected) => {
    expect(html(markdown)).toBe(expected);
  });
});

describe('strikethrough', () => {
  it.each([
    ['~~a~~ b', '<p><del>a</del> b</p>'],
    ['~a~ b', '<p><del>a</del> b</p>'],
    ['~~a **b** c~~', '<p><del>a <strong>b</strong> c</del></p>'],
    ['~~a~ b', '<p>~~a~ b</p>'],
    ['~~~a~~~ b~~~ c', '<pre><code class="language-a~~~"></code></pre>'],
    ['x ~~~a~~~', '<p>x ~~~a~~~</p>'],
    ['~~a\n\nb~~', '<p>~~a</p><p>b~~</p>'],
  ])('%s', (markdown, expected) => {
    expect(html(markdown)).toBe(expected);
  });
});

describe('addresses in the text', () => {
  const link = (href: string, text = href): string => `<a href="${href}">${text}</a>`;

  it.each([
    ['https://a.example/b?c=d#e', link('https://a.example/b?c=d#e')],
    ['www.a.example/b', link('http://www.a.example/b', 'www.a.example/b')],
    ['see https://a.example.', `see ${link('https://a.example')}.`],
    ['(https://a.example/b)', `(${link('https://a.example/b')})`],
    ['https://a.example/b_(c)', link('https://a.example/b_(c)')],
    ['https://a.example/b&amp;', `${link('https://a.example/b')}&amp;`],
    ['**https://a.example**', `<strong>${link('https://a.example')}</strong>`],
    ['https://a.example/__b__/c', link('https://a.example/__b__/c')],
    ['https://a.example/b_', `${link('https://a.example/b')}_`],
    ['https://a.example<b', `${link('https://a.example')}&lt;b`],
    ['a.b+c@d.example', link('mailto:a.b+c@d.example', 'a.b+c@d.example')],
    ['a@b.example.', `${link('mailto:a@b.example', 'a@b.example')}.`],
    ['[https://a.example](https://b.example)', link('https://b.example', 'https://a.example')],
    ['[see https://a.example]', `[see ${link('https://a.example')}]`],
    ['`https://a.example`', '<code>https://a.example</code>'],
    ['http://localhost:8080/a', link('http://localhost:8080/a')],
    ['xhttps://a.example', 'xhttps://a.example'],
    ['awww.b.example', 'awww.b.example'],
    ['www.', 'www.'],
    ['http://a_b.example_c', 'http://a_b.example_c'],
    ['a@b', 'a@b'],
    ['a@b.example-', 'a@b.example-'],
    ['ftp://a.example', 'ftp://a.example'],
  ])('%s', (markdown, expected) => {
    expect(html(markdown)).toBe(`<p>${expected}</p>`);
  });
});

describe('entities', () => {
  it.each([
    ['&nbsp;&mdash;&rarr;&hellip;', '\u00a0\u2014\u2192\u2026'],
    ['&#35;&#x1F600;&#0;&#xD800;', '#\u{1f600}\ufffd\ufffd'],
    ['&vert;&ast;&lowbar;', '|*_'],
    ['&nosuchname; &amp', '&amp;nosuchname; &amp;amp'],
  ])('%s', (markdown, expected) => {
    expect(html(markdown)).toBe(`<p>${expected}</p>`);
  });
});

describe('a list', () => {
  it('is tight where an item has definitions of several lines and nothing else', () => {
    expect(toHtml(parseMarkdown('- [x]: /u\n  [y]: /v\n- b'))).toContain('<li>b</li>');
  });
});
