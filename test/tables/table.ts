/** The numbered tables of this folder: what may go wrong, what is expected then, and the test files that prove it. */

export interface NumberedTable {
  /** In the folder of the tests. */
  readonly file: string;
  /** Of its rows, in order. */
  readonly numbers: readonly string[];
  /** What in a title is such a number, also one that has no row. */
  readonly mark: RegExp;
  /** Which test files can carry them. */
  readonly in: RegExp;
}

const ANYWHERE = /^/;

function numbers(letter: string, count: number, digits = 1): readonly string[] {
  return Array.from({ length: count }, (_, index) => letter + String(index + 1).padStart(digits, '0'));
}

/** `[A4]`, `A4:`, `[A4, A11]`: with one digit, many a string has something of the kind in it. */
function marked(letter: string): RegExp {
  return new RegExp(String.raw`(?<![\w-])${letter}\d{1,2}(?=[\]:,])`, 'g');
}

export const TABLES: readonly NumberedTable[] = [
  { file: 'faults.md', numbers: numbers('F', 50, 2), mark: /\bF\d\d\b/g, in: ANYWHERE },
  { file: 'threats.md', numbers: numbers('A', 18), mark: marked('A'), in: ANYWHERE },
  // Elsewhere an H is a rule of the protocol.
  { file: 'hosts.md', numbers: numbers('H', 22), mark: marked('H'), in: /^(?:e2e|element)\/hosts\// },
  { file: 'rendering.md', numbers: numbers('X', 8), mark: marked('X'), in: ANYWHERE },
];
