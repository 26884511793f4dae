/**
 * The tree to shapes. Whatever of the tree may not be shown as what it is (raw HTML, an image, a link to somewhere
 * that is no web page or mail) is shown as text here.
 */
import { inlineShapes } from './inline-shapes.ts';
import type { Sequence } from './sequence.ts';
import { element, GROUP, inGroups, type Attributes, type Child, type ElementShape } from './shape.ts';
import { tableShape } from './table-shape.ts';
import type { Block, Code, List, ListItem } from './tree.ts';

export interface MarkdownLabels {
  /** The button of a code block. */
  readonly copyCode: string;
  /** Names of the two states of a task, and of the scrolling areas, for those who do not see them. */
  readonly taskDone: string;
  readonly taskOpen: string;
  readonly table: string;
  readonly code: string;
}

/** What a language may be called, to be named. */
const LANGUAGE = /^[\w.+#-]{1,24}$/;

export class Renderer {
  readonly #labels: MarkdownLabels;

  constructor(labels: MarkdownLabels) {
    this.#labels = labels;
  }

  render(blocks: Sequence<Block>): readonly Child[] {
    return inGroups(blocks, this.#block);
  }

  readonly #block = (block: Block): ElementShape => {
    switch (block.type) {
      case 'paragraph':
        return element('p', inlineShapes(block.children));
      case 'heading':
        return element(`h${block.level}`, inlineShapes(block.children));
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
    const copy = element('button', [this.#labels.copyCode], {
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

  #list({ start, tight, children }: List): ElementShape {
    const items = inGroups(children, tight ? this.#tightItem : this.#looseItem, ITEM_GROUP);
    // Said, because checkers take a list with anything but items in it for a broken one.
    const role: Attributes = children.chunks.length > 0 ? { role: 'list' } : {};
    return start === undefined
      ? element('ul', items, role)
      : element('ol', items, { ...role, ...(start !== 1 && { start: String(start) }) });
  }

  readonly #tightItem = (item: ListItem): ElementShape => this.#item(item, true);
  readonly #looseItem = (item: ListItem): ElementShape => this.#item(item, false);

  #item({ checked, children }: ListItem, tight: boolean): ElementShape {
    const shapes: Child[] = [];
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
    const label = checked ? taskDone : taskOpen;
    return element('input', [], {
      type: 'checkbox',
      disabled: '',
      'aria-label': label,
      ...(checked && { checked: '' }),
    });
  }
}

/** Neither the list nor its items are to notice. */
const ITEM_GROUP: Attributes = { class: 'group', role: 'none' };

/**
 * Lines in groups, so that one that grows does not cost a whole program. Each but the last ends with the end of its last
 * line, which a block does not show.
 */
function codeLines({ groups }: Sequence<string>): Child[] {
  return groups.map((lines, index) => {
    const end = index < groups.length - 1 ? '\n' : '';
    return { item: lines, manner: end, draw: () => element('span', [lines.join('\n') + end], GROUP) };
  });
}
