/**
 * The block parser's own nodes. What is in `children` is complete; the child that is still open is on the parser's
 * stack and nowhere else, so that a copy of the stack is all it takes to go on from here in two ways.
 */
import type { Sequence } from './sequence.ts';
import type { Alignment, Block, HeadingLevel, ListItem, TableRow } from './tree.ts';

interface BaseState<Node> {
  readonly startLine: number;
  /** Last line that belongs to the block; right once the block is complete. */
  endLine: number;
  /** Nothing that follows can change the block, except that a definition can make a link of its text. */
  closed: boolean;
  /** What `tree-builder.ts` made of it, once it was closed. */
  built: Node | undefined;
}

export interface DocumentState {
  readonly kind: 'document';
  children: Sequence<FlowState>;
}

export interface QuoteState extends BaseState<Block> {
  readonly kind: 'quote';
  children: Sequence<FlowState>;
}

export interface ListMarker {
  /** `-`, `+` or `*`, or what follows the number: two kinds never share a list. */
  readonly delimiter: string;
  /** Number of the item; undefined for bullets. */
  readonly start: number | undefined;
  readonly offset: number;
  readonly padding: number;
}

export interface ListState extends BaseState<Block> {
  readonly kind: 'list';
  readonly marker: ListMarker;
  children: Sequence<ItemState>;
  tight: boolean;
}

export interface ItemState extends BaseState<ListItem> {
  readonly kind: 'item';
  readonly marker: ListMarker;
  children: Sequence<FlowState>;
  checked: boolean | undefined;
}

export interface ParagraphState extends BaseState<Block> {
  readonly kind: 'paragraph';
  text: string;
  /** The end of `text`, which is costly to take from a text that grows. */
  lastLine: string;
}

export interface HeadingState extends BaseState<Block> {
  readonly kind: 'heading';
  readonly level: HeadingLevel;
  readonly text: string;
}

export interface Fence {
  readonly character: string;
  readonly length: number;
  /** Columns that the fence is indented by, and that its lines lose. */
  readonly indent: number;
}

export interface CodeState extends BaseState<Block> {
  readonly kind: 'code';
  /** Undefined: an indented code block. */
  readonly fence: Fence | undefined;
  readonly language: string;
  lines: Sequence<string>;
  /** Blank lines, each with its end, that belong to an indented block only if more code follows. */
  blankLines: string;
}

export interface HtmlState extends BaseState<Block> {
  readonly kind: 'html';
  /** Ends the block on the line that matches; undefined: a blank line ends it. */
  readonly end: RegExp | undefined;
  text: string;
}

export interface RuleState extends BaseState<Block> {
  readonly kind: 'rule';
}

export interface TableState extends BaseState<Block> {
  readonly kind: 'table';
  readonly alignments: readonly Alignment[];
  readonly head: RowState;
  rows: Sequence<RowState>;
  /** Cells that short rows may still be filled up with. */
  spareCells: number;
}

export interface RowState {
  readonly kind: 'row';
  readonly cells: readonly string[];
  readonly closed: boolean;
  built: TableRow | undefined;
}

/** Blocks that can stand anywhere. */
export type FlowState =
  QuoteState | ListState | ParagraphState | HeadingState | CodeState | HtmlState | RuleState | TableState;

export type BlockState = FlowState | ItemState;

export type OpenState = DocumentState | BlockState;

/** Whether a block can hold the other one. */
export function canHold(parent: OpenState, block: BlockState): boolean {
  if (parent.kind === 'list') return block.kind === 'item';
  return (
    (parent.kind === 'document' || parent.kind === 'quote' || parent.kind === 'item') && block.kind !== 'item'
  );
}

export function appendChild(parent: OpenState, block: BlockState): void {
  if (parent.kind === 'list' && block.kind === 'item') parent.children = parent.children.append(block);
  else if (block.kind !== 'item' && 'children' in parent && parent.kind !== 'list') {
    parent.children = parent.children.append(block);
  } else throw new Error(`a ${parent.kind} cannot hold a ${block.kind}`);
}
