/** What an element speaks where it is: words, times and direction. Read anew at every render, made anew when it changed. */
import { directionOf, formattingLocale, inheritedAttribute, localeOf, translationFor } from './locale.ts';
import { TimeFormat } from './time-format.ts';
import type { Translation } from './translation.ts';
import { readTranslations } from './translations.ts';

export interface Speech {
  readonly translation: Translation;
  readonly time: TimeFormat;
}

export class Language {
  readonly #element: Element;
  #speech: Speech | undefined;
  #ofPage: readonly Translation[] = [];
  #refused = '';

  constructor(element: Element) {
    this.#element = element;
  }

  /** Words that the page brings along, whatever it gave. */
  set translations(value: unknown) {
    const paths: string[] = [];
    this.#ofPage = readTranslations(value, (path) => paths.push(path));
    const refused = paths.join(', ');
    // Frameworks give the same words again at each render.
    if (refused === this.#refused) return;
    this.#refused = refused;
    // eslint-disable-next-line no-console -- for the developer of the page: nothing else would tell them
    if (refused !== '') console.warn(`<ivy-chat> translations of another type are not used: ${refused}`);
  }

  /** The same object while nothing in it changes, so that views which depend on it stay as they are. */
  speech(attribute: string | null): Speech {
    const locale = localeOf(this.#element, attribute ?? undefined);
    const translation = translationFor(locale, this.#ofPage);
    const format = formattingLocale(locale, translation);
    if (this.#speech?.translation !== translation || this.#speech.time.locale !== format) {
      this.#speech = { translation, time: new TimeFormat(format) };
    }
    return this.#speech;
  }

  /**
   * That of the words where they are written from right to left, unless the tag itself says otherwise; else as the page
   * declares it. What its style sheet says may be there for other reasons, and is only asked for `auto`.
   */
  get direction(): 'ltr' | 'rtl' {
    const isOwn = this.#element.hasAttribute('dir');
    if (!isOwn && directionOf(this.#speech?.translation.locale ?? '') === 'rtl') return 'rtl';
    const declared = inheritedAttribute(this.#element, 'dir')?.toLowerCase();
    const direction = declared === 'auto' ? getComputedStyle(this.#element).direction : declared;
    return direction === 'rtl' ? 'rtl' : 'ltr';
  }
}
