/** What stands in a line to shapes: texts, marks, links. */
import { element, type Shape } from './shape.ts';
import type { Inline, Link } from './tree.ts';
import { isBlank, namesAnotherHost, safeUrl, visibleText, withNeighbours } from './url-policy.ts';

const EMPHASIS_TAGS = { emphasis: 'em', strong: 'strong', strikethrough: 'del' } as const;

/** The text of one leaf. A link is judged by what it touches as well, so count is kept of where in the text it is. */
export function inlineShapes(leaf: readonly Inline[]): Shape[] {
  let offset = 0;
  let leafText: string | undefined;

  const shown = (text: string, isInLink: boolean): string => {
    offset += text.length;
    return isInLink ? visibleText(text) : text;
  };

  const inlines = (nodes: readonly Inline[], isInLink: boolean): Shape[] => {
    const shapes: Shape[] = [];
    for (const node of nodes) for (const shape of inline(node, isInLink)) addShape(shapes, shape);
    return shapes;
  };

  const inline = (node: Inline, isInLink: boolean): readonly Shape[] => {
    switch (node.type) {
      case 'text':
      case 'inline-html':
        return [shown(node.text, isInLink)];
      case 'code-span':
        return [element('code', [shown(node.text, isInLink)])];
      case 'break':
        offset += 1;
        return [element('br')];
      case 'link':
        return link(node, isInLink);
      case 'image': {
        // Images are not loaded: the request alone could carry a conversation away (rule X4).
        const text = plainText(node.children);
        return link({ href: node.href, children: [{ type: 'text', text }] }, isInLink);
      }
      default:
        return [element(EMPHASIS_TAGS[node.type], inlines(node.children, isInLink))];
    }
  };

  /** A link says where it leads where its text says nothing, or something else (rule X5). */
  const link = ({ href, children }: Pick<Link, 'href' | 'children'>, isInLink: boolean): readonly Shape[] => {
    const url = isInLink ? undefined : safeUrl(href);
    if (url === undefined) return inlines(children, isInLink);
    const { destination } = url;
    const start = offset;
    const shapes = inlines(children, true);
    leafText ??= plainText(leaf);
    const text = leafText.slice(start, offset);
    if (isBlank(text)) shapes.splice(0, Infinity, destination);
    else if (namesAnotherHost(text, url, withNeighbours(leafText, start, offset)))
      shapes.push(` (${destination})`);
    return [
      element('a', shapes, {
        href: url.href,
        title: destination,
        target: '_blank',
        rel: 'noopener noreferrer nofollow',
        referrerpolicy: 'no-referrer',
        // Set apart, so that characters before it do not turn its text.
        dir: 'auto',
      }),
    ];
  };

  return inlines(leaf, false);
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
