/**
 * Which language to speak. Resolved at every render rather than once: pages change language without reloading, and
 * elements are made before they are put where their language is declared.
 */
import { nearest } from '../nearest.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { ptBr } from './pt-br.ts';
import type { Translation } from './translation.ts';

const TRANSLATIONS: readonly Translation[] = [en, es, ptBr];

/** Scripts and languages; none of the one is also the name of the other. */
const RIGHT_TO_LEFT: ReadonlySet<string> = new Set(
  'arab hebr thaa nkoo syrc adlm rohg ar arc ckb dv fa he iw ks nqo ps sd syr ug ur yi'.split(' '),
);

/** Pages also write `es_MX`, as file names do. */
const tagOf = (locale: string): string => locale.trim().replaceAll('_', '-');

const languageOf = (locale: string): string => tagOf(locale).toLowerCase().split('-', 1)[0] ?? '';

/**
 * The exact variant, else the language as such, else another variant of it, else English. What the page brought along
 * comes before ours, but for another variant than the one that is wanted.
 */
export function translationFor(locale: string, ofPage: readonly Translation[] = []): Translation {
  const wanted = tagOf(locale).toLowerCase();
  const language = languageOf(wanted);
  const of = (tag: string) => (one: Translation) => one.locale.toLowerCase() === tag;
  return (
    ofPage.find(of(wanted)) ??
    ofPage.find(of(language)) ??
    TRANSLATIONS.find(of(wanted)) ??
    [...ofPage, ...TRANSLATIONS].find((one) => languageOf(one.locale) === language) ??
    en
  );
}

/**
 * The tag for `Intl`: the reader's own variant where the words are in that language (Spanish words with Mexican
 * times), else that of the words, so that one sentence is never half in one language and half in another.
 */
export function formattingLocale(locale: string, translation: Translation): string {
  if (languageOf(locale) !== languageOf(translation.locale)) return translation.locale;
  return formattingTag(locale) ?? translation.locale;
}

/** Undefined for "en-US@posix", and whatever else is found in `lang`. */
export function formattingTag(locale: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(tagOf(locale))[0];
  } catch {
    return undefined;
  }
}

/** Written from right to left, by the script where the tag names one. */
export function directionOf(locale: string): 'ltr' | 'rtl' {
  const [language = '', ...rest] = tagOf(locale).toLowerCase().split('-');
  const script = rest.find((part) => part.length === 4 && part >= 'a');
  return RIGHT_TO_LEFT.has(script ?? language) ? 'rtl' : 'ltr';
}

/** `attribute` from the nearest ancestor that has it, also outside of the shadow root. */
export function inheritedAttribute(element: Element, attribute: string): string | undefined {
  return nearest(element, `[${attribute}]`)?.getAttribute(attribute) ?? undefined;
}

/** `attribute`: also set by script, to anything. */
export function localeOf(element: Element, attribute: unknown): string {
  for (const declared of [attribute, inheritedAttribute(element, 'lang'), navigator.language])
    if (typeof declared === 'string' && declared.trim() !== '') return declared;
  return en.locale;
}
