/** What an element speaks where it is: words, times and direction. Read anew at every render, made anew when it changed. */
import { formattingLocale, inheritedAttribute, localeOf, translationFor } from './locale.ts';
import { TimeFormat } from './time-format.ts';
import type { Translation } from './translation.ts';

export interface Speech {
  readonly translation: Translation;
  readonly time: TimeFormat;
}

export class Language {
  readonly #element: Element;
  #speech: Speech | undefined;

  constructor(element: Element) {
    this.#element = element;
  }

  /** The same object while nothing in it changes, so that views which depend on it stay as they are. */
  speech(attribute: string | null): Speech {
    const locale = localeOf(this.#element, attribute ?? undefined);
    const translation = translationFor(locale);
    const format = formattingLocale(locale, translation);
    if (this.#speech?.translation !== translation || this.#speech.time.locale !== format) {
      this.#speech = { translation, time: new TimeFormat(format) };
    }
    return this.#speech;
  }

  /** As the page declares it. What its style sheet says may be there for other reasons, and is only asked for `auto`. */
  get direction(): 'ltr' | 'rtl' {
    const declared = inheritedAttribute(this.#element, 'dir')?.toLowerCase();
    const direction = declared === 'auto' ? getComputedStyle(this.#element).direction : declared;
    return direction === 'rtl' ? 'rtl' : 'ltr';
  }
}
