/** Flat tokens of `inline-parser.ts` to nested nodes. */
import { kindOf, type DelimiterRun } from './emphasis.ts';
import type { Target } from './link-syntax.ts';
import type { EmphasisKind, Inline } from './tree.ts';

/** Emphasis and links inside each other; deeper ones lose their mark. Bounds recursion, ours and the browser's. */
const NESTING_MAX = 40;

export interface Bracket {
  readonly kind: 'bracket';
  readonly isImage: boolean;
  /** How it was written. */
  readonly text: string;
  readonly textStart: number;
  /** The last delimiter run before it: pairs inside a link do not reach out of it. */
  readonly before: DelimiterRun | undefined;
  hasBracketInside: boolean;
  /** What it opens, up to the end of the text, may become a link, and is none so far. */
  isPending: boolean;
  /** Set: it opens a link, to here. */
  target: Target | undefined;
}

export type Token =
  | { readonly kind: 'text'; text: string }
  | { readonly kind: 'node'; readonly node: Inline }
  | { readonly kind: 'bracket-end' }
  | Bracket
  | DelimiterRun;

interface Frame {
  readonly opener: EmphasisKind | Bracket | undefined;
  readonly children: Inline[];
}

class Nesting {
  readonly #root: Frame = { opener: undefined, children: [] };
  readonly #frames: Frame[] = [];
  /** Openers that were left out for their depth. */
  #skipped = 0;
  #links = 0;
  #isPending = false;

  get result(): readonly Inline[] {
    return this.#root.children;
  }

  addText(text: string): void {
    if (text === '') return;
    const { children } = this.#top;
    const last = children.at(-1);
    if (last?.type === 'text') children[children.length - 1] = { type: 'text', text: last.text + text };
    else children.push({ type: 'text', text });
  }

  addNode(node: Inline): void {
    const isNestedLink = node.type === 'link' && this.#links > 0;
    const isInPending = this.#isPending && (node.type === 'link' || node.type === 'image');
    if (!isNestedLink && !isInPending) {
      this.#top.children.push(node);
      return;
    }
    for (const child of node.children) {
      if (child.type === 'text') this.addText(child.text);
      else this.addNode(child);
    }
  }

  /** Whatever follows leads nowhere before it is known where the link around it leads. */
  openPending(): void {
    this.#isPending = true;
  }

  open(opener: EmphasisKind | Bracket): void {
    if (this.#skipped > 0 || this.#frames.length >= NESTING_MAX) {
      this.#skipped += 1;
      return;
    }
    if (isLink(opener)) this.#links += 1;
    this.#frames.push({ opener, children: [] });
  }

  close(): void {
    if (this.#skipped > 0) {
      this.#skipped -= 1;
      return;
    }
    const frame = this.#frames.pop();
    if (frame?.opener === undefined) return;
    const { opener, children } = frame;
    if (isLink(opener)) this.#links -= 1;
    if (typeof opener === 'string') this.addNode({ type: opener, children });
    else if (opener.target)
      this.addNode({ type: opener.isImage ? 'image' : 'link', ...opener.target, children });
  }

  get #top(): Frame {
    return this.#frames.at(-1) ?? this.#root;
  }
}

function isLink(opener: EmphasisKind | Bracket | undefined): boolean {
  return typeof opener === 'object' && !opener.isImage;
}

export function nestTokens(tokens: readonly Token[]): readonly Inline[] {
  const nesting = new Nesting();
  for (const token of tokens) {
    switch (token.kind) {
      case 'text':
        nesting.addText(token.text);
        break;
      case 'node':
        nesting.addNode(token.node);
        break;
      case 'bracket':
        if (token.target) nesting.open(token);
        else if (token.isPending) nesting.openPending();
        else nesting.addText(token.text);
        break;
      case 'bracket-end':
        nesting.close();
        break;
      case 'delimiters':
        for (let left = token.closes; left > 0; left -= 1) nesting.close();
        nesting.addText(token.character.repeat(token.count));
        for (const width of token.opens) nesting.open(kindOf(token.character, width));
        break;
    }
  }
  return nesting.result;
}
