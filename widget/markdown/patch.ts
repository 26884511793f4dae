/**
 * Makes the DOM under an element equal to shapes, by changing only what differs. The one place where nodes are made:
 * of the tags and attributes of `shape.ts`, and text nodes.
 */
import type { AttributeName, Attributes, ElementShape, Shape } from './shape.ts';

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
  let count: number;
  if ('items' in after) {
    const known = 'items' in before && before.manner === after.manner ? before.items : undefined;
    after.forEachNew(known, (item, index, draw) => {
      if (known === undefined || mounted[index]?.item !== item)
        patchChild(parent, mounted, index, draw(), item);
    });
    count = after.items.length;
  } else {
    after.forEach((shape, index) => patchChild(parent, mounted, index, shape));
    count = after.length;
  }
  if (mounted.length > count) for (const surplus of mounted.splice(count)) surplus.node.remove();
}

function patchChild(parent: Element, mounted: Mounted[], index: number, shape: Shape, item?: object): void {
  const child = mounted[index];
  if (child && patchNode(child, shape)) {
    child.item = item;
    return;
  }
  const made = mount(shape, parent.ownerDocument, item);
  if (child) child.node.replaceWith(made.node);
  else parent.append(made.node);
  mounted[index] = made;
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
    if (shape.startsWith(mounted.shape)) mounted.node.appendData(shape.slice(mounted.shape.length));
    else mounted.node.data = shape;
    mounted.shape = shape;
  }
  return true;
}

function mount(shape: Shape, document: Document, item?: object): Mounted {
  if (typeof shape === 'string') return { node: document.createTextNode(shape), shape, item };
  const node = document.createElement(shape.tag);
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
    if (value !== undefined && value !== before[name]) node.setAttribute(name, value);
  }
}
