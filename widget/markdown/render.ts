/**
 * The tree to shapes. Whatever of the tree may not be shown as what it is (raw HTML, an image, a link to somewhere
 * that is no web page or mail) is shown as text here.
 */
import { Sequence } from './sequence.ts';
import {
  drawn,
  element,
  type Attributes,
  type DrawnChildren,
  type ElementShape,
  type Shape,
} from './shape.ts';
import type {
  Block,
  Code,
  HeadingLevel,
  Image,
  Inline,
  Link,
  List,
  ListItem,
  Table,
  TableRow,
} from './tree.ts';
import { beside, isBlank, namesAnotherHost, safeUrl, visibleText, type SafeUrl } from './url-policy.ts';

export interface MarkdownLabels {
  /** The button of a code block. */
  readonly copy: string;
  /** Names of the two states of a task, and of the scrolling areas, for those who do not see them. */
  readonly taskDone: string;
  readonly taskOpen: string;
  readonly table: string;
  readonly code: string;
}

const HEADING_TAGS = { 1: 'h1', 2: 'h2', 3: 'h3', 4: 'h4', 5: 'h5', 6: 'h6' } as const satisfies Record<
  HeadingLevel,
  string
>;
const EMPHASIS_TAGS = { emphasis: 'em', strong: 'strong', strikethrough: 'del' } as const;

/** What a language may be called, to be named. */
const LANGUAGE = /^[\w.+#-]{1,24}$/;

export class Renderer {
  readonly #labels: MarkdownLabels;

  constructor(labels: MarkdownLabels) {
    this.#labels = labels;
  }

  render(blocks: Sequence<Block>): DrawnChildren {
    return drawn(blocks, this.#block);
  }

  readonly #block = (block: Block): ElementShape => {
    switch (block.type) {
      case 'paragraph':
        return element('p', inlines(block.children));
      case 'heading':
        return element(HEADING_TAGS[block.level], inlines(block.children));
      case 'code':
        return this.#codeBlock(block);
      case 'html':
        return element('p', [block.text], { class: 'html' });
      case 'quote':
        return element('blockquote', this.render(block.children));
      case 'list':
        return this.#list(block);
      case 'table':
        return this.#table(block);
      case 'rule':
        return element('hr');
    }
  };

  #codeBlock({ language, lines }: Code): ElementShape {
    const label = element('span', LANGUAGE.test(language) ? [language] : [], { class: 'code-language' });
    const copy = element('button', [this.#labels.copy], {
      class: 'copy',
      part: 'copy-button',
      type: 'button',
    });
    const code = element('code', codeTexts(lines));
    return element(
      'div',
      [
        element('div', [label, copy], { class: 'code-head' }),
        element('pre', [code], { tabindex: '0', role: 'group', 'aria-label': this.#labels.code, dir: 'ltr' }),
      ],
      { class: 'code', part: 'code-block' },
    );
  }

  #list({ start, tight, items }: List): ElementShape {
    const children = drawn(items, (item) => this.#item(item, tight), tight ? 'tight' : 'loose');
    if (start === undefined) return element('ul', children);
    return element('ol', children, start === 1 ? {} : { start: String(start) });
  }

  #item({ checked, children }: ListItem, tight: boolean): ElementShape {
    const shapes: Shape[] = [];
    // The box stands in the text: in the first paragraph, where paragraphs are drawn.
    let box = checked === undefined ? [] : [this.#checkBox(checked)];
    for (const child of children) {
      if (child.type !== 'paragraph') shapes.push(...box, this.#block(child));
      else if (tight) shapes.push(...box, ...inlines(child.children));
      else
        shapes.push(
          box.length === 0 ? this.#block(child) : element('p', [...box, ...inlines(child.children)]),
        );
      box = [];
    }
    return element('li', shapes, checked === undefined ? {} : { class: 'task' });
  }

  #checkBox(checked: boolean): ElementShape {
    const { taskDone, taskOpen } = this.#labels;
    const attributes = { type: 'checkbox', disabled: '', 'aria-label': checked ? taskDone : taskOpen };
    return element('input', [], checked ? { ...attributes, checked: '' } : attributes);
  }

  #table({ alignments, head, rows }: Table): ElementShape {
    const attributes = alignments.map((align): Attributes => (align === undefined ? {} : { align }));
    const row = ({ cells }: TableRow, tag: 'th' | 'td'): ElementShape =>
      element(
        'tr',
        cells.map((cell, index) => element(tag, inlines(cell), attributes[index])),
      );
    const body = element(
      'tbody',
      drawn(rows, (cells) => row(cells, 'td')),
    );
    const parts = [element('thead', [row(head, 'th')]), ...(rows.length === 0 ? [] : [body])];
    return element('div', [element('table', parts)], {
      class: 'table',
      part: 'table',
      role: 'group',
      tabindex: '0',
      'aria-label': this.#labels.table,
    });
  }
}

/** A text node for each chunk of lines: a line that grows does not cost a whole program. */
function codeTexts({ chunks, rest }: Sequence<string>): DrawnChildren {
  const texts = rest.length === 0 ? chunks : [...chunks, rest];
  return drawn(Sequence.of(texts), (lines) => (lines === texts[0] ? '' : '\n') + lines.join('\n'));
}

function inlines(nodes: readonly Inline[]): Shape[] {
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

function plainText(nodes: readonly Inline[]): string {
  return nodes
    .map((node) => {
      if ('children' in node) return plainText(node.children);
      return node.type === 'break' ? '\n' : node.text;
    })
    .join('');
}
