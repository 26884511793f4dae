/**
 * Shows Markdown in an element of the page, also while it is still arriving. All that is ever in the element is made
 * here; the caller gives the whole text so far, at most once a frame, and says when it is complete.
 *
 * For the style sheet:
 *   .code[part=code-block] > .code-head > (.code-language + button.copy[part=copy-button]); .code > pre > code
 *   .table[part=table] > table, with `align` on th and td
 *   li.task > (p >)? input[type=checkbox]
 *   p.html: raw HTML, shown as it was written (white-space: pre-wrap)
 */
import { MarkdownDocument } from './document.ts';
import { patch, type Parent } from './patch.ts';
import { Renderer, type MarkdownLabels } from './render.ts';
import type { Sequence } from './sequence.ts';
import type { Block } from './tree.ts';

export type { MarkdownLabels } from './render.ts';

/** Somebody wants a code block in the clipboard. `button` is the one that was pressed. */
export type OnCopy = (code: Element, button: HTMLButtonElement) => void;

export class MarkdownView {
  readonly #document = new MarkdownDocument();
  readonly #renderer: Renderer;
  readonly #root: Parent;

  /** The element has to be empty, and stay the view's own. */
  constructor(container: Element, labels: MarkdownLabels, onCopy: OnCopy) {
    this.#renderer = new Renderer(labels);
    this.#root = { node: container, children: [] };
    container.addEventListener('click', ({ target }) => {
      const button = target instanceof Element ? target.closest('button.copy') : null;
      const code = button?.closest('.code')?.querySelector('code');
      if (button instanceof HTMLButtonElement && code) onCopy(code, button);
    });
  }

  /** The whole text so far. More will come, so what is open at its end is shown as if it were closed. */
  update(text: string): void {
    this.#draw(this.#document.update(text));
  }

  /** The whole text. */
  finish(text: string): void {
    this.#draw(this.#document.finish(text));
  }

  #draw(blocks: Sequence<Block>): void {
    patch(this.#root, this.#renderer.render(blocks));
  }
}
