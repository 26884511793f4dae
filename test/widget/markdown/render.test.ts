import specification from 'commonmark-spec';
import { describe, expect, it } from 'vitest';
import { parseMarkdown } from '../../../widget/markdown/parse.ts';
import { Renderer } from '../../../widget/markdown/render.ts';
import type { ElementShape, Shape } from '../../../widget/markdown/shape.ts';
import { eachSeed } from '../../support/seeded-random.ts';
import { randomMarkdown } from './seeded-markdown.ts';

const LABELS = { copyCode: 'Copy', taskDone: 'Done', taskOpen: 'To do', table: 'Table', code: 'Code' };

/** Attributes whose values are the same whatever the text is, and those that the text chooses from a few. */
const VALUES: Readonly<Record<string, RegExp>> = {
  class: /^(?:code|code-head|code-language|copy|table|table long|w[0-4]|task|html|group)$/,
  part: /^(?:code-block|copy-button|table)$/,
  rel: /^noopener noreferrer nofollow$/,
  target: /^_blank$/,
  referrerpolicy: /^no-referrer$/,
  href: /^(?:https?:\/\/|mailto:)/,
  title: /^/,
  start: /^\d{1,9}$/,
  align: /^(?:left|center|right)$/,
  type: /^(?:button|checkbox)$/,
  disabled: /^$/,
  checked: /^$/,
  role: /^(?:group|list|none)$/,
  tabindex: /^0$/,
  'aria-label': /^(?:Done|To do|Table|Code)$/,
  dir: /^(?:ltr|auto)$/,
};

function childrenOf({ children }: ElementShape): Shape[] {
  return children.map((child) => (typeof child === 'object' && 'draw' in child ? child.draw() : child));
}

function render(markdown: string): ElementShape {
  return { tag: 'div', attributes: {}, children: new Renderer(LABELS).render(parseMarkdown(markdown)) };
}

function elements(root: ElementShape): ElementShape[] {
  return childrenOf(root).flatMap((child) => (typeof child === 'string' ? [] : [child, ...elements(child)]));
}

function textOf(shape: Shape): string {
  return typeof shape === 'string' ? shape : childrenOf(shape).map(textOf).join('');
}

function anchors(markdown: string): { text: string; attributes: ElementShape['attributes'] }[] {
  const found = elements(render(markdown)).filter(({ tag }) => tag === 'a');
  return found.map((anchor) => ({ text: textOf(anchor), attributes: anchor.attributes }));
}

function violations(root: ElementShape): string[] {
  return elements(root).flatMap(({ tag, attributes }) => {
    const wrong = Object.entries(attributes).filter(([name, value]) => VALUES[name]?.test(value) !== true);
    const isBare =
      tag === 'a' &&
      !['href', 'title', 'rel', 'target', 'referrerpolicy', 'dir'].every((name) => name in attributes);
    return [...wrong.map(([name, value]) => `${tag} ${name}=${value}`), ...(isBare ? [`bare ${tag}`] : [])];
  });
}

