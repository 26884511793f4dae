import { describe, expect, it } from 'vitest';
import { MarkdownDocument } from '../../../widget/markdown/document.ts';
import { parseMarkdown } from '../../../widget/markdown/parse.ts';
import type { Block, List, Table } from '../../../widget/markdown/tree.ts';
import { eachSeed } from '../../support/seeded-random.ts';
import { randomMarkdown, randomPrefixes } from './seeded-markdown.ts';
import { toHtml } from './to-html.ts';

function blocksOf(document: MarkdownDocument, text: string): readonly Block[] {
  return [...document.update(text)];
}

function only<Type extends Block['type']>(
  blocks: readonly Block[],
  type: Type,
): Extract<Block, { type: Type }> {
  const found = blocks.find((block): block is Extract<Block, { type: Type }> => block.type === type);
  if (found === undefined) throw new Error(`no ${type}`);
  return found;
}

describe('a text that grows', () => {
  it('ends as the same tree, however it was cut', async () => {
    await eachSeed(400, (random) => {
      const text = randomMarkdown(random, 5 + random.below(60));
      const document = new MarkdownDocument();
      for (const prefix of randomPrefixes(random, text)) document.update(prefix);
      expect([...document.finish(text)]).toEqual([...parseMarkdown(text)]);
    });
  });

  it('shows at any time what it would show if the text had come at once', async () => {
    await eachSeed(100, (random) => {
      const text = randomMarkdown(random, 5 + random.below(40));
      const document = new MarkdownDocument();
      for (const prefix of randomPrefixes(random, text)) {
        expect(toHtml(document.update(prefix))).toBe(toHtml(new MarkdownDocument().update(prefix)));
      }
    });
  });

  it('is parsed anew when it does not continue', () => {
    const document = new MarkdownDocument();
    document.update('# a\n\n[b]: https://b.example\n\n[b]');
    expect(toHtml(document.update('c [b]'))).toBe('<p>c b</p>\n');
    expect(toHtml(document.finish('c [b]'))).toBe('<p>c [b]</p>\n');
  });

  it('can go on after it was finished', () => {
    const document = new MarkdownDocument();
    document.finish('a **b');
    expect(toHtml(document.finish('a **b** c'))).toBe('<p>a <strong>b</strong> c</p>\n');
  });

  it('may end its lines in any way, even when a line end comes in two parts', () => {
    const document = new MarkdownDocument();
    for (const text of ['a\r', 'a\r\n', 'a\r\n\r', 'a\r\n\r\nb\r', 'a\r\n\r\nb\rc']) document.update(text);
    expect(toHtml(document.finish('a\r\n\r\nb\rc'))).toBe('<p>a</p>\n<p>b\nc</p>\n');
  });
});

describe('what is finished', () => {
  it('comes back as the same objects: blocks', () => {
    const document = new MarkdownDocument();
    const [heading, paragraph] = blocksOf(document, '# a\n\nb **c**\n\n- d');
    const later = blocksOf(document, '# a\n\nb **c**\n\n- d\n- e\n\nf');
    expect(later[0]).toBe(heading);
    expect(later[1]).toBe(paragraph);
  });

  it('comes back as the same objects: items of an open list', () => {
    const document = new MarkdownDocument();
    const before: List = only(blocksOf(document, '- a\n- b\n- c\n- d'), 'list');
    const after: List = only(blocksOf(document, '- a\n- b\n- c\n- d\n- e'), 'list');
    expect([...after.children][0]).toBe([...before.children][0]);
    expect([...after.children][1]).toBe([...before.children][1]);
  });

  it('comes back as the same objects: rows of an open table', () => {
    const document = new MarkdownDocument();
    const before: Table = only(blocksOf(document, '|a|\n|-|\n|b|\n|c'), 'table');
    const after: Table = only(blocksOf(document, '|a|\n|-|\n|b|\n|c|\n|d'), 'table');
    expect([...after.children][0]).toBe([...before.children][0]);
    expect(after.head).toBe(before.head);
  });

  it('comes back in the same chunks, so that a long list costs what its end costs', () => {
    const document = new MarkdownDocument();
    const text = Array.from({ length: 200 }, (_, index) => `- item ${index}\n`).join('');
    const before: List = only(blocksOf(document, text), 'list');
    const after: List = only(blocksOf(document, `${text}- more`), 'list');
    expect(before.children.chunks.length).toBeGreaterThan(4);
    before.children.chunks.forEach((chunk, index) => expect(after.children.chunks[index]).toBe(chunk));
  });

  it('changes where a definition comes late, and only there', () => {
    const document = new MarkdownDocument();
    const text = 'a [b]\n\nc [d]\n\n> - e [b]\n\nf\n\n';
    const before = blocksOf(document, text);
    const after = blocksOf(document, `${text}[b]: https://b.example\n\ng`);
    expect(toHtml(after)).toContain('<p>a <a href="https://b.example">b</a></p>');
    expect(toHtml(after)).toContain('<li>e <a href="https://b.example">b</a></li>');
    expect(after[0]).not.toBe(before[0]);
    expect(after[1]).toBe(before[1]);
    expect(after[3]).toBe(before[3]);
  });
});
