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
  readonly children: readonly Child[];
}

/** A child that is drawn from an item. The same item in the same manner is the same shape, and is not drawn again. */
export interface DrawnChild {
  readonly item: object;
  readonly manner: unknown;
  readonly draw: () => ElementShape;
}

export type Child = Shape | DrawnChild;

export function element(
  tag: Tag,
  children: readonly Child[] = [],
  attributes: Attributes = {},
): ElementShape {
  return { tag, attributes, children };
}

/**
 * Many children, in groups: a browser that lays out, measures or paints an element goes over all of its children, and
 * what has not changed in a group is passed over in one step. Few children have no group around them, nor have the first
 * ones of many: nothing is moved when more come.
 */
export function inGroups<Item extends object>(
  { groups: [first = [], ...others] }: Sequence<Item>,
  draw: (item: Item) => ElementShape,
  attributes: Attributes = GROUP,
): Child[] {
  const drawAll = (items: readonly Item[]): Child[] =>
    items.map((item) => ({ item, manner: draw, draw: () => draw(item) }));
  return [
    ...drawAll(first),
    ...others.map((items) => ({
      item: items,
      manner: draw,
      draw: () => element('div', drawAll(items), attributes),
    })),
  ];
}

export const GROUP: Attributes = { class: 'group' };
