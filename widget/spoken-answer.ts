/**
 * What is to be said of an answer, as far as it has come: whole sentences while it is being written, the rest when it
 * is complete, nothing twice.
 */
import { sentencesOf } from './i18n/sentences.ts';
import type { Translation } from './i18n/translation.ts';
import { MarkdownDocument } from './markdown/document.ts';
import { spokenLines } from './markdown/spoken-text.ts';

/** Speech cannot be skimmed: past this a reader is better served by reading the answer themselves. */
const SPOKEN_MAX_CHARS = 600;
/** So much of an answer is mostly more than that when it is said, and to read all of a long one takes a page's time. */
const READ_MAX_CHARS = 8_000;

export class SpokenAnswer {
  readonly #document = new MarkdownDocument();
  /** What has been said: all lines before this one, and so many characters of it. */
  #line = 0;
  #chars = 0;

  /** Nothing has been said yet. */
  get isFresh(): boolean {
    return this.#line + this.#chars === 0;
  }

  /** Sentences of the text so far that are finished and were not said before. */
  sentences(text: string, words: Translation): string {
    const lines = spokenLines(this.#document.update(text), words);
    const finished = sentencesOf(lines.at(-1) ?? '')
      .slice(0, -1)
      .join('');
    return this.#next(lines, finished.length);
  }

  /** Of the whole text, what was not said before. */
  rest(text: string, words: Translation): string {
    const lines = spokenLines(this.#document.finish(text), words);
    return this.#next(lines, lines.at(-1)?.length ?? 0);
  }

  /** As `rest`, of a text of which nothing was said; where that is more than can be said, its beginning. */
  beginning(text: string, words: Translation): string {
    const end = text.length > READ_MAX_CHARS ? text.lastIndexOf(' ', READ_MAX_CHARS) : 0;
    const start = end > 0 ? new SpokenAnswer().rest(text.slice(0, end), words) : '';
    // Of code and addresses little is said.
    return start.length > SPOKEN_MAX_CHARS ? start : this.rest(text, words);
  }

  /** `end`: how far the last line may be said. */
  #next(lines: readonly string[], end: number): string {
    const last = Math.max(0, lines.length - 1);
    // What was said and is not there: the same answer begins again after a lost connection.
    if (last < this.#line) return '';
    const said = lines.slice(this.#line).map((line, index) => {
      const isLast = this.#line + index === last;
      return line.slice(index === 0 ? this.#chars : 0, isLast ? end : undefined).trim();
    });
    // A line that was said further than it reaches now has been drawn anew, and is not said again.
    this.#chars = last === this.#line ? Math.max(this.#chars, end) : end;
    this.#line = last;
    return joined(said.filter((line) => line !== ''));
  }
}

/** Blocks are apart on the screen; heard, only a mark keeps an item from running into the next. */
function joined(lines: readonly string[]): string {
  const last = lines.length - 1;
  return lines
    .map((line, index) => (index < last && /[\p{L}\p{N}]$/u.test(line) ? `${line}.` : line))
    .join(' ');
}

/** At a border between words. */
export function shortened(text: string, max = SPOKEN_MAX_CHARS): string {
  if (text.length <= max) return text;
  const end = text.lastIndexOf(' ', max);
  return `${text.slice(0, end > 0 ? end : max)}…`;
}
