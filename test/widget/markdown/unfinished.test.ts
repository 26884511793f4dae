/** What a reader sees while the text is still coming: no marks that are about to become something else. */
import specification from 'commonmark-spec';
import { describe, expect, it } from 'vitest';
import { MarkdownDocument } from '../../../widget/markdown/document.ts';
import { parseMarkdown } from '../../../widget/markdown/parse.ts';
import { PAYLOADS } from '../../rendering/payloads.ts';
import { toHtml } from './to-html.ts';

function show(text: string): string {
  return toHtml(new MarkdownDocument().update(text)).trim().replace(/\n+/g, '');
}

/** Every state from the first character to the last. */
function states(text: string): string[] {
  return Array.from({ length: text.length }, (_, index) => show(text.slice(0, index + 1)));
}

/** Of links and of pictures, which are shown as links. */
function hrefsOf(html: string): ReadonlySet<string> {
  return new Set([...html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, href = '']) => href));
}

function textOf(html: string): string {
  return html.replace(/<[^>]*>/g, '');
}

describe('at the end of an unfinished text', () => {
  it.each([
    ['bold', 'a **b', '<p>a <strong>b</strong></p>'],
    ['bold, half closed', 'a **b c*', '<p>a <strong>b c</strong></p>'],
    ['bold over a line end', 'a **b\nc', '<p>a <strong>bc</strong></p>'],
    ['bold in italics', '*a **b', '<p><em>a <strong>b</strong></em></p>'],
    ['both at once', '***a', '<p><em><strong>a</strong></em></p>'],
    ['a mark without text', 'a **', '<p>a </p>'],
    ['underscores', '_a', '<p><em>a</em></p>'],
    ['struck out', '~~a', '<p><del>a</del></p>'],
    ['a tilde that means "about"', '~5 minutes', '<p>~5 minutes</p>'],
    ['a product', '2*3 is', '<p>2*3 is</p>'],
    ['a star between spaces', 'a * b', '<p>a * b</p>'],
    ['a name with underscores', 'snake_case_na', '<p>snake_case_na</p>'],
    ['code', 'a `b *c', '<p>a <code>b *c</code></p>'],
    ['code in two backticks', '``a ` b', '<p><code>a ` b</code></p>'],
    ['an entity', 'a &am', '<p>a </p>'],
    ['a backslash', 'a \\', '<p>a </p>'],
    ['bold in a heading', '# a **b', '<h1>a <strong>b</strong></h1>'],
    ['bold in an item', '- a **b', '<ul><li>a <strong>b</strong></li></ul>'],
    ['the text of a link', 'a [b c', '<p>a b c</p>'],
    ['the address of a link', 'a [b](https://c.example/d', '<p>a b</p>'],
    ['the title of a link', 'a [b](https://c.example "d e', '<p>a b</p>'],
    ['a closed link', 'a [b](https://c.example)', '<p>a <a href="https://c.example">b</a></p>'],
    ['the label of a link', 'a [b][c', '<p>a b</p>'],
    ['brackets that are no link', 'a [b] c', '<p>a [b] c</p>'],
    ['parentheses that are no address', 'a [b](c d e', '<p>a [b](c d e</p>'],
    ['a picture', 'a ![b](https://c.example', '<p>a b</p>'],
    ['an address', 'see https://a.exam', '<p>see https://a.exam</p>'],
    ['an address in angle brackets', 'see <https://a.exam', '<p>see https://a.exam</p>'],
    ['a mail address', 'write to a@b.exam', '<p>write to a@b.exam</p>'],
  ])('%s', (_name, text, html) => {
    expect(show(text)).toBe(html);
  });
});

