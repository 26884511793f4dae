import { describe, expect, it } from 'vitest';
import { MarkdownDocument } from '../../../widget/markdown/document.ts';
import { parseMarkdown } from '../../../widget/markdown/parse.ts';
import { spokenLines } from '../../../widget/markdown/spoken-text.ts';

const LABELS = { code: 'Code block', taskDone: 'Done', taskOpen: 'To do' };
const said = (text: string): string[] => spokenLines(parseMarkdown(text), LABELS);

describe('spokenLines', () => {
  it.each([
    ['marks', '**Bold** and *not* and ~~gone~~', ['Bold and not and gone']],
    ['links', 'See [the page](https://a.test/x) now', ['See the page now']],
    ['images', 'A ![cat](https://a.test/cat.png)', ['A cat']],
    ['code in a sentence', 'Use `npm start`', ['Use npm start']],
    ['headings', '# One\n\nTwo', ['One', 'Two']],
    ['line breaks', 'One\ntwo  \nthree', ['One two three']],
    ['quotes', '> One\n>\n> Two', ['One', 'Two']],
    ['lists', '- One\n- Two\n  1. Three', ['One', 'Two', 'Three']],
    ['tasks', '- [x] One\n- [ ] Two', ['Done: One', 'To do: Two']],
    ['tables', '| a | b |\n|---|---|\n| 1 | 2 |', ['a, b', '1, 2']],
    ['rules', 'One\n\n---\n\nTwo', ['One', 'Two']],
    ['raw HTML, as it is shown', '<b>One</b>', ['<b>One</b>']],
  ])('says %s without their markup', (_, text, lines) => {
    expect(said(text)).toEqual(lines);
  });

  it('names a block of code and does not read it', () => {
    expect(said('Like so:\n\n```js\nlet secret = 1;\n```\n\nDone')).toEqual([
      'Like so:',
      'Code block.',
      'Done',
    ]);
  });

  it('tells that a block of code at the end cannot change any more', () => {
    const growing = new MarkdownDocument();
    expect(spokenLines(growing.update('```js\nlet a'), LABELS)).toEqual(['Code block.', '']);
  });
});
