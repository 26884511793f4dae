import specification from 'commonmark-spec';
import { describe, expect, it } from 'vitest';
import { parseMarkdown } from '../../../widget/markdown/parse.ts';
import { toHtml } from './to-html.ts';

/** GFM makes links of bare addresses, CommonMark does not: these four say so, and we follow GFM. */
const OVERRULED_BY_GFM = [602, 608, 611, 612];

/** The suite writes tabs as arrows. */
const examples = specification.tests.map(({ number, section, markdown, html }) => ({
  number,
  section,
  markdown: markdown.replaceAll('→', '\t'),
  html: html.replaceAll('→', '\t').trim(),
}));

describe('CommonMark 0.31.2', () => {
  it('passes every example that GFM does not overrule', () => {
    const failed = examples.filter(({ markdown, html }) => toHtml(parseMarkdown(markdown)).trim() !== html);
    expect(examples).toHaveLength(652);
    expect(failed.map(({ number }) => number)).toEqual(OVERRULED_BY_GFM);
  });

  it('has no tag of the text left once raw HTML is written as text', () => {
    const ours = /<(?!\/?(?:p|h[1-6]|ul|ol|li|blockquote|pre|code|em|strong|a|img|hr|br)\b)/;
    const withTags = examples.filter(({ markdown }) =>
      ours.test(toHtml(parseMarkdown(markdown), { escapeRawHtml: true })),
    );
    expect(withTags.map(({ number }) => number)).toEqual([]);
  });
});
