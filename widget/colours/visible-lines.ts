/** Which lines of a code are painted. Browsers go over all painted ranges in every frame that changes the page. */

/** Numbers of lines, the second one not included. */
export interface LineSpan {
  readonly from: number;
  readonly to: number;
}

/** Screens above and below that are painted as well, so that scrolling does not run out of colours. */
const MARGIN = 0.5;
/** A span begins and ends at multiples of this, so that it seldom changes. */
const STEP = 32;

const NO_LINES: LineSpan = { from: 0, to: 0 };

/** `top` and `bottom` of the code, from the top of a window of that height, in pixels; `lines`: how many it has. */
export function visibleLines(
  { top, bottom }: { readonly top: number; readonly bottom: number },
  windowHeight: number,
  lines: number,
): LineSpan {
  const above = -MARGIN * windowHeight;
  const below = windowHeight - above;
  if (bottom <= top || bottom < above || top > below) return NO_LINES;
  const lineAt = (offset: number): number => ((offset - top) / (bottom - top)) * lines;
  return {
    from: Math.floor(Math.max(0, lineAt(above)) / STEP) * STEP,
    to: Math.ceil(Math.min(lines, lineAt(below)) / STEP) * STEP,
  };
}
