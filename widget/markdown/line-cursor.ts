/** A place in one line, counted in columns: a tab reaches to the next multiple of four. */

const TAB_COLUMNS = 4;

/** Indented by this many columns, a line is code. */
export const CODE_INDENT_COLUMNS = 4;

export class LineCursor {
  /** From the place to the end. What is left of a tab is spaces. */
  rest: string;
  /** From the next text to the end. */
  text = '';
  /** Columns of white space before the next text. */
  indent = 0;
  #column = 0;

  constructor(line: string) {
    this.rest = line.replaceAll('\0', '\ufffd');
    this.skip(0);
  }

  get isIndented(): boolean {
    return this.indent >= CODE_INDENT_COLUMNS;
  }

  get isBlank(): boolean {
    return this.text === '';
  }

  skip(columns: number): void {
    for (let left = columns; left > 0 && this.rest !== ''; left -= 1) {
      const spaces = ' '.repeat(columnsOf('\t', this.#column));
      this.rest = this.rest.replace(/^\t/, spaces).slice(1);
      this.#column += 1;
    }
    this.text = this.rest.replace(/^[ \t]+/, '');
    this.indent = 0;
    for (const space of this.rest.slice(0, this.rest.length - this.text.length))
      this.indent += columnsOf(space, this.#column + this.indent);
  }

  /** The marker of a quote and the one space that may follow it; false where there is none. */
  skipQuoteMarker(): boolean {
    if (this.isIndented || !this.text.startsWith('>')) return false;
    this.skip(this.indent + 1);
    this.skip(Math.min(1, this.indent));
    return true;
  }
}

function columnsOf(character: string, column: number): number {
  return character === '\t' ? TAB_COLUMNS - (column % TAB_COLUMNS) : 1;
}
