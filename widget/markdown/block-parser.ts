/**
 * The block phase: lines in, a tree of open and closed blocks out. It follows the algorithm in the appendix of the
 * CommonMark specification, which looks at each line once: continue the open blocks, open new ones, add what is left.
 * Nothing here looks ahead, so a text can be fed as it arrives. Which blocks begin on a line is for `block-starts.ts`.
 */
import { startBlock } from './block-starts.ts';
import {
  isContainer,
  type BlockState,
  type ChildState,
  type CodeState,
  type DocumentState,
  type Fence,
  type NewBlock,
  type OpenParagraph,
  type OpenState,
  type RowState,
} from './block-state.ts';
import { CODE_INDENT_COLUMNS, type LineCursor } from './line-cursor.ts';
import { readDefinition } from './link-syntax.ts';
import { References } from './references.ts';
import { Sequence } from './sequence.ts';
import { splitRow } from './table-syntax.ts';
import type { Block } from './tree.ts';

/** Quotes and lists inside each other; deeper markers are text. Bounds the work per line and every recursion. */
const NESTING_MAX = 60;

const TASK = /^\[([ \txX])\][ \t\n]+(?=\S)/;
const CLOSING_FENCE = /^(?:`+|~+)[ \t]*$/;

export class BlockParser {
  readonly #references: References;
  #document: DocumentState = { type: 'document', endLine: 0, children: new Sequence() };
  /** From the outside in. */
  #open: OpenState[] = [this.#document];
  #lineNumber = 0;
  /** How many of the open blocks the current line continues. */
  #matched = 0;
  /** Its last line has not been read to the end. */
  #isFork = false;

  constructor(references = new References()) {
    this.#references = references;
  }

  /** A parser that goes on from here with an unfinished line, and leaves this one as it is. */
  fork(): BlockParser {
    this.#references.renewAll(this.#open);
    const fork = new BlockParser(this.#references);
    fork.#document = { ...this.#document };
    // Not spread, which takes longer: this is done for each update of an answer.
    fork.#open = [fork.#document, ...this.#open.slice(1).map((block) => Object.assign({}, block))];
    fork.#lineNumber = this.#lineNumber;
    fork.#isFork = true;
    return fork;
  }

  /** The innermost open block. */
  get tip(): OpenState {
    return this.#open.at(-1) ?? this.#document;
  }

  /** The innermost block that the current line continues. */
  get container(): OpenState {
    return this.#open[this.#matched - 1] ?? this.#document;
  }

  get canNest(): boolean {
    return this.#open.length < NESTING_MAX;
  }

  /** One line, without its end. */
  addLine(cursor: LineCursor): void {
    this.#lineNumber += 1;
    this.#matched = 1;
    for (const block of this.#open.slice(1)) {
      if (!this.#continue(block, cursor)) break;
      this.#matched += 1;
    }
    let block = this.container;
    while (block.type !== 'code' && block.type !== 'html' && startBlock(this, cursor)) {
      block = this.tip;
      if (isWithoutText(block)) return;
    }
    this.#addText(cursor);
  }

  /** All of it, as if it ended here. */
  finish(): Sequence<Block> {
    while (this.#open.length > 1) this.#close(this.#isFork);
    this.#references.renewAll(this.#open);
    return this.#document.children;
  }

  /** Closes what the current line does not continue. */
  closeUnmatched(): void {
    while (this.#open.length > this.#matched) this.#close();
  }

  /** Opens a block in the innermost container that can hold it, and closes what is in there. */
  open(block: NewBlock): void {
    this.closeUnmatched();
    while (block.type === 'item' ? this.tip.type !== 'list' : !isContainer(this.tip)) this.#close();
    this.#loosen();
    this.#open.push(Object.assign(block, { endLine: this.#lineNumber }));
    this.#matched = this.#open.length;
  }

  /** Takes definitions off the start of a paragraph. */
  takeDefinitions(paragraph: OpenParagraph): void {
    let offset = 0;
    while (paragraph.text.charAt(offset) === '[') {
      const definition = readDefinition(paragraph.text, offset);
      if (definition === undefined) break;
      if (!this.#isFork) this.#references.define(definition.value);
      offset = definition.end;
    }
    paragraph.text = paragraph.text.slice(offset);
  }

  /** `isUnfinished`: the last of its cells may go on. */
  readRow(texts: readonly string[], isUnfinished: boolean): RowState {
    return this.#references.row(texts, isUnfinished, this.#isFork);
  }

  /** What is left of the line is text. */
  #addText(cursor: LineCursor): void {
    // A line can be one more of a paragraph that its markers have left: lazy continuation.
    if (this.tip.type !== 'paragraph' || cursor.isBlank) this.closeUnmatched();
    const block = this.tip;
    let isLast = false;
    switch (block.type) {
      case 'paragraph':
        block.lastLine = `${cursor.text}\n`;
        block.text += block.lastLine;
        break;
      case 'html':
        block.text += `${cursor.rest}\n`;
        isLast = block.end?.test(cursor.rest) === true;
        break;
      case 'code':
        if (block.fence === undefined && cursor.isBlank) {
          block.blankLines = block.blankLines.append(cursor.rest);
          return;
        }
        isLast = isClosingFence(cursor, block.fence);
        if (!isLast) addCode(block, cursor);
        break;
      case 'table': {
        const { length } = block.alignments;
        const cells = splitRow(cursor.text).slice(0, length);
        for (; cells.length < length && block.spareCells > 0; block.spareCells -= 1) cells.push('');
        block.children = block.children.append(this.readRow(cells, this.#isFork));
        break;
      }
      default: {
        const text = `${cursor.text}\n`;
        if (!cursor.isBlank) this.open({ type: 'paragraph', text, lastLine: text });
        return;
      }
    }
    block.endLine = this.#lineNumber;
    if (isLast) this.#close();
  }

  /** A blank line between two items, or between two blocks of one, makes the list loose. */
  #loosen(): void {
    const parent = this.tip;
    const list = parent.type === 'item' ? this.#open.at(-2) : parent;
    if (list?.type === 'list' && parent.endLine < this.#lineNumber - 1) list.tight = false;
  }

  #continue(block: OpenState, cursor: LineCursor): boolean {
    switch (block.type) {
      case 'quote':
        if (!cursor.skipQuoteMarker()) return false;
        block.endLine = this.#lineNumber;
        return true;
      case 'item': {
        const { isBlank } = cursor;
        // An item may begin with one blank line, not with two.
        if (isBlank ? block === this.tip && block.children.last === undefined : cursor.indent < block.columns)
          return false;
        cursor.skip(isBlank ? cursor.indent : block.columns);
        return true;
      }
      case 'code':
        if (block.fence !== undefined) return true;
        if (!cursor.isIndented && !cursor.isBlank) return false;
        cursor.skip(Math.min(cursor.indent, CODE_INDENT_COLUMNS));
        return true;
      case 'html':
        return !cursor.isBlank || block.end !== undefined;
      case 'paragraph':
      case 'table':
        return !cursor.isBlank;
      default:
        return block.type === 'list';
    }
  }

  #close(isUnfinished = false): void {
    const block = this.#open.pop();
    const parent = this.tip;
    if (block === undefined || block.type === 'document') return;
    parent.endLine = Math.max(parent.endLine, block.endLine);
    const complete = this.#complete(block, isUnfinished);
    if (complete !== undefined && 'children' in parent) addChild(parent, complete);
  }

  /** What is known of the innermost block when all of its lines are there; undefined when nothing is left of it. */
  #complete(block: BlockState, isUnfinished: boolean): ChildState | undefined {
    if (block.type === 'html') block.text = block.text.trimEnd();
    if (block.type === 'paragraph') {
      this.takeDefinitions(block);
      if (block.text.trim() === '') return undefined;
      this.#takeTask(block);
    }
    return block.type === 'paragraph' || block.type === 'heading'
      ? this.#references.leaf(block, isUnfinished, this.#isFork)
      : block;
  }

  /** The box of a task is the start of an item's first paragraph. */
  #takeTask(paragraph: OpenParagraph): void {
    const item = this.tip;
    const task = TASK.exec(paragraph.text);
    if (item.type !== 'item' || item.children.last !== undefined || task === null) return;
    item.checked = task[1]?.trim() !== '';
    paragraph.text = paragraph.text.slice(task[0].length);
  }
}

function addChild(parent: { children: Sequence<ChildState> }, child: ChildState): void {
  parent.children = parent.children.append(child);
}

/** What is left of the line that begins it is not for its text. */
function isWithoutText(block: OpenState): boolean {
  return block.type === 'code'
    ? block.fence !== undefined
    : ['heading', 'rule', 'table'].includes(block.type);
}

function isClosingFence({ text, isIndented }: LineCursor, fence: Fence | undefined): boolean {
  return fence !== undefined && !isIndented && text.startsWith(fence.marks) && CLOSING_FENCE.test(text);
}

/** Blank lines before it turn out to be code as well. */
function addCode(block: CodeState, cursor: LineCursor): void {
  cursor.skip(Math.min(cursor.indent, block.fence?.indent ?? 0));
  for (const line of [...block.blankLines, cursor.rest]) block.lines = block.lines.append(line);
  block.blankLines = new Sequence();
}
