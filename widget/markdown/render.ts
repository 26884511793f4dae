/**
 * The tree to shapes. Whatever of the tree may not be shown as what it is (raw HTML, an image, a link to somewhere
 * that is no web page or mail) is shown as text here.
 */
import { inlineShapes } from './inline-shapes.ts';
import { Sequence } from './sequence.ts';
import {
  drawn,
  element,
  GROUP,
  inGroups,
  type Attributes,
  type DrawnChildren,
  type ElementShape,
  type Shape,
} from './shape.ts';
import { tableShape } from './table-shape.ts';
import type { Block, Code, HeadingLevel, List, ListItem } from './tree.ts';

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

/** What a language may be called, to be named. */
const LANGUAGE = /^[\w.+#-]{1,24}$/;

export class Renderer {
  readonly #labels: MarkdownLabels;

  constructor(labels: MarkdownLabels) {
    this.#labels = labels;
  }

  render(blocks: Sequence<Block>): DrawnChildren {
    return inGroups(blocks, this.#block);
  }

  readonly #block = (block: Block): ElementShape => {
    switch (block.type) {
      case 'paragraph':
        return element('p', inlineShapes(block.children));
      case 'heading':
        return element(HEADING_TAGS[block.level], inlineShapes(block.children));
      case 'code':
        return this.#codeBlock(block);
      case 'html':
        return element('p', [block.text], { class: 'html' });
      case 'quote':
        return element('blockquote', this.render(block.children));
      case 'list':
        return this.#list(block);
      case 'table':
        return tableShape(block, this.#labels.table);
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
    const code = element('code', codeLines(lines));
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
    const children = inGroups(items, (item) => this.#item(item, tight), {
      attributes: ITEM_GROUP,
      manner: tight ? 'tight' : 'loose',
    });
    // Said, because checkers take a list with anything but items in it for a broken one.
    const role: Attributes = items.chunks.length > 0 ? { role: 'list' } : {};
    if (start === undefined) return element('ul', children, role);
    return element('ol', children, start === 1 ? role : { ...role, start: String(start) });
  }

  #item({ checked, children }: ListItem, tight: boolean): ElementShape {
    const shapes: Shape[] = [];
    // The box stands in the text: in the first paragraph, where paragraphs are drawn.
    let box = checked === undefined ? [] : [this.#checkBox(checked)];
    for (const child of children) {
      if (child.type !== 'paragraph') shapes.push(...box, this.#block(child));
      else if (tight) shapes.push(...box, ...inlineShapes(child.children));
      else
        shapes.push(
          box.length === 0 ? this.#block(child) : element('p', [...box, ...inlineShapes(child.children)]),
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
}

/** Neither the list nor its items are to notice. */
const ITEM_GROUP: Attributes = { class: 'group', role: 'none' };

/**
 * Lines in groups, so that one that grows does not cost a whole program. Each but the last ends with the end of its last
 * line, which a block does not show.
 */
function codeLines({ chunks, rest }: Sequence<string>): DrawnChildren {
  const whole = rest.length === 0 ? chunks : [...chunks, rest];
  // What is last is drawn otherwise when it no longer is, so it must not be taken for the same.
  const last = [...(whole.at(-1) ?? [])];
  const groups = whole.length === 0 ? [] : [...whole.slice(0, -1), last];
  return drawn(Sequence.of(groups), (lines) =>
    element('span', [lines.join('\n') + (lines === last ? '' : '\n')], GROUP),
  );
}
