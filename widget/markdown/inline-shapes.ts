/** What stands in a line to shapes: texts, marks, links. */
import { element, type Shape } from './shape.ts';
import type { Inline, Link } from './tree.ts';
import { isBlank, namesAnotherHost, safeUrl, visibleText, withNeighbours } from './url-policy.ts';

const EMPHASIS_TAGS = { emphasis: 'em', strong: 'strong', strikethrough: 'del' } as const;

export function inlineShapes(nodes: readonly Inline[]): Shape[] {
  return new LeafRenderer(nodes).inlines(nodes, false);
}

/** The text of one leaf. A link is judged by what it touches as well, so this keeps count of where in the text it is. */
class LeafRenderer {
  readonly #nodes: readonly Inline[];
  #text: string | undefined;
  #offset = 0;

  constructor(nodes: readonly Inline[]) {
    this.#nodes = nodes;
  }

  inlines(nodes: readonly Inline[], isInLink: boolean): Shape[] {
    const shapes: Shape[] = [];
    for (const node of nodes) for (const shape of this.#inline(node, isInLink)) addShape(shapes, shape);
    return shapes;
  }

  #inline(node: Inline, isInLink: boolean): readonly Shape[] {
    switch (node.type) {
      case 'text':
      case 'inline-html':
        return [this.#shown(node.text, isInLink)];
      case 'code-span':
        return [element('code', [this.#shown(node.text, isInLink)])];
      case 'break':
        this.#offset += 1;
        return [element('br')];
      case 'link':
        return this.#link(node, isInLink);
      case 'image': {
        // Images are not loaded: the request alone could carry a conversation away (rule X4).
        const text = plainText(node.children);
        return this.#link({ href: node.href, children: [{ type: 'text', text }] }, isInLink);
      }
      default:
        return [element(EMPHASIS_TAGS[node.type], this.inlines(node.children, isInLink))];
    }
  }

  #shown(text: string, isInLink: boolean): string {
    this.#offset += text.length;
    return isInLink ? visibleText(text) : text;
  }

  /** A link says where it leads where its text says nothing, or something else (rule X5). */
  #link({ href, children }: Pick<Link, 'href' | 'children'>, isInLink: boolean): readonly Shape[] {
    const url = isInLink ? undefined : safeUrl(href);
    if (url === undefined) return this.inlines(children, isInLink);
    const start = this.#offset;
    const shapes = this.inlines(children, true);
    this.#text ??= plainText(this.#nodes);
    const text = this.#text.slice(start, this.#offset);
    if (isBlank(text)) shapes.splice(0, Infinity, url.destination);
    else if (namesAnotherHost(text, url, withNeighbours(this.#text, start, this.#offset)))
      shapes.push(` (${url.destination})`);
    return [
      element('a', shapes, {
        href: url.href,
        title: url.destination,
        target: '_blank',
        rel: 'noopener noreferrer nofollow',
        referrerpolicy: 'no-referrer',
        // Set apart, so that characters before it do not turn its text.
        dir: 'auto',
      }),
    ];
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
