/** What a reader looks at, and where that is: read from the page, to be found there again when it has changed. */

/** Scroll positions are rounded to the pixels of the screen: less than this is no movement. */
export const ROUNDING_PX = 0.5;

/** The first turn on the screen, and the part of it that is, while that exists. */
export interface Place {
  readonly id: string;
  readonly index: number;
  /** Px below the upper edge of the viewport. */
  readonly top: number;
  readonly part: PlacedPart | undefined;
}

interface PlacedPart {
  readonly element: Element;
  readonly top: number;
}

export const topOf = (element: Element): number => element.getBoundingClientRect().top;

/**
 * Undefined where no row is on the screen, which begins at `edge` and is `height` px high. `indexAt` tells which turn
 * a row draws.
 */
export function placeOnScreen(
  rows: HTMLCollection,
  edge: number,
  height: number,
  indexAt: (row: number) => number | undefined,
): Place | undefined {
  const at = firstBelow(rows, edge);
  const row = rows[at];
  const index = indexAt(at);
  const id = row?.getAttribute('data-turn');
  if (!row || index === undefined || !id || topOf(row) >= edge + height) return undefined;
  const top = topOf(row) - edge;
  const element = top < 0 ? partBelow(row.querySelector('.markdown'), edge) : undefined;
  return { id, index, top, part: element && { element, top: topOf(element) - edge } };
}

/** What of the place is still in the page, and where it was. */
export function partInPlace({ id, top, part }: Place, rows: Iterable<Element>): PlacedPart | undefined {
  if (part?.element.isConnected === true) return part;
  const element = [...rows].find((row) => row.getAttribute('data-turn') === id);
  return element && { element, top };
}

/** Leaves an element without a gap as it was made: most conversations are short. */
export function setGap(
  element: Element | null | undefined,
  side: 'marginBlockStart' | 'paddingBlockEnd',
  px: number,
): void {
  const value = px > 0 ? `${String(px)}px` : '';
  if (element instanceof HTMLElement && element.style[side] !== value) element.style[side] = value;
}

function partBelow(parent: Element | null, edge: number): Element | undefined {
  const part = parent?.children[firstBelow(parent.children, edge)];
  return part?.matches('.group') === true ? partBelow(part, edge) : part;
}

/** Of elements below each other, the first that reaches below `edge`. */
function firstBelow(elements: HTMLCollection, edge: number): number {
  let low = 0;
  let high = elements.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const bottom = elements[middle]?.getBoundingClientRect().bottom ?? Infinity;
    if (bottom > edge + ROUNDING_PX) high = middle;
    else low = middle + 1;
  }
  return low;
}
