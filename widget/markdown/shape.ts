/** What the DOM of an answer is to be, as plain data. */
import type { AttributeName, Tag } from './allowed.ts';
import type { Sequence } from './sequence.ts';

export type Attributes = Readonly<Partial<Record<AttributeName, string>>>;

/** A string is a text node. */
export type Shape = ElementShape | string;

/** An element to be. */
export interface ElementShape {
  readonly tag: Tag;
  readonly attributes: Attributes;
  readonly children: readonly Shape[] | DrawnChildren;
}

/**
 * Children that are drawn from items, one from each: the same item in the same manner is the same shape, and is not
 * drawn again.
 */
export interface DrawnChildren {
  readonly items: Sequence<object>;
  readonly manner: string;
  forEachNew(
    before: Sequence<object> | undefined,
    visit: (item: object, index: number, draw: () => Shape) => void,
  ): void;
}

export function drawn<Item extends object>(
  items: Sequence<Item>,
  draw: (item: Item) => Shape,
  manner = '',
): DrawnChildren {
  return {
    items,
    manner,
    forEachNew: (before, visit) =>
      items.forEachNew(before, (item, index) => visit(item, index, () => draw(item))),
  };
}

const NO_ATTRIBUTES: Attributes = {};

export function element(
  tag: Tag,
  children: ElementShape['children'] = [],
  attributes: Attributes = NO_ATTRIBUTES,
): ElementShape {
  return { tag, attributes, children };
}
