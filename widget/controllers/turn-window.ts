/**
 * Which turns of a long conversation are drawn: those on the screen, those near it, and those that must not go
 * because something of the reader's is in them. The others are left out, and their heights become gaps. Pure.
 */

export interface Surroundings {
  readonly count: number;
  /** Px, of the turn at this index with the space around it. */
  readonly heightAt: (index: number) => number;
  /**
   * The turn that the reader looks at, or one above it, and how far its top is below that of the viewport (negative: above).
   * Undefined for a reader who is at the end.
   */
  readonly anchor: { readonly index: number; readonly top: number } | undefined;
  /** Px. */
  readonly viewport: number;
  /** Px that are drawn beyond either edge of the viewport. */
  readonly margin: number;
}

export interface WindowRequest extends Surroundings {
  /** Drawn wherever it is. */
  readonly isKept: (index: number) => boolean;
}

export interface DrawnTurn {
  readonly index: number;
  /** Px of the turns left out between the one drawn before this and this. */
  readonly gap: number;
}

export interface TurnWindow {
  /** The turns on the screen and near it, without those that are drawn elsewhere. */
  readonly from: number;
  readonly to: number;
  /** All that are drawn, in order. */
  readonly turns: readonly DrawnTurn[];
  /** Px of the turns left out after the last one drawn. */
  readonly rest: number;
}

export const EMPTY_WINDOW: TurnWindow = { from: 0, to: 0, turns: [], rest: 0 };

export function turnWindow(request: WindowRequest): TurnWindow {
  const { count, heightAt, isKept } = request;
  const { from, to } = nearby(request);
  const turns: DrawnTurn[] = [];
  let gap = 0;
  for (let index = 0; index < count; index += 1) {
    if ((index >= from && index < to) || isKept(index)) {
      turns.push({ index, gap });
      gap = 0;
    } else gap += heightAt(index);
  }
  return { from, to, turns, rest: gap };
}

/** The turns on the screen and as far beyond it as the margin. */
export function nearby({ count, heightAt, anchor, viewport, margin }: Surroundings): {
  readonly from: number;
  readonly to: number;
} {
  let from = Math.min(anchor?.index ?? count, count);
  let top = anchor?.top ?? viewport;
  while (from < count - 1 && top + heightAt(from) < -margin) top += heightAt(from++);
  let to = from;
  let bottom = top;
  while (to < count && (to === from || bottom < viewport + margin)) bottom += heightAt(to++);
  while (from > 0 && top > -margin) top -= heightAt(--from);
  return { from, to };
}
