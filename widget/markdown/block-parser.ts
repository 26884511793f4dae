/**
 * The block phase: lines in, a tree of open and closed blocks out. It follows the algorithm in the appendix of the
 * CommonMark specification, which looks at each line once: continue the open blocks, open new ones, add what is left.
 * Nothing here looks ahead, so a text can be fed as it arrives. Which blocks begin on a line is for `block-starts.ts`.
 */
import { BLOCK_STARTS, canStartBlock, type StartResult } from './block-starts.ts';
import {
  appendChild,
  canHold,
  type BlockState,
  type DocumentState,
  type ItemState,
  type OpenState,
  type ParagraphState,
} from './block-state.ts';
import { CODE_INDENT_COLUMNS, type LineCursor } from './line-cursor.ts';
import { readDefinition, type Definition } from './link-syntax.ts';
import { Sequence } from './sequence.ts';
import { splitRow } from './table-syntax.ts';

/** Quotes and lists inside each other; deeper markers are text. Bounds the work per line and every recursion. */
const NESTING_MAX = 60;

const TASK = /^\[([ \txX])\][ \t\n]+(?=\S)/;
const CLOSING_FENCE = /^(?:`{3,}|~{3,})(?=[ \t]*$)/;

type Continuation = 'matched' | 'unmatched' | 'line-done';

export class BlockParser {
  readonly #onDefinition: (definition: Definition) => void;
  readonly document: DocumentState;
  /** From the outside in. */
  readonly #open: OpenState[];
  #lineNumber = 0;
  /** How many of the open blocks the current line continues. */
  #matched = 0;
  /** Its last line has not been read to the end. */
  #isFork = false;

  constructor(
    onDefinition: (definition: Definition) => void,
    document: DocumentState = { kind: 'document', children: Sequence.empty() },
  ) {
    this.#onDefinition = onDefinition;
    this.document = document;
    this.#open = [document];
  }

  /** A parser that goes on from here with an unfinished line, and leaves this one as it is. */
  fork(): BlockParser {
    const fork = new BlockParser(() => undefined, { ...this.document });
    for (const block of this.#open.slice(1)) fork.#open.push({ ...block });
    fork.#lineNumber = this.#lineNumber;
    fork.#isFork = true;
    return fork;
  }

  /** Number of the current line, from 1. */
  get lineNumber(): number {
    return this.#lineNumber;
  }

  /** The innermost open block. */
  get tip(): OpenState {
    return this.#open.at(-1) ?? this.document;
  }

  /** The innermost block that the current line continues. */
  get container(): OpenState {
    return this.#open[this.#matched - 1] ?? this.document;
  }

  /** True while a line could be one more of a paragraph that its markers have left: lazy continuation. */
  get isLazy(): boolean {
    return this.#matched < this.#open.length && this.tip.kind === 'paragraph';
  }

  get canNest(): boolean {
    return this.#open.length < NESTING_MAX;
  }

  /** One line, without its end. */
  addLine(cursor: LineCursor): void {
    this.#lineNumber += 1;
    if (this.#continueBlocks(cursor) === 'line-done') return;
    if (this.#startBlocks(cursor) === 'line-done') return;
    this.#addText(cursor);
  }

  closeAll(): void {
    while (this.#open.length > 1) this.#close(this.#lineNumber);
  }

  /** Brings the open blocks into the shape they would have if they ended here; they do not count as closed. */
  settle(): void {
    while (this.#open.length > 1) this.#settle(this.#lineNumber);
  }

  /** Closes what the current line does not continue. */
  closeUnmatched(): void {
    while (this.#open.length > this.#matched) this.#close(this.#lineNumber - 1);
  }

  /** Opens a block in the innermost container that can hold it; the line's text goes there. */
  open(block: BlockState): void {
    this.closeUnmatched();
    while (!canHold(this.tip, block)) this.#close(this.#lineNumber - 1);
    this.#loosen();
    this.#open.push(block);
    this.#matched = this.#open.length;
  }

  /** Ends the innermost block, a paragraph, before `offset` of its text, and lets another begin there. */
  splitParagraph(paragraph: ParagraphState, offset: number, block: BlockState): void {
    if (offset > 0) {
      paragraph.text = paragraph.text.slice(0, offset);
      this.#close(this.#lineNumber - 1);
    } else {
      this.#open.pop();
    }
    this.#open.push(block);
    this.#matched = this.#open.length;
  }

  /** Takes definitions off the start of a paragraph. */
  takeDefinitions(paragraph: ParagraphState): void {
    let offset = 0;
    while (paragraph.text.charAt(offset) === '[') {
      const definition = readDefinition(paragraph.text, offset);
      if (definition === undefined) break;
      this.#onDefinition(definition.value);
      offset = definition.end;
    }
    paragraph.text = paragraph.text.slice(offset);
  }

  /** A blank line between two items, or between two blocks of one, makes the list loose. */
  #loosen(): void {
    const parent = this.tip;
    const list = parent.kind === 'item' ? this.#open.at(-2) : parent;
    if (list?.kind !== 'list' || (parent.kind !== 'list' && parent.kind !== 'item')) return;
    const before = parent.children.last;
    if (before !== undefined && before.endLine < this.#lineNumber - 1) list.tight = false;
  }

  #continueBlocks(cursor: LineCursor): Continuation {
    this.#matched = 1;
    for (const block of this.#open.slice(1)) {
      cursor.look();
      const continuation = this.#continue(block, cursor);
      if (continuation !== 'matched') return continuation;
      this.#matched += 1;
    }
    return 'matched';
  }

  #continue(block: OpenState, cursor: LineCursor): Continuation {
    switch (block.kind) {
      case 'quote':
        if (cursor.isIndented || !cursor.text.startsWith('>')) return 'unmatched';
        cursor.skipIndent();
        cursor.skipCharacters(1);
        cursor.skipOptionalSpace();
        return 'matched';
      case 'item':
        // An item may begin with one blank line, not with two.
        if (cursor.isBlank && block === this.tip && block.children.length === 0) return 'unmatched';
        return continueItem(block, cursor);
      case 'code':
        if (block.fence === undefined) {
          if (cursor.isIndented) cursor.skipColumns(CODE_INDENT_COLUMNS);
          else if (cursor.isBlank) cursor.skipIndent();
          else return 'unmatched';
          return 'matched';
        }
        if (!cursor.isIndented && cursor.text.startsWith(block.fence.character)) {
          const closing = CLOSING_FENCE.exec(cursor.text);
          if (closing !== null && closing[0].length >= block.fence.length) {
            this.#close(this.#lineNumber);
            return 'line-done';
          }
        }
        cursor.skipColumns(Math.min(cursor.indent, block.fence.indent));
        return 'matched';
      case 'html':
        return cursor.isBlank && block.end === undefined ? 'unmatched' : 'matched';
      case 'paragraph':
      case 'table':
        return cursor.isBlank ? 'unmatched' : 'matched';
      case 'heading':
      case 'rule':
        return 'unmatched';
      case 'document':
      case 'list':
        return 'matched';
    }
  }

  #startBlocks(cursor: LineCursor): 'line-done' | undefined {
    for (;;) {
      const kind = this.container.kind;
      if (kind === 'code' || kind === 'html') return undefined;
      cursor.look();
      const result = canStartBlock(cursor) ? this.#startBlock(cursor) : 'none';
      if (result === 'none') cursor.skipIndent();
      if (result === 'line-done') return result;
      if (result !== 'container') return undefined;
    }
  }

  #startBlock(cursor: LineCursor): StartResult {
    for (const start of BLOCK_STARTS) {
      const result = start(this, cursor);
      if (result !== 'none') return result;
    }
    return 'none';
  }

  #addText(cursor: LineCursor): void {
    if (this.isLazy && !cursor.isBlank) {
      appendLine(this.tip, cursor);
      return;
    }
    this.closeUnmatched();
    const block = this.tip;
    if (block.kind === 'table') {
      const cells = splitRow(cursor.text).slice(0, block.alignments.length);
      while (cells.length < block.alignments.length && block.spareCells > 0) {
        cells.push('');
        block.spareCells -= 1;
      }
      block.rows = block.rows.append({ kind: 'row', cells, closed: !this.#isFork, built: undefined });
    } else if (appendLine(block, cursor)) {
      if (block.kind === 'html' && block.end?.test(cursor.rest) === true) this.#close(this.#lineNumber);
    } else if (!cursor.isBlank) {
      this.open({
        kind: 'paragraph',
        startLine: this.#lineNumber,
        endLine: 0,
        closed: false,
        built: undefined,
        text: '',
        lastLine: '',
      });
      cursor.skipIndent();
      appendLine(this.tip, cursor);
    }
  }

  #close(endLine: number): void {
    this.#settle(endLine).closed = true;
  }

  /** Hands the innermost open block to its parent, complete as it is. */
  #settle(endLine: number): BlockState {
    const block = this.#open.pop();
    if (block === undefined || block.kind === 'document') throw new Error('the document stays open');
    block.endLine = endLine;
    if (block.kind === 'html') block.text = withoutBlankEnd(block.text);
    if (block.kind === 'code' && block.fence === undefined)
      block.endLine = block.startLine + block.lines.length - 1;
    if (block.kind === 'list' || block.kind === 'item')
      block.endLine = block.children.last?.endLine ?? block.startLine;
    if (block.kind === 'paragraph') {
      this.takeDefinitions(block);
      if (block.text.trim() === '') return block;
      this.#takeTask(block);
    }
    appendChild(this.tip, block);
    return block;
  }

  /** The box of a task is the start of an item's first paragraph. */
  #takeTask(paragraph: ParagraphState): void {
    const item = this.tip;
    if (item.kind !== 'item' || item.children.length > 0) return;
    const task = TASK.exec(paragraph.text);
    if (task === null) return;
    item.checked = task[1]?.toLowerCase() === 'x';
    paragraph.text = paragraph.text.slice(task[0].length);
  }
}

function continueItem(item: ItemState, cursor: LineCursor): Continuation {
  if (cursor.isBlank) {
    cursor.skipIndent();
    return 'matched';
  }
  const columns = item.marker.offset + item.marker.padding;
  if (cursor.indent < columns) return 'unmatched';
  cursor.skipColumns(columns);
  return 'matched';
}

/** False where the block does not hold lines. */
function appendLine(block: OpenState, cursor: LineCursor): boolean {
  switch (block.kind) {
    case 'paragraph':
      block.lastLine = `${cursor.rest}\n`;
      block.text += block.lastLine;
      return true;
    case 'html':
      block.text += `${cursor.rest}\n`;
      return true;
    case 'code':
      if (block.fence === undefined && cursor.isBlank) {
        block.blankLines += `${cursor.rest}\n`;
        return true;
      }
      for (const line of block.blankLines.split('\n').slice(0, -1)) block.lines = block.lines.append(line);
      block.blankLines = '';
      block.lines = block.lines.append(cursor.rest);
      return true;
    default:
      return false;
  }
}

/** Without blank lines at the end, and without the last line's own end. By hand: a pattern would be quadratic. */
function withoutBlankEnd(text: string): string {
  let end = text.length;
  while (end > 0 && ' \t\n'.includes(text.charAt(end - 1))) end -= 1;
  const lineEnd = text.indexOf('\n', end);
  return lineEnd === -1 ? text : text.slice(0, lineEnd);
}
