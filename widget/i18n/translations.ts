/** Words that the page brings along: languages of its own, or other words for some of ours. Read like an attribute. */
import { en } from './en.ts';
import { formattingTag, translationFor } from './locale.ts';
import type { Translation } from './translation.ts';

/** What of a language a page may give: every key but its tag, which is the name it stands under. */
export type PartialTranslation = Partial<Omit<Translation, 'locale' | 'errors'>> & {
  readonly errors?: Partial<Translation['errors']>;
};

/** By language tag: `{ fr: { send: 'Envoyer' } }`. What is missing is taken from our own words, else from English. */
export type Translations = Readonly<Record<string, PartialTranslation>>;

type Key = Exclude<keyof Translation, 'locale'>;
type Words = { -readonly [Name in keyof Translation]: Translation[Name] };

/** `refuse` is told of each word that cannot be used, by its path: `fr.send`. Keys that no version knows are passed over. */
export function readTranslations(value: unknown, refuse: (path: string) => void): readonly Translation[] {
  return entriesOf(value).flatMap(([tag, table]) => {
    const locale = formattingTag(tag);
    if (locale === undefined || typeof table !== 'object' || table === null) {
      refuse(tag);
      return [];
    }
    const words: Words = { ...translationFor(locale), locale };
    words.errors = { ...words.errors };
    for (const [key, word] of entriesOf(table)) {
      if (!isKey(key)) continue;
      if (key === 'errors') takeErrors(words, word, (code) => refuse(`${tag}.errors.${code}`));
      else if (!take(words, key, word)) refuse(`${tag}.${key}`);
    }
    return [words];
  });
}

function take(words: Words, key: Key, word: unknown): boolean {
  const ours = words[key];
  if (typeof ours === 'function' && typeof word === 'function') {
    Object.assign(words, { [key]: guarded(word, ours) });
    return true;
  }
  if (typeof ours !== 'string' || typeof word !== 'string') return false;
  Object.assign(words, { [key]: word });
  return true;
}

function takeErrors(words: Words, errors: unknown, refuse: (code: string) => void): void {
  for (const [code, sentence] of entriesOf(errors)) {
    if (!Object.hasOwn(en.errors, code)) continue;
    if (typeof sentence === 'string') Object.assign(words.errors, { [code]: sentence });
    else refuse(code);
  }
}

type Sentence = (...parts: never[]) => unknown;

/** A sentence that throws would take the chat with it. */
function guarded(theirs: unknown, ours: Sentence): Sentence {
  return (...parts) => {
    try {
      const sentence: unknown =
        typeof theirs === 'function' ? Reflect.apply(theirs, undefined, parts) : undefined;
      if (typeof sentence === 'string') return sentence;
    } catch {
      // Ours, then.
    }
    return ours(...parts);
  };
}

function isKey(key: string): key is Key {
  return key !== 'locale' && Object.hasOwn(en, key);
}

/** None where the page's object throws when it is read. */
function entriesOf(value: unknown): [string, unknown][] {
  try {
    return typeof value === 'object' && value !== null ? Object.entries(value) : [];
  } catch {
    return [];
  }
}
