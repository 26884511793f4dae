import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '#protocol';
import { formattingLocale, translationFor } from '../../../widget/i18n/locale.ts';
import { errorSentence, type Translation } from '../../../widget/i18n/translation.ts';

const english = translationFor('en');
const languages = ['en', 'pt-BR', 'es'].map((locale) => translationFor(locale));

describe('translationFor', () => {
  it.each([
    ['pt-BR', 'pt-BR'],
    ['PT-br', 'pt-BR'],
    ['pt', 'pt-BR'],
    ['pt-PT', 'pt-BR'],
    ['es-419', 'es'],
    ['pt_BR', 'pt-BR'],
    ['en-GB', 'en'],
    ['fr', 'en'],
    ['', 'en'],
    ['not a tag', 'en'],
  ])('finds for %j the words of %s', (locale, expected) => {
    expect(translationFor(locale).locale).toBe(expected);
  });
});

describe('formattingLocale', () => {
  it.each([
    ['es-MX', 'es-MX'],
    ['es_MX', 'es-MX'],
    ['fr', 'en'],
    ['en-gb', 'en-GB'],
    ['es-', 'es'],
  ])('formats for %j as %s', (locale, expected) => {
    expect(formattingLocale(locale, translationFor(locale))).toBe(expected);
  });
});

describe('every language', () => {
  const sentences = (translation: Translation): [string, string][] => [
    ...Object.entries(translation).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    ...Object.entries(translation.errors),
  ];

  it.each(languages)('$locale leaves no sentence empty', (translation) => {
    expect(sentences(translation).filter(([, sentence]) => sentence.trim() === '')).toEqual([]);
  });

  it.each(languages.filter((translation) => translation !== english))(
    '$locale leaves no error in English',
    (translation) => {
      const codes = Object.keys(ERROR_CODES) as (keyof typeof ERROR_CODES)[];
      expect(codes.filter((code) => translation.errors[code] === english.errors[code])).toEqual([]);
    },
  );

  it.each(languages)('$locale has a word for one and for many', ({ charactersLeft, stillWorking }) => {
    expect(charactersLeft(1, '1')).not.toBe(charactersLeft(2, '1'));
    expect(stillWorking(12)).toContain('12');
  });

  it.each(languages)('$locale has something to say about an error of a newer relay', (translation) => {
    expect(errorSentence(translation, undefined)).toBe(translation.unknownError);
  });
});
