/** What stands in a line to shapes: texts, marks, links. */
import { element, type ElementShape, type Shape } from './shape.ts';
import type { Image, Inline, Link } from './tree.ts';
import { beside, isBlank, namesAnotherHost, safeUrl, visibleText, type SafeUrl } from './url-policy.ts';

const EMPHASIS_TAGS = { emphasis: 'em', strong: 'strong', strikethrough: 'del' } as const;

export function inlineShapes(nodes: readonly Inline[]): Shape[] {
  return new LeafRenderer(nodes).render();
}

/** The text of one leaf. A link is judged by what it touches as well, so this keeps count of where in the text it is. */
class LeafRenderer {
  readonly #nodes: readonly Inline[];
  #text: string | undefined;
  #offset = 0;

  constructor(nodes: readonly Inline[]) {
    this.#nodes = nodes;
  }

  render(): Shape[] {
    return this.#inlines(this.#nodes, false);
  }

  #inlines(nodes: readonly Inline[], isInLink: boolean): Shape[] {
    const shapes: Shape[] = [];
    for (const node of nodes) {
      const result = this.#inline(node, isInLink);
      for (const shape of Array.isArray(result) ? result : [result]) addShape(shapes, shape);
    }
    return shapes;
  }

  #inline(node: Inline, isInLink: boolean): Shape | Shape[] {
    switch (node.type) {
      case 'text':
      case 'inline-html':
        return this.#shown(node.text, isInLink);
      case 'code-span':
        return element('code', [this.#shown(node.text, isInLink)]);
      case 'break':
        this.#offset += 1;
        return element('br');
      case 'emphasis':
      case 'strong':
      case 'strikethrough':
        return element(EMPHASIS_TAGS[node.type], this.#inlines(node.children, isInLink));
      case 'link':
        return isInLink ? this.#inlines(node.children, true) : this.#link(node);
      case 'image': {
        const text = this.#passed(plainText(node.children));
        return isInLink ? visibleText(text) : this.#imageLink(node, text);
      }
    }
  }

  #passed(text: string): string {
    this.#offset += text.length;
    return text;
  }

  #shown(text: string, isInLink: boolean): string {
    return isInLink ? visibleText(this.#passed(text)) : this.#passed(text);
  }

  #link({ href, children }: Link): Shape | Shape[] {
    const url = safeUrl(href);
    if (url === undefined) return this.#inlines(children, false);
    const text = plainText(children);
    return this.#anchor(url, text, this.#inlines(children, true));
  }

  /** Images are not loaded: the request alone could carry a conversation away (rule X4). */
  #imageLink({ href }: Image, text: string): Shape {
    const url = safeUrl(href);
    return url === undefined ? text : this.#anchor(url, text, [visibleText(text)]);
  }

  /** A link says where it leads where its text says nothing, or something else (rule X5). */
  #anchor(url: SafeUrl, text: string, children: readonly Shape[]): ElementShape {
    const { href, destination } = url;
    this.#text ??= plainText(this.#nodes);
    const touched = beside(this.#text, this.#offset - text.length, this.#offset);
    const shown = namesAnotherHost(text, url, touched) ? [...children, ` (${destination})`] : children;
    return element('a', isBlank(text) ? [destination] : shown, {
      href,
      title: destination,
      target: '_blank',
      rel: 'noopener noreferrer nofollow',
      referrerpolicy: 'no-referrer',
      // Set apart, so that characters before it do not turn its text.
      dir: 'auto',
    });
  }
}

/** Neighbouring texts become one node, so that the DOM does not tell where the parser saw a border. */
function addShape(shapes: Shape[], shape: Shape): void {
  const last = shapes.at(-1);
  if (typeof shape === 'string' && typeof last === 'string') shapes[shapes.length - 1] = last + shape;
  else shapes.push(shape);
}

/** What is written in them, without marks. */
export function plainText(nodes: readonly Inline[]): string {
  return nodes
    .map((node) => {
      if ('children' in node) return plainText(node.children);
      return node.type === 'break' ? '\n' : node.text;
    })
    .join('');
}
