/**
 * Makes the DOM under an element equal to shapes, by changing only what differs: text nodes, and what `allowed.ts`
 * makes.
 */
import { makeElement, setAttribute, type AttributeName } from './allowed.ts';
import type { Attributes, ElementShape, Shape } from './shape.ts';

interface MountedText {
  readonly node: Text;
  shape: string;
  item: object | undefined;
}

interface MountedElement {
  readonly node: Element;
  shape: ElementShape;
  /** What it was drawn from, where it was. */
  item: object | undefined;
  readonly children: Mounted[];
}

type Mounted = MountedText | MountedElement;
type Children = ElementShape['children'];

export class Patcher {
  readonly #parent: Element;
  readonly #mounted: Mounted[] = [];
  #children: Children = [];

  constructor(parent: Element) {
    this.#parent = parent;
  }

  patch(children: Children): void {
    patchChildren(this.#parent, this.#mounted, this.#children, children);
    this.#children = children;
  }
}

function patchChildren(parent: Element, mounted: Mounted[], before: Children, after: Children): void {
  if (patchInPlace(parent, mounted, before, after)) return;
  parent.replaceChildren();
  mounted.length = 0;
  patchInPlace(parent, mounted, [], after);
}

/** False where somebody else has taken a node away: a browser that translates puts others in the place of texts. */
function patchInPlace(parent: Element, mounted: Mounted[], before: Children, after: Children): boolean {
  let count: number;
  let isWhole = true;
  if ('items' in after) {
    const known = 'items' in before && before.manner === after.manner ? before.items : undefined;
    after.forEachNew(known, (item, index, draw) => {
      if (known === undefined || mounted[index]?.item !== item) {
        isWhole = isWhole && patchChild(parent, mounted, index, draw(), item);
      }
    });
    count = after.items.length;
  } else {
    isWhole = after.every((shape, index) => patchChild(parent, mounted, index, shape));
    count = after.length;
  }
  if (!isWhole) return false;
  if (mounted.length > count) for (const surplus of mounted.splice(count)) surplus.node.remove();
  return true;
}

function patchChild(
  parent: Element,
  mounted: Mounted[],
  index: number,
  shape: Shape,
  item?: object,
): boolean {
  const child = mounted[index];
  if (child && child.shape !== shape && child.node.parentNode !== parent) return false;
  if (child && patchNode(child, shape)) {
    child.item = item;
    return true;
  }
  const made = mount(shape, parent.ownerDocument, item);
  if (child) child.node.replaceWith(made.node);
  else parent.append(made.node);
  mounted[index] = made;
  return true;
}

/** False where the node cannot become what the shape says. */
function patchNode(mounted: Mounted, shape: Shape): boolean {
  if ('children' in mounted) {
    if (typeof shape === 'string' || shape.tag !== mounted.shape.tag) return false;
    patchAttributes(mounted.node, mounted.shape.attributes, shape.attributes);
    patchChildren(mounted.node, mounted.children, mounted.shape.children, shape.children);
    mounted.shape = shape;
    return true;
  }
  if (typeof shape !== 'string') return false;
  if (shape !== mounted.shape) {
    // Appending leaves a selection in the text where it is.
    const isOurs = mounted.node.length === mounted.shape.length;
    if (isOurs && shape.startsWith(mounted.shape)) mounted.node.appendData(shape.slice(mounted.shape.length));
    else mounted.node.data = shape;
    mounted.shape = shape;
  }
  return true;
}

function mount(shape: Shape, document: Document, item?: object): Mounted {
  if (typeof shape === 'string') return { node: document.createTextNode(shape), shape, item };
  const node = makeElement(document, shape.tag);
  patchAttributes(node, {}, shape.attributes);
  const children: Mounted[] = [];
  patchChildren(node, children, [], shape.children);
  return { node, shape, item, children };
}

function namesOf(attributes: Attributes): AttributeName[] {
  const names: AttributeName[] = [];
  for (const name in attributes) if (isNameIn(name, attributes)) names.push(name);
  return names;
}

function isNameIn(name: string, attributes: Attributes): name is AttributeName {
  return Object.hasOwn(attributes, name);
}

function patchAttributes(node: Element, before: Attributes, after: Attributes): void {
  if (before === after) return;
  for (const name of namesOf(before)) if (after[name] === undefined) node.removeAttribute(name);
  for (const name of namesOf(after)) {
    const value = after[name];
    if (value !== undefined && value !== before[name]) setAttribute(node, name, value);
  }
}