describe('a last line that may still become anything', () => {
  it.each([
    ['a marker', 'a\n\n-', '<p>a</p>'],
    ['an underline', 'a\n--', '<p>a</p>'],
    ['a number', 'a\n\n12', '<p>a</p>'],
    ['the box of a task', '- a\n- [x', '<ul><li>a</li></ul>'],
    ['a fence and half a language', 'a\n\n```ty', '<p>a</p>'],
    ['the end of a fence', '```\na\n``', '<pre><code>a</code></pre>'],
    ['a rule in code', '```\na\n--', '<pre><code>a--</code></pre>'],
    ['a definition', 'a\n\n[b]: https://c', '<p>a</p>'],
    ['the head of a table', 'a\n\n| b | c |', '<p>a</p>'],
    ['a complete head', 'a\n\n| b | c |\n', '<p>a</p>'],
    ['half a delimiter row', 'a\n\n| b | c |\n|--', '<p>a</p>'],
    ['what was no head', 'a\n\n| b | c |\nd', '<p>a</p><p>| b | c |d</p>'],
  ])('%s', (_name, text, html) => {
    expect(show(text)).toBe(html);
  });

  it('is shown when the text ends there after all', () => {
    const document = new MarkdownDocument();
    document.update('The answer is\n\n42');
    expect(toHtml(document.finish('The answer is\n\n42'))).toBe('<p>The answer is</p>\n<p>42</p>\n');
  });
});

describe('from the first character to the last', () => {
  it('never shows a mark as text', () => {
    const text =
      '## A **b** c\n\nSome *em*, __strong__, ~~gone~~, `code` and ***both***.\n\n' +
      '1. one **two**\n2. [three](https://d.example/e_f "g")\n   - [x] four\n\n' +
      '| h | i |\n|:--|---|\n| **j** | `k` |\n\n> quoted _l_\n\n---\n\n```ts\nlet m;\n```\n\nend ![n](https://o.example)';
    for (const state of states(text))
      expect(textOf(state.replaceAll('\n', ' '))).not.toMatch(/[*_~`|[\]#]|--|\(http/);
  });

  it('[X3] makes one address of a link clickable, not every prefix of it', () => {
    const text = 'a [b](https://c.example/d?e=f) <https://g.example/h> https://i.example/j and';
    const hrefs = new Set(
      states(text).flatMap((state) => [...state.matchAll(/href="([^"]*)"/g)].map((match) => match[1])),
    );
    expect([...hrefs]).toEqual(['https://c.example/d?e=f', 'https://g.example/h', 'https://i.example/j']);
  });

  it.each([
    ['a mail address that goes on', 'to a@b.co.uk or', ['mailto:a@b.co.uk']],
    [
      'an address as the text of a link',
      '[https://a.example/b c](https://d.example "e")',
      ['https://d.example'],
    ],
    ['words around an address', '[see https://a.example/b and](https://d.example)', ['https://d.example']],
    [
      'a picture in a link',
      '[![a](https://b.example/c)](https://d.example)',
      ['https://d.example', 'https://b.example/c'],
    ],
    ['a link in a picture', '![a [b](https://c.example) d](https://e.example)', ['https://e.example']],
    [
      'a label that an address follows',
      '[a]: https://b.example\n\n[a](https://c.example)',
      ['https://c.example'],
    ],
    [
      'a label that another follows',
      '[a]: https://b.example\n[c]: https://d.example\n\n[a][c]',
      ['https://d.example'],
    ],
    ['an address in angles', '[a](<https://b.example/c d>)', ['https://b.example/c%20d']],
    ['a title with quotes', '[a](https://b.example "c \\" d")', ['https://b.example']],
  ])('[X3] lets nothing lead anywhere before it is known where: %s', (_name, text, addresses) => {
    expect([...hrefsOf(states(text).join(''))]).toEqual(addresses);
  });

  it('[X3] shows no address as a link that is none in the end', () => {
    const texts = [...PAYLOADS, ...specification.tests.map(({ markdown }) => markdown)];
    for (const text of texts.filter(({ length }) => length < 1_000)) {
      const final = hrefsOf(toHtml(parseMarkdown(text)));
      const document = new MarkdownDocument();
      for (let end = 1; end <= text.length; end += 1) {
        const passing = [...hrefsOf(toHtml(document.update(text.slice(0, end))))].filter(
          (href) => !final.has(href),
        );
        expect(passing, text.slice(0, end)).toEqual([]);
      }
    }
  });
});
