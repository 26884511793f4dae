/** A place in one line, counted in characters and in columns: a tab reaches to the next multiple of four. */
import { isSpaceOrTab } from './characters.ts';

const TAB_COLUMNS = 4;

/** Indented by this many columns, a line is code. */
export const CODE_INDENT_COLUMNS = 4;

export class LineCursor {
  readonly line: string;
  offset = 0;
  column = 0;
  /** Where the first character after white space is, from here on; see `look`. */
  textOffset = 0;
  #textColumn = 0;
  #text: string | undefined;
  /** Set when a tab was left half way: its other columns still count. */
  #isInsideTab = false;

  constructor(line: string) {
    this.line = line;
    this.look();
  }

  /** Finds the next text. To be called after the place has changed. */
  look(): void {
    let offset = this.offset;
    let column = this.column;
    for (; ; offset += 1) {
      const character = this.line.charAt(offset);
      if (character === ' ') column += 1;
      else if (character === '\t') column += TAB_COLUMNS - (column % TAB_COLUMNS);
      else break;
    }
    this.textOffset = offset;
    this.#textColumn = column;
    this.#text = undefined;
  }

  /** Columns of white space before the next text. */
  get indent(): number {
    return this.#textColumn - this.column;
  }

  get isIndented(): boolean {
    return this.indent >= CODE_INDENT_COLUMNS;
  }

  get isBlank(): boolean {
    return this.textOffset >= this.line.length;
  }

  /** The character at the place. */
  get character(): string {
    return this.line.charAt(this.offset);
  }

  /** From the next text to the end. */
  get text(): string {
    return (this.#text ??= this.line.slice(this.textOffset));
  }

  /** From the place to the end; what is left of a tab becomes spaces. */
  get rest(): string {
    if (!this.#isInsideTab) return this.line.slice(this.offset);
    return ' '.repeat(TAB_COLUMNS - (this.column % TAB_COLUMNS)) + this.line.slice(this.offset + 1);
  }

  skipCharacters(count: number): void {
    this.#skip(count, () => 1);
  }

  skipColumns(count: number): void {
    this.#skip(count, (columns) => columns);
  }

  skipIndent(): void {
    this.offset = this.textOffset;
    this.column = this.#textColumn;
    this.#isInsideTab = false;
  }

  skipLine(): void {
    this.offset = this.line.length;
    this.look();
  }

  /** One space or tab, where there is one: the optional one after a marker. */
  skipOptionalSpace(): void {
    if (isSpaceOrTab(this.character)) this.skipColumns(1);
  }

  returnTo(offset: number, column: number): void {
    this.offset = offset;
    this.column = column;
    this.#isInsideTab = false;
  }

  /** `costOf`: how much of the count a character with this many columns takes. */
  #skip(count: number, costOf: (columns: number) => number): void {
    let left = count;
    while (left > 0 && this.offset < this.line.length) {
      if (this.character !== '\t') {
        this.#isInsideTab = false;
        this.offset += 1;
        this.column += 1;
        left -= 1;
        continue;
      }
      const columns = TAB_COLUMNS - (this.column % TAB_COLUMNS);
      const cost = costOf(columns);
      this.#isInsideTab = cost > left;
      this.column += this.#isInsideTab ? left : columns;
      this.offset += this.#isInsideTab ? 0 : 1;
      left -= cost;
    }
  }
}
