/**
 * The tree between parser and renderer: plain immutable data, close to mdast but without positions. A node that did
 * not change between two updates is the same object, which is how the renderer knows what it may leave alone.
 */
import type { Sequence } from './sequence.ts';

export type Block = Paragraph | Heading | Code | RawHtml | Quote | List | Table | Rule;

export interface Paragraph {
  readonly type: 'paragraph';
  readonly children: readonly Inline[];
}

export interface Heading {
  readonly type: 'heading';
  /** 1 to 6. */
  readonly level: number;
  readonly children: readonly Inline[];
}

export interface Code {
  readonly type: 'code';
  /** First word of the info string of a fence, decoded but not checked; empty when there is none. */
  readonly language: string;
  /** Without their ends. */
  readonly lines: Sequence<string>;
}

/** A block that CommonMark passes through as HTML. Here it is text, and shown as it was written. */
export interface RawHtml {
  readonly type: 'html';
  readonly text: string;
}

export interface Quote {
  readonly type: 'quote';
  readonly children: Sequence<Block>;
}

export interface List {
  readonly type: 'list';
  /** Number of the first item, or undefined for a bullet list. */
  readonly start: number | undefined;
  /** Paragraphs of the items are drawn without `<p>`. */
  readonly tight: boolean;
  readonly children: Sequence<ListItem>;
}

export interface ListItem {
  readonly type: 'item';
  /** State of the check box of a task; undefined when the item is none. */
  readonly checked: boolean | undefined;
  readonly children: Sequence<Block>;
}

export type Alignment = 'left' | 'center' | 'right' | undefined;

export interface Table {
  readonly type: 'table';
  readonly alignments: readonly Alignment[];
  readonly head: TableRow;
  /** Without the head. */
  readonly children: Sequence<TableRow>;
}

export interface TableRow {
  readonly type: 'row';
  readonly cells: readonly (readonly Inline[])[];
}

export interface Rule {
  readonly type: 'rule';
}

export type Inline = Text | CodeSpan | InlineHtml | LineBreak | Emphasis | Link | Image;

/** Soft line breaks are in here, as `\n`. */
export interface Text {
  readonly type: 'text';
  readonly text: string;
}

export interface CodeSpan {
  readonly type: 'code-span';
  readonly text: string;
}

export interface InlineHtml {
  readonly type: 'inline-html';
  readonly text: string;
}

export interface LineBreak {
  readonly type: 'break';
}

export type EmphasisKind = 'emphasis' | 'strong' | 'strikethrough';

export interface Emphasis {
  readonly type: EmphasisKind;
  readonly children: readonly Inline[];
}

/** `href` is what was written, decoded: whether it may become an anchor is for `url-policy.ts` to say. */
export interface Link {
  readonly type: 'link';
  readonly href: string;
  readonly title: string;
  readonly children: readonly Inline[];
}

export interface Image {
  readonly type: 'image';
  readonly href: string;
  readonly title: string;
  readonly children: readonly Inline[];
}
