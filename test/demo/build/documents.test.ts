import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { documentHtml, documentPage, documentPages } from '../../../demo/build/documents.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

const PAGES = new Map([
  ['demo/docs/one.md', 'docs/one.html'],
  ['demo/docs/two.md', 'docs/two.html'],
  ['partykit/protocol/PROTOCOL.md', 'docs/protocol.html'],
]);

describe('a document as a page', () => {
  it('has the names of its headings as GitHub makes them, each once', () => {
    const page = documentPage(
      'demo/docs/one.md',
      '# One\n\n## `AST_URL` & more\n\n## Again\n\n## Again\n',
      PAGES,
    );
    expect(page.title).toBe('One');
    expect(page.sections.map(({ id }) => id)).toEqual(['ast_url--more', 'again', 'again-1']);
    expect(page.html).toContain('<h2 id="ast_url--more">');
  });

  it('leads to pages where there are some, to other sites, and to nothing else', () => {
    const text =
      '[a](two.md#x) [b](../../partykit/protocol/PROTOCOL.md) [c](https://example.com/) [d](../../LICENSE) [e](#here)';
    const { html } = documentPage('demo/docs/one.md', text, PAGES);
    expect(html).toBe(
      '<p><a href="two.html#x">a</a> <a href="protocol.html">b</a> <a href="https://example.com/">c</a> d <a href="#here">e</a></p>',
    );
  });

  it('says in a sentence what it is about', () => {
    const { summary } = documentPage('demo/docs/one.md', '# One\n\nIt *is* [so](two.md). And more.\n', PAGES);
    expect(summary).toBe('It is so.');
  });
});

describe('the documents of the project', () => {
  it('are all pages, and each link of theirs leads to one that has what it names', async () => {
    const pages = await documentPages(ROOT);
    const names = readdirSync(`${ROOT}/demo/docs`).filter((name) => name.endsWith('.md'));
    const paths = pages.map(({ path }) => path);
    for (const name of names) expect(paths).toContain(`docs/${name.replace('.md', '.html')}`);
    const htmls = new Map(pages.map((page) => [page.path, documentHtml(page, pages)]));
    for (const [path, html] of htmls) {
      for (const [, to = ''] of html.matchAll(/<a [^>]*href="([^"]*)"/g)) {
        if (/^https?:/.test(to)) continue;
        const [file = '', anchor] = to.split('#');
        const target = htmls.get(file === '' ? path : `docs/${file}`);
        expect(target, `${path}: ${to}`).toBeDefined();
        if (anchor !== undefined) expect(target, `${path}: ${to}`).toContain(` id="${anchor}"`);
      }
    }
  });
});
