/**
 * Makes the DOM under an element equal to shapes, by changing only what differs: text nodes, and what `allowed.ts`
 * makes.
 */
import { makeElement, setAttribute } from './allowed.ts';
import { element, type Child, type ElementShape, type Shape } from './shape.ts';

/** An element, and what was made in it. */
export interface Parent {
  readonly node: Element;
  readonly children: Mounted[];
}

interface Source {
  /** What it was drawn from. */
  readonly item: object | string;
  readonly manner: unknown;
}

interface MountedText {
  readonly node: Text;
  shape: string;
  source: Source;
}

interface MountedElement extends Parent {
  shape: ElementShape;
  source: Source;
}

type Mounted = MountedText | MountedElement;

export function patch(parent: Parent, children: readonly Child[]): void {
  if (patchInPlace(parent, children)) return;
  parent.node.replaceChildren();
  parent.children.length = 0;
  patchInPlace(parent, children);
}

/** False where somebody else has taken a node away: a browser that translates puts others in the place of texts. */
function patchInPlace(parent: Parent, children: readonly Child[]): boolean {
  if (!children.every((child, index) => patchChild(parent, child, index))) return false;
  for (const surplus of parent.children.splice(children.length)) surplus.node.remove();
  return true;
}

function patchChild({ node, children }: Parent, child: Child, index: number): boolean {
  const isDrawn = typeof child === 'object' && 'draw' in child;
  const source = isDrawn ? child : { item: child, manner: undefined };
  const before = children[index];
  if (before?.source.item === source.item && before.source.manner === source.manner) return true;
  if (before && before.node.parentNode !== node) return false;
  const shape = isDrawn ? child.draw() : child;
  if (before && patchNode(before, shape)) {
    before.source = source;
    return true;
  }
  const made = mount(shape, node.ownerDocument, source);
  patchNode(made, shape);
  if (before) before.node.replaceWith(made.node);
  else node.append(made.node);
  children[index] = made;
  return true;
}

/** False where the node cannot become what the shape says. */
function patchNode(mounted: Mounted, shape: Shape): boolean {
  if ('children' in mounted) {
    if (typeof shape === 'string' || shape.tag !== mounted.shape.tag) return false;
    patchAttributes(mounted.node, mounted.shape.attributes, shape.attributes);
    patch(mounted, shape.children);
    mounted.shape = shape;
    return true;
  }
  if (typeof shape !== 'string') return false;
  // Appending leaves a selection in the text where it is.
  const isOurs = mounted.node.length === mounted.shape.length;
  if (isOurs && shape.startsWith(mounted.shape)) mounted.node.appendData(shape.slice(mounted.shape.length));
  else mounted.node.data = shape;
  mounted.shape = shape;
  return true;
}

/** With nothing in it yet. */
function mount(shape: Shape, document: Document, source: Source): Mounted {
  return typeof shape === 'string'
    ? { node: document.createTextNode(''), shape: '', source }
    : { node: makeElement(document, shape.tag), shape: element(shape.tag), children: [], source };
}

type Named = Readonly<Record<string, string>>;

function patchAttributes(node: Element, before: Named, after: Named): void {
  for (const name of Object.keys(before)) if (!(name in after)) node.removeAttribute(name);
  for (const [name, value] of Object.entries(after))
    if (before[name] !== value) setAttribute(node, name, value);
}
