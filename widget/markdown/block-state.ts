/**
 * The nodes of the tree, with what the block parser has to know of them. What is in `children` is complete; the child
 * that is still open is on the parser's stack and nowhere else, so that a copy of the stack is all it takes to go on from
 * here in two ways.
 */
import type { Sequence } from './sequence.ts';
import type {
  Code,
  Heading,
  List,
  ListItem,
  Paragraph,
  Quote,
  RawHtml,
  Rule,
  Table,
  TableRow,
} from './tree.ts';

interface BaseState {
  /** The last line so far that belongs to the block. */
  endLine: number;
}

export interface DocumentState extends BaseState {
  readonly type: 'document';
  children: Sequence<FlowState>;
}

interface QuoteState extends BaseState, Quote {
  children: Sequence<FlowState>;
}

interface ListState extends BaseState, List {
  /** `-`, `+` or `*`, or what follows the number: two kinds never share a list. */
  readonly delimiter: string;
  children: Sequence<ItemState>;
  tight: boolean;
}

interface ItemState extends BaseState, ListItem {
  /** What is in the item is indented by so many. */
  readonly columns: number;
  children: Sequence<FlowState>;
  checked: boolean | undefined;
}

export interface OpenParagraph extends BaseState {
  readonly type: 'paragraph';
  text: string;
  /** The end of `text`, which is costly to take from a text that grows. */
  lastLine: string;
}

interface OpenHeading extends BaseState {
  readonly type: 'heading';
  readonly level: number;
  readonly text: string;
}

/** A paragraph or a heading whose text has not been read. */
export type OpenLeaf = OpenParagraph | OpenHeading;

export interface Fence {
  /** What the closing one begins with. */
  readonly marks: string;
  /** Columns that the fence is indented by, and that its lines lose. */
  readonly indent: number;
}

export interface CodeState extends BaseState, Code {
  /** Undefined: an indented code block. */
  readonly fence: Fence | undefined;
  lines: Sequence<string>;
  /** Blank lines, which belong to an indented block only if more code follows. */
  blankLines: Sequence<string>;
}

interface HtmlState extends BaseState, RawHtml {
  /** Ends the block on the line that matches; undefined: a blank line ends it. */
  readonly end: RegExp | undefined;
  text: string;
}

type RuleState = BaseState & Rule;

interface TableState extends BaseState, Table {
  readonly head: RowState;
  children: Sequence<RowState>;
  /** Cells that short rows may still be filled up with. */
  spareCells: number;
}

interface ReadState {
  /** Labels that were looked up in vain: their definitions may come late. */
  readonly missing: ReadonlySet<string>;
}

export interface RowState extends ReadState, TableRow {
  readonly texts: readonly string[];
}

export type LeafState = ReadState & ((OpenParagraph & Paragraph) | (OpenHeading & Heading));

type OtherState = QuoteState | ListState | CodeState | HtmlState | RuleState | TableState;

/** Complete, and able to stand anywhere. */
export type FlowState = OtherState | LeafState;

/** Complete, and somebody's child. */
export type ChildState = FlowState | ItemState | RowState;

/** What a line can open. */
export type BlockState = OtherState | OpenLeaf | ItemState;

export type OpenState = DocumentState | BlockState;

/** Before it is opened. */
export type NewBlock<Block = BlockState> = Block extends BlockState ? Omit<Block, keyof BaseState> : never;

/** Whether blocks can stand in it; in a list there are items, and nothing else. */
export function isContainer(block: OpenState): boolean {
  return block.type === 'document' || block.type === 'quote' || block.type === 'item';
}
