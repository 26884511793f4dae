import { describe, expect, it } from 'vitest';
import { en } from '../../../widget/i18n/en.ts';
import { es } from '../../../widget/i18n/es.ts';
import { directionOf, translationFor } from '../../../widget/i18n/locale.ts';
import { ptBr } from '../../../widget/i18n/pt-br.ts';
import type { Translation } from '../../../widget/i18n/translation.ts';
import { readTranslations } from '../../../widget/i18n/translations.ts';

function read(value: unknown): { readonly all: readonly Translation[]; readonly refused: readonly string[] } {
  const refused: string[] = [];
  return { all: readTranslations(value, (path) => refused.push(path)), refused };
}

function only(value: unknown): Translation {
  const [translation] = read(value).all;
  if (translation === undefined) throw new Error('nothing was read');
  return translation;
}

describe('readTranslations', () => {
  it('takes a language of the page’s own, with English for what is missing', () => {
    const he = only({ he: { send: 'שלח', errors: { busy: 'רגע' } } });

    expect(he).toEqual({ ...en, locale: 'he', send: 'שלח', errors: { ...en.errors, busy: 'רגע' } });
    expect(en.errors.busy).not.toBe('רגע');
  });

  it('takes other words for one of ours, and ours for the rest', () => {
    expect(only({ es: { send: 'Mandar' } })).toEqual({ ...es, send: 'Mandar' });
    expect(only({ pt_PT: { send: 'Enviar já' } })).toEqual({ ...ptBr, locale: 'pt-PT', send: 'Enviar já' });
  });

  it('takes a function where ours is one', () => {
    const fr = only({ fr: { yourTurn: (time: string) => `Votre message, ${time}` } });
    expect(fr.yourTurn('9:05')).toBe('Votre message, 9:05');
  });

  it('says ours where theirs throws or says nothing', () => {
    const fr = only({
      fr: {
        yourTurn: () => {
          throw new Error('theirs');
        },
        assistantTurn: () => 7,
      },
    });

    expect(fr.yourTurn('9:05')).toBe(en.yourTurn('9:05'));
    expect(fr.assistantTurn('9:05')).toBe(en.assistantTurn('9:05'));
  });

  it('names what is of another type, and passes over what no version knows', () => {
    const { all, refused } = read({
      fr: {
        send: 7,
        yourTurn: 'text',
        stop: () => 'x',
        errors: { busy: null, newer: 'x' },
        newer: 1,
        locale: 'de',
      },
      'not a tag': {},
      de: null,
    });

    expect(refused).toEqual(['fr.send', 'fr.yourTurn', 'fr.stop', 'fr.errors.busy', 'not a tag', 'de']);
    expect(all).toEqual([{ ...en, locale: 'fr' }]);
  });

  it.each([undefined, null, 7, 'text', []])('is nothing for %j', (value) => {
    expect(read(value)).toEqual({ all: [], refused: [] });
  });
});

describe('translationFor, with the page’s own', () => {
  const { all } = read({ es: { send: 'Mandar' }, 'pt-PT': {}, ar: {} });

  it.each([
    ['es', 'Mandar', 'es'],
    ['es-MX', 'Mandar', 'es'],
    ['ar-EG', en.send, 'ar'],
    ['pt-PT', ptBr.send, 'pt-PT'],
    ['pt-BR', ptBr.send, 'pt-BR'],
    ['fr', en.send, 'en'],
  ])('finds for %s %j of %s', (locale, send, tag) => {
    const translation = translationFor(locale, all);
    expect([translation.send, translation.locale]).toEqual([send, tag]);
  });
});

describe('directionOf', () => {
  it.each(['ar', 'ar-EG', 'he', 'fa-IR', 'ur', 'pa-Arab-PK', 'pa_Arab_PK', 'uz-arab'])(
    'is from right to left for %s',
    (locale) => {
      expect(directionOf(locale)).toBe('rtl');
    },
  );

  it.each(['en', 'pt-BR', 'ar-Latn', 'az', '', 'arn'])('is from left to right for %j', (locale) => {
    expect(directionOf(locale)).toBe('ltr');
  });
});
