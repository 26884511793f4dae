/** Markdown, CommonMark 0.31 and the extensions of GFM, to a tree. Pure: no DOM, no clock, no state. */
import { MarkdownDocument } from './document.ts';
import type { Sequence } from './sequence.ts';
import type { Block } from './tree.ts';

export function parseMarkdown(text: string): Sequence<Block> {
  return new MarkdownDocument().finish(text);
}