describe('links', () => {
  it('[X3, X5] open apart, tell nobody where from, and name their real host', () => {
    expect(anchors('[bank](https://evil.example/a)')).toEqual([
      {
        text: 'bank',
        attributes: {
          href: 'https://evil.example/a',
          title: 'evil.example',
          target: '_blank',
          rel: 'noopener noreferrer nofollow',
          referrerpolicy: 'no-referrer',
          dir: 'auto',
        },
      },
    ]);
  });

  it.each([
    '[a](javascript:b)',
    '[a](/b)',
    '[a](#b)',
    '<x:y>',
    '![a](data:b)',
    '[a]: javascript:b\n\n[a]',
    '[a](\u0001javascript:b)',
  ])('[X3] are text when they go nowhere safe: %j', (markdown) => {
    expect(anchors(markdown)).toEqual([]);
    expect(textOf(render(markdown))).toMatch(/a|x:y/);
  });

  it('[X5] show a host in punycode', () => {
    expect(anchors('[a](https://аpple.example)')[0]?.attributes.title).toBe('xn--pple-43d.example');
  });

  it('[X5] hide no characters in their text', () => {
    expect(anchors('[a\u202eb **c\u200b** `d\u2066`](https://e.example)')[0]?.text).toBe('ab c d');
  });

  it('[X5] always show something to click on', () => {
    expect(anchors('[](https://a.example) [\u200b](https://b.example)').map(({ text }) => text)).toEqual([
      'a.example',
      'b.example',
    ]);
  });

  it.each([
    ['[bank.com](https://evil.example)', 'bank.com (evil.example)'],
    ['[**bank**.com](https://evil.example)', 'bank.com (evil.example)'],
    ['[`bank.com`](https://evil.example)', 'bank.com (evil.example)'],
    ['![bank.com](https://evil.example/a.png)', 'bank.com (evil.example)'],
    ['https://bank.com@evil.example', 'https://bank.com@evil.example (evil.example)'],
    ['[a](https://bank.com@evil.example)', 'a'],
    ['https://good.example/bank.com', 'https://good.example/bank.com'],
  ])('[X5] name their host in the open where their text names another: %s', (markdown, text) => {
    expect(anchors(markdown).map((anchor) => anchor.text)).toEqual([text]);
  });

  it.each([
    ['bank.[com](https://evil.example)', 'bank.com (evil.example)'],
    ['[bank](https://evil.example).com', 'bank (evil.example).com'],
    ['**bank.**[com](https://evil.example)', 'bank.com (evil.example)'],
    ['[bank](https://evil.example)*.c*om', 'bank (evil.example).com'],
    ['[bank](https://evil.example)[.com](https://evil.example/)', 'bank (evil.example).com (evil.example)'],
    ['![bank](https://evil.example)![.com](https://evil.example/)', 'bank (evil.example).com (evil.example)'],
    ['bank\u200b\uff0e[c](https://evil.example)`om`', 'bank\u200b\uff0ec (evil.example)om'],
    ['[a](/b).[a](javascript:c)b.[com](https://evil.example)', 'a.ab.com (evil.example)'],
    ['bank. [com](https://evil.example)', 'bank. com'],
    ['bank.\\\n[com](https://evil.example)', 'bank.com'],
    ['See bank.com, [their page](https://evil.example).', 'See bank.com, their page.'],
    ['(https://good.example)…', '(https://good.example)…'],
    ['bank.[good.example](https://good.example).com', 'bank.good.example.com'],
  ])('[X5] are read with what they touch, as they are seen: %s', (markdown, text) => {
    expect(textOf(render(markdown))).toBe(text);
  });

  it('never hold each other', () => {
    const shape = render('[a ![b](https://c.example) <https://d.example> e](https://f.example)');
    expect(anchors('[a ![b](https://c.example) <https://d.example> e](https://f.example)')).toHaveLength(1);
    expect(textOf(shape)).toBe('a b https://d.example e (f.example)');
  });

  it('[X4] stand for images, which are not loaded', () => {
    expect(anchors('![a](https://b.example/c.png)')).toMatchObject([
      { text: 'a', attributes: { href: 'https://b.example/c.png' } },
    ]);
    expect(anchors('![](https://b.example/c.png)')).toMatchObject([{ text: 'b.example' }]);
  });
});

describe('everything else', () => {
  it('shows raw HTML as it was written', () => {
    const markdown = '<div onclick="a()">\n<b>c</b>\n</div>\n\nd <img src=x onerror=e()> f';
    expect(textOf(render(markdown))).toBe(markdown.replace('\n\n', ''));
  });

  it('names a language only where it looks like one', () => {
    const label = (info: string): string => textOf(render(`\`\`\`${info}\na\n\`\`\``)).replace(/Copya$/, '');
    expect(['ts', 'c++', 'objective-c', '"><b>', 'x'.repeat(40)].map(label)).toEqual([
      'ts',
      'c++',
      'objective-c',
      '',
      '',
    ]);
  });

  it('[X2] has only elements and attributes of the list, for every example of CommonMark and thousands of random texts', async () => {
    for (const { markdown } of specification.tests) expect(violations(render(markdown))).toEqual([]);
    await eachSeed(500, (random) => {
      expect(violations(render(randomMarkdown(random, 40)))).toEqual([]);
    });
  });
});
