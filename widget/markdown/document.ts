/**
 * A Markdown text that grows. Complete lines go into the block parser once and for good; the line that is being
 * written goes into a fork of it, which lives until the next update. So an update costs what is new, plus the leaf at
 * the end; everything before it comes back as the same objects.
 */
import { BlockParser } from './block-parser.ts';
import { visibleLine, holdBackTableHead } from './held-back.ts';
import { LineCursor } from './line-cursor.ts';
import type { Sequence } from './sequence.ts';
import type { Block } from './tree.ts';

/** A carriage return at the very end may be half of a line end. */
const LINE_END = /\r\n|\n|\r(?!$)/g;

export class MarkdownDocument {
  #text = '';
  /** Where the line begins that is being written. */
  #lineStart = 0;
  #parser = new BlockParser();

  /** The whole text so far. What does not continue the text before is parsed anew. */
  update(text: string): Sequence<Block> {
    const inProgress = this.#take(text);
    const fork = this.#parser.fork();
    const line = visibleLine(inProgress, fork.tip);
    if (line === undefined) holdBackTableHead(fork.tip);
    else fork.addLine(new LineCursor(line));
    return fork.finish();
  }

  /** The whole text, to which nothing will be added. */
  finish(text: string): Sequence<Block> {
    const line = this.#take(text);
    if (line !== '') this.#parser.addLine(new LineCursor(line));
    const blocks = this.#parser.finish();
    this.#reset();
    return blocks;
  }

  /** Feeds the lines that are complete, and returns the one that is not. */
  #take(text: string): string {
    // Comparing is a block copy's work; `startsWith` goes character by character, 30 times as slow at 80 kB.
    const start = text.slice(0, this.#text.length);
    if (start !== this.#text) this.#reset();
    this.#text = text;
    LINE_END.lastIndex = this.#lineStart;
    for (let end = LINE_END.exec(text); end !== null; end = LINE_END.exec(text)) {
      this.#parser.addLine(new LineCursor(text.slice(this.#lineStart, end.index)));
      this.#lineStart = LINE_END.lastIndex;
    }
    return text.slice(this.#lineStart).replace(/\r$/, '');
  }

  #reset(): void {
    this.#text = '';
    this.#lineStart = 0;
    this.#parser = new BlockParser();
  }
}
