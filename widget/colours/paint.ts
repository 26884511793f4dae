/**
 * Ranges to colours on the screen, by the browser's registry of highlights: the DOM of the code is never touched, so
 * that selection, copying and an answer that grows are as they are without colours.
 */
import { GROUPS, type Group } from './groups.ts';
import { highlightName } from './palette.ts';
import type { ColourRange } from './ranges.ts';

/** One text node of a code. */
interface Piece {
  readonly node: Text;
  readonly start: number;
}

interface Painted extends ColourRange {
  readonly range: StaticRange;
}

/** One for the page, whatever the number of chats. */
export class Highlights {
  readonly #highlights: ReadonlyMap<Group, Highlight>;

  /** Undefined where the browser has none, or where another copy of the script has made them. */
  static ofPage(): Highlights | undefined {
    const canPaint =
      typeof Highlight === 'function' && 'highlights' in CSS && 'adoptedStyleSheets' in Document.prototype;
    return canPaint && !CSS.highlights.has(highlightName('keyword')) ? new Highlights() : undefined;
  }

  private constructor() {
    this.#highlights = new Map(GROUPS.map((group) => [group, new Highlight()]));
    for (const [group, highlight] of this.#highlights) CSS.highlights.set(highlightName(group), highlight);
  }

  add({ group, range }: Painted): void {
    this.#highlights.get(group)?.add(range);
  }

  delete({ group, range }: Painted): void {
    this.#highlights.get(group)?.delete(range);
  }
}

/** What is painted of one code. */
export class Paint {
  readonly #highlights: Highlights;
  readonly #code: Element;
  #painted: readonly Painted[] = [];

  constructor(highlights: Highlights, code: Element) {
    this.#highlights = highlights;
    this.#code = code;
  }

  /** Paints these and no others; what is the same as before is left alone. */
  show(ranges: readonly ColourRange[]): void {
    const before = this.#painted;
    let same = 0;
    while (same < ranges.length && isSame(before[same], ranges[same])) same += 1;
    if (same === before.length && same === ranges.length) return;
    for (const painted of before.slice(same)) this.#highlights.delete(painted);
    const pieces = this.#pieces();
    const added = ranges.slice(same).flatMap((range) => staticRange(range, pieces));
    for (const painted of added) this.#highlights.add(painted);
    this.#painted = [...before.slice(0, same), ...added];
  }

  #pieces(): readonly Piece[] {
    const pieces: Piece[] = [];
    let start = 0;
    for (const { firstChild: node } of this.#code.children) {
      if (!(node instanceof Text)) continue;
      pieces.push({ node, start });
      start += node.length;
    }
    return pieces;
  }
}

/** A node that was taken away or cut shorter than its range leaves the range as it is: it paints nothing. */
function isSame(painted: Painted | undefined, range: ColourRange | undefined): boolean {
  return (
    painted !== undefined &&
    painted.start === range?.start &&
    painted.end === range.end &&
    painted.group === range.group &&
    painted.range.startContainer.isConnected &&
    painted.range.endContainer.isConnected
  );
}

function staticRange(range: ColourRange, pieces: readonly Piece[]): Painted[] {
  const first = pieceAt(pieces, range.start);
  const last = pieceAt(pieces, range.end - 1);
  if (first === undefined || last === undefined || range.end - last.start > last.node.length) return [];
  const { start, end, group } = range;
  return [
    {
      start,
      end,
      group,
      range: new StaticRange({
        startContainer: first.node,
        startOffset: start - first.start,
        endContainer: last.node,
        endOffset: end - last.start,
      }),
    },
  ];
}

/** The last that begins at or before the offset. */
function pieceAt(pieces: readonly Piece[], offset: number): Piece | undefined {
  let from = 0;
  let to = pieces.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((pieces[middle]?.start ?? 0) <= offset) from = middle + 1;
    else to = middle;
  }
  return pieces[from - 1];
}
