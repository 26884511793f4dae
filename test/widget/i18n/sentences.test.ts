import { afterEach, describe, expect, it, vi } from 'vitest';
import { sentencesOf } from '../../../widget/i18n/sentences.ts';

afterEach(() => void vi.unstubAllGlobals());

describe.each(['a segmenter', 'no segmenter'])('sentencesOf, with %s', (engine) => {
  const sentences = (line: string, locale = 'en'): readonly string[] => {
    if (engine === 'no segmenter') {
      vi.stubGlobal('Intl', { DateTimeFormat: Intl.DateTimeFormat });
    }
    return sentencesOf(line, locale);
  };

  it.each([
    ['One. Two! Three', ['One. ', 'Two! ', 'Three']],
    ['It is 3.5 metres. Long', ['It is 3.5 metres. ', 'Long']],
    ['He said “no.” Then', ['He said “no.” ', 'Then']],
    ['See a.b.c and', ['See a.b.c and']],
    ['终于。然后', ['终于。', '然后']],
    ['One. ', ['One. ']],
    ['', []],
  ])('finds in %j %j', (line, expected) => {
    expect(sentences(line)).toEqual(expected);
  });

  it('loses nothing of a line', () => {
    const line = 'Why? Because… of “this.” (And that.) Yes!! 1. Two; e.g. three';
    expect(sentences(line).join('')).toBe(line);
  });
});
