/** Words that the page brings along: languages of its own, or other words for some of ours. Read like an attribute. */
import { formattingTag, translationFor } from './locale.ts';
import type { Translation } from './translation.ts';

/** What of a language a page may give: every key but its tag, which is the name it stands under. */
export type PartialTranslation = Partial<Omit<Translation, 'locale' | 'errors'>> & {
  readonly errors?: Partial<Translation['errors']>;
};

/** By language tag: `{ fr: { send: 'Envoyer' } }`. What is missing is taken from our own words, else from English. */
export type Translations = Readonly<Record<string, PartialTranslation>>;

/** `refuse` is told of each word that cannot be used, by its path: `fr.send`. Keys that no version knows are passed over. */
export function readTranslations(value: unknown, refuse: (path: string) => void): readonly Translation[] {
  return entriesOf(value).flatMap(([tag, table]) => {
    const locale = formattingTag(tag);
    if (locale === undefined || typeof table !== 'object' || table === null) {
      refuse(tag);
      return [];
    }
    const words = merged(translationFor(locale), table, (key) => refuse(`${tag}.${key}`));
    return [{ ...words, locale }];
  });
}

/** Ours, with theirs in the place of those that are of the same kind. */
function merged<Words extends object>(ours: Words, theirs: unknown, refuse: (path: string) => void): Words {
  const words = { ...ours };
  for (const [key, word] of entriesOf(theirs)) {
    if (!Object.hasOwn(ours, key)) continue;
    const our: unknown = Reflect.get(ours, key);
    if (typeof our === 'object' && our !== null) {
      const inner = merged(our, word, (code) => refuse(`${key}.${code}`));
      Reflect.set(words, key, inner);
    } else if (typeof our !== typeof word) refuse(key);
    else Reflect.set(words, key, typeof our === 'function' ? guarded(word, our) : word);
  }
  return words;
}

/** A sentence that throws would take the chat with it. */
function guarded(theirs: unknown, ours: unknown) {
  return (...parts: unknown[]): unknown => {
    try {
      const sentence = said(theirs, parts);
      if (typeof sentence === 'string') return sentence;
    } catch {
      // Ours, then.
    }
    return said(ours, parts);
  };
}

const said = (sentence: unknown, parts: unknown[]): unknown =>
  typeof sentence === 'function' ? Reflect.apply(sentence, undefined, parts) : undefined;

/** None where the page's object throws when it is read. */
function entriesOf(value: unknown): [string, unknown][] {
  try {
    return typeof value === 'object' && value !== null ? Object.entries(value) : [];
  } catch {
    return [];
  }
}
