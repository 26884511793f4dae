/** Templates without the white space and comments of their source, and with all that means something. */
import { describe, expect, it } from 'vitest';
import { tightCss, tightHtml } from '../../../widget/build/white-space.ts';

const css = (...strings: readonly string[]): readonly string[] => tightCss(strings);
const html = (...strings: readonly string[]): readonly string[] => tightHtml(strings);

describe('a style sheet', () => {
  it.each([
    ['lays nothing out', '\n  .a,\n  .b {\n    color: red;\n    top: 0;\n  }\n', '.a,.b{color:red;top:0}'],
    ['has no comments', '/* a */ .a { /* ; */ top: 0; /* b */ }', '.a{top:0}'],
    ['keeps what a comment parts', '.a/* */.b {} @media/* */print {}', '.a/**/.b{}@media/**/print{}'],
    ['keeps strings', `a { content: ' ;  /* } "'; }`, `a{content:' ;  /* } "'}`],
    ['keeps addresses', 'a { background: url(a,  b) }', 'a{background:url(a,  b)}'],
    ['keeps what descends', '.a :is(.b, .c) > .d + .e .f::before {}', '.a :is(.b,.c)>.d + .e .f::before{}'],
    ['keeps sums', 'a { top: calc( 1px + (2px - 3px) * 4 ) }', 'a{top:calc(1px + (2px - 3px) * 4)}'],
    [
      'keeps conditions',
      '@container c (inline-size >= 6px) and (hover: none) { a { top: 0 !important } }',
      '@container c (inline-size >= 6px) and (hover:none){a{top:0!important}}',
    ],
    ['keeps the parts of a value', '--a: 0 1px  rgb(0 0 0 / 5%), b;', '--a:0 1px rgb(0 0 0 / 5%),b;'],
  ])('%s', (_what, source, tight) => {
    expect(css(source).join('').trim()).toBe(tight);
  });

  it('keeps a space beside an expression, and ends what comes before it', () => {
    expect(css('.a {\n  ', '\n  top: calc(', ' * 2);\n  ', '\n}')).toEqual([
      '.a{',
      ' top:calc(',
      ' * 2);',
      '}',
    ]);
  });
});

describe('a template', () => {
  it.each([
    ['has a space where lines were broken', '\n <p>\n  a\n  <b>b</b>  c\n </p>', ' <p> a <b>b</b>  c </p>'],
    ['has attributes on one line', '<a\n  b="c"\n  ?d=e\n>', '<a b="c" ?d=e>'],
    ['keeps the values of attributes', '<a b="c  \n  d" e=\'  f>\'  >', '<a b="c  \n  d" e=\'  f>\'>'],
    ['keeps text that is written out', '<pre>\n a\n</pre>\n<i>', '<pre>\n a\n</pre> <i>'],
    ['keeps the text of a field', '<textarea\n a>\n b\n</textarea>\n', '<textarea a>\n b\n</textarea> '],
    ['keeps comments', '<!-- a\n > -->\n<i>', '<!-- a\n > --> <i>'],
    ['keeps text like a tag', 'a <\n b &lt;c> 1 > 0', 'a < b &lt;c> 1 > 0'],
  ])('%s', (_what, source, tight) => {
    expect(html(source)).toEqual([tight]);
  });

  it('keeps its expressions apart, and the slash out of their values', () => {
    expect(html('<i a=', '\n  b="', ' c', '"\n  />\n  ', '\n</i\n><b c=', ' />')).toEqual([
      '<i a=',
      ' b="',
      ' c',
      '"/> ',
      ' </i><b c=',
      ' />',
    ]);
  });
});
