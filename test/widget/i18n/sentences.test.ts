import { describe, expect, it } from 'vitest';
import { sentencesOf } from '../../../widget/i18n/sentences.ts';

describe('sentencesOf', () => {
  it.each([
    ['One. Two! Three', ['One. ', 'Two! ', 'Three']],
    ['It is 3.5 metres. Long', ['It is 3.5 metres. ', 'Long']],
    ['He said “no.” Then', ['He said “no.” ', 'Then']],
    ['See a.b.c and', ['See a.b.c and']],
    ['See e.g.  the docs. Then', ['See e.g.  the docs. ', 'Then']],
    ['终于。然后', ['终于。', '然后']],
    ['क्या हुआ? यह है। फिर', ['क्या हुआ? ', 'यह है। ', 'फिर']],
    ['ماذا؟ نعم', ['ماذا؟ ', 'نعم']],
    ['Drink e.g. tea. Then', ['Drink e.g. tea. ', 'Then']],
    ['One. ', ['One. ']],
    ['', []],
  ])('finds in %j %j', (line, expected) => {
    expect(sentencesOf(line)).toEqual(expected);
  });

  it('loses nothing of a line', () => {
    const line = 'Why? Because… of “this.” (And that.) Yes!! 1. Two; e.g. three';
    expect(sentencesOf(line).join('')).toBe(line);
  });
});
