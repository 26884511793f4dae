/** Flat tokens of `inline-parser.ts` to nested nodes. */
import { kindOf, type DelimiterRun } from './emphasis.ts';
import type { Target } from './link-syntax.ts';
import type { EmphasisKind, Inline } from './tree.ts';

/** Emphasis and links inside each other; deeper ones lose their mark. Bounds recursion, ours and the browser's. */
const NESTING_MAX = 40;

export interface Bracket {
  readonly type: 'bracket';
  /** How it was written: `[`, or `![` of an image. */
  readonly text: string;
  readonly textStart: number;
  /** How many delimiter runs are before it: pairs inside a link do not reach out of it. */
  readonly before: number;
  /** What it opens, up to the end of the text, may become a link, and is none so far. */
  isPending: boolean;
  /** Set: it opens a link, to here. */
  target: Target | undefined;
}

/** A node is a token that is complete. */
export type Token = Inline | Bracket | { readonly type: 'bracket-end' } | DelimiterRun;

interface Frame {
  readonly opener: EmphasisKind | Bracket;
  readonly children: Inline[];
}

export function isImage({ text }: Bracket): boolean {
  return text !== '[';
}

export function nestTokens(tokens: readonly Token[]): readonly Inline[] {
  const root: Inline[] = [];
  const frames: Frame[] = [];
  /** Openers that were left out for their depth. */
  let skipped = 0;
  /** Whatever follows leads nowhere before it is known where the link around it leads. */
  let isPending = false;

  const isInLink = (): boolean => frames.some(({ opener }) => typeof opener === 'object' && !isImage(opener));

  const add = (node: Inline): void => {
    const children = frames.at(-1)?.children ?? root;
    const last = children.at(-1);
    if (node.type === 'text') {
      if (last?.type === 'text')
        children[children.length - 1] = { type: 'text', text: last.text + node.text };
      else if (node.text !== '') children.push(node);
    } else if (
      (node.type === 'link' || node.type === 'image') &&
      (isPending || (node.type === 'link' && isInLink()))
    )
      node.children.forEach(add);
    else children.push(node);
  };

  const open = (opener: Frame['opener']): void => {
    if (skipped > 0 || frames.length >= NESTING_MAX) skipped += 1;
    else frames.push({ opener, children: [] });
  };

  const close = (): void => {
    if (skipped > 0) {
      skipped -= 1;
      return;
    }
    const frame = frames.pop();
    if (frame === undefined) return;
    const { opener, children } = frame;
    if (typeof opener === 'string') add({ type: opener, children });
    else if (opener.target) add({ type: isImage(opener) ? 'image' : 'link', ...opener.target, children });
  };

  for (const token of tokens) {
    switch (token.type) {
      case 'bracket':
        if (token.target) open(token);
        else if (token.isPending) isPending = true;
        else add({ type: 'text', text: token.text });
        break;
      case 'bracket-end':
        close();
        break;
      case 'delimiters':
        for (let left = token.closes; left > 0; left -= 1) close();
        add({ type: 'text', text: token.character.repeat(token.count) });
        for (const width of token.opens) open(kindOf(token.character, width));
        break;
      default:
        add(token);
    }
  }
  // What is left open is closed by the end of an unfinished text.
  skipped = 0;
  while (frames.length > 0) close();
  return root;
}
