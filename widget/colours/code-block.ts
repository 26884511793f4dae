/** A block of code in an answer: reads its text, and paints what of it is in sight. */
import { GrowingCode } from './growing-code.ts';
import { Paint, type Highlights } from './paint.ts';
import { isKnown, type ColourRange } from './ranges.ts';
import { visibleLines, type LineSpan } from './visible-lines.ts';

export class CodeBlock {
  readonly #code: Element;
  readonly #label: Element | null;
  readonly #paint: Paint;
  #language = '';
  #growing: GrowingCode | undefined;
  #text = '';
  /** Where each line begins. */
  #lines: number[] = [0];

  constructor(block: Element, code: Element, highlights: Highlights) {
    this.#code = code;
    this.#label = block.querySelector('.code-language');
    this.#paint = new Paint(highlights, code);
  }

  /** Whether a step would do anything. */
  get isDue(): boolean {
    return this.#growing?.isDue ?? false;
  }

  /** Takes in what changed. */
  read(): void {
    const language = this.#label?.textContent ?? '';
    if (language !== this.#language) {
      this.#language = language;
      this.#growing = isKnown(language) ? new GrowingCode(language) : undefined;
    }
    if (this.#growing === undefined) return;
    const text = this.#code.textContent;
    this.#countLines(text);
    this.#text = text;
    this.#growing.update(text);
  }

  /** A few milliseconds of work. */
  step(): void {
    this.#growing?.step();
  }

  show(windowHeight: number): void {
    if (this.#growing === undefined) {
      this.clear();
      return;
    }
    const span = visibleLines(this.#code.getBoundingClientRect(), windowHeight, this.#lines.length);
    this.#paint.show(this.#ranges(this.#growing, span));
  }

  clear(): void {
    this.#paint.show([]);
  }

  #countLines(text: string): void {
    const known = text.startsWith(this.#text) ? this.#text.length : 0;
    if (known === 0) this.#lines = [0];
    for (let at = text.indexOf('\n', known); at !== -1; at = text.indexOf('\n', at + 1))
      this.#lines.push(at + 1);
  }

  /** What of the text is painted. */
  #ranges(growing: GrowingCode, { from, to }: LineSpan): readonly ColourRange[] {
    return from < to ? growing.ranges(this.#lines[from], this.#lines[to]) : [];
  }
}
