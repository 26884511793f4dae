/** Code in, ranges out. highlight.js is the tokeniser; the HTML that it is made to write is never written. */
import type { Emitter } from 'highlight.js';
import hljs from 'highlight.js/lib/core';
import { groupOf, type Group } from './groups.ts';
import { LANGUAGES } from './languages.ts';

/** In UTF-16 code units, as the DOM counts. Ranges are in order and have no text in common. */
export interface ColourRange {
  readonly start: number;
  readonly end: number;
  readonly group: Group;
}

export interface Tokenised {
  readonly ranges: readonly ColourRange[];
  /** Nothing is open at the end: what follows can be tokenised without what was before. */
  readonly isAtRest: boolean;
}

/** What highlight.js reports its tokens to, instead of the tree that becomes HTML. */
class RangeEmitter implements Emitter {
  readonly ranges: ColourRange[] = [];
  readonly #groups: (Group | undefined)[] = [];
  #length = 0;

  startScope(scope: string): void {
    this.#groups.push(groupOf(scope, this.#groups.at(-1)));
  }

  endScope(): void {
    this.#groups.pop();
  }

  addText(text: string): void {
    const start = this.#length;
    this.#length += text.length;
    const group = this.#groups.at(-1);
    if (group !== undefined && text.trim() !== '') this.#add({ start, end: this.#length, group });
  }

  __addSublanguage(emitter: Emitter): void {
    if (!(emitter instanceof RangeEmitter)) return;
    const offset = this.#length;
    for (const { start, end, group } of emitter.ranges)
      this.#add({ start: offset + start, end: offset + end, group });
    this.#length += emitter.#length;
  }

  // The names that its own code still calls them by.
  openNode(scope: string): void {
    this.startScope(scope);
  }

  closeNode(): void {
    this.endScope();
  }

  finalize(): void {
    this.#groups.length = 0;
  }

  toHTML(): string {
    return '';
  }

  #add(range: ColourRange): void {
    const last = this.ranges.at(-1);
    if (last?.end === range.start && last.group === range.group)
      this.ranges[this.ranges.length - 1] = { ...last, end: range.end };
    else this.ranges.push(range);
  }
}

const tokeniser = hljs.newInstance();
tokeniser.configure({ __emitter: RangeEmitter });
for (const [name, language] of Object.entries(LANGUAGES)) tokeniser.registerLanguage(name, language);
// Most that is fenced as `shell` are commands, not a session with its prompts.
tokeniser.registerLanguage('shell', LANGUAGES.bash);

/** Whether a fence of this name is coloured: a language or another name for it, in any case. */
export function isKnown(language: string): boolean {
  return tokeniser.getLanguage(language) !== undefined;
}

/** Undefined where the tokeniser gave up, or does not know the language. */
export function tokenise(code: string, language: string): Tokenised | undefined {
  if (!isKnown(language)) return undefined;
  const { _emitter, _top, errorRaised } = tokeniser.highlight(code, { language, ignoreIllegals: true });
  if (errorRaised !== undefined || !(_emitter instanceof RangeEmitter)) return undefined;
  return { ranges: _emitter.ranges, isAtRest: _top !== undefined && !('parent' in _top) };
}
