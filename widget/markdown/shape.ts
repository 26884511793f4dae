/** What the DOM of an answer is to be, as plain data. */
import type { AttributeName, Tag } from './allowed.ts';
import { Sequence } from './sequence.ts';

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

export const GROUP: Attributes = { class: 'group' };

/**
 * Many children, in groups: a browser that lays out, measures or paints an element goes over all of its children, and
 * what has not changed in a group is passed over in one step. Few children have no group around them, nor have the first
 * ones of many: nothing is moved when more come.
 */
export function inGroups<Item extends object>(
  items: Sequence<Item>,
  draw: (item: Item) => Shape,
  { attributes = GROUP, manner = '' }: { readonly attributes?: Attributes; readonly manner?: string } = {},
): DrawnChildren {
  const [first, ...others] = items.chunks;
  if (first === undefined) return drawn(items, draw, manner);
  const groups = items.rest.length === 0 ? others : [...others, items.rest];
  return drawn<Item | Group<Item>>(
    new Sequence<Item | Group<Item>>([first], groups),
    (one) => (isGroup(one) ? element('div', drawn(Sequence.of(one), draw, manner), attributes) : draw(one)),
    manner,
  );
}

type Group<Item> = readonly Item[];

function isGroup<Item extends object>(one: Item | Group<Item>): one is Group<Item> {
  return Array.isArray(one);
}
