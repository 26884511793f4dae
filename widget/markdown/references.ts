/**
 * What references are defined as, and the texts in which they stand: what was read with a link missing is read anew when
 * its definition comes late.
 */
import type { ChildState, LeafState, OpenLeaf, OpenState, RowState } from './block-state.ts';
import { parseInlines } from './inline-parser.ts';
import type { Definition, Target } from './link-syntax.ts';
import type { Sequence } from './sequence.ts';
import type { Inline } from './tree.ts';

/** Addresses that definitions may bring in, in characters: a few kB could name one long address millions of times. */
const REFERRED_MAX_CHARS = 1_000_000;

export class References {
  readonly #definitions = new Map<string, Target>();
  /** Labels that were looked up in vain, by anybody. */
  readonly #missing = new Set<string>();
  /** A definition came after somebody had asked for it. */
  #isLate = false;
  /** So many texts were read again. */
  #renewed = 0;
  /** Characters of addresses in all that is there for good. */
  #referredChars = 0;

  /** The first definition of a label holds. */
  define({ label, ...target }: Definition): void {
    if (this.#definitions.has(label)) return;
    this.#definitions.set(label, target);
    this.#isLate ||= this.#missing.has(label);
  }

  /**
   * The block itself, read: a copy of each would take longer than to read it. `isUnfinished`: the text may go on.
   * `isPassing`: it is read again at the next update.
   */
  leaf(block: OpenLeaf, isUnfinished = false, isPassing = false): LeafState {
    const missing = new Set<string>();
    const children = this.#read(block.text.trim(), missing, isUnfinished, isPassing);
    return Object.assign(block, { missing, children });
  }

  /** `isUnfinished`: the last of its cells may go on. */
  row(texts: readonly string[], isUnfinished = false, isPassing = false): RowState {
    const missing = new Set<string>();
    const last = isUnfinished ? texts.findLastIndex((text) => text !== '') : -1;
    const cells = texts.map((text, index) => this.#read(text, missing, index === last, isPassing));
    return { type: 'row', texts, missing, cells };
  }

  /** Brings up to date what is in these blocks. */
  renewAll(blocks: readonly OpenState[]): void {
    if (!this.#isLate) return;
    for (const block of blocks) this.#renew(block);
    this.#isLate = false;
  }

  /** True where something was read anew. */
  #renew(state: OpenState | ChildState): boolean {
    const before = this.#renewed;
    if ('missing' in state) {
      if ([...state.missing].some((label) => this.#definitions.has(label))) {
        Object.assign(state, state.type === 'row' ? this.row(state.texts) : this.leaf(state));
        this.#renewed += 1;
      }
    } else {
      if (state.type === 'table') this.#renew(state.head);
      if ('children' in state) this.#renewChildren(state);
    }
    return this.#renewed > before;
  }

  #renewChildren(parent: { children: Sequence<ChildState> }): void {
    // Another object, for those who know it again.
    parent.children = parent.children.map((child) => (this.#renew(child) ? { ...child } : child));
  }

  #read(text: string, missing: Set<string>, isUnfinished: boolean, isPassing: boolean): readonly Inline[] {
    let referredChars = this.#referredChars;
    const lookUp = (label: string): Target | undefined => {
      const target = this.#definitions.get(label);
      if (target === undefined) {
        missing.add(label);
        this.#missing.add(label);
        return undefined;
      }
      referredChars += target.href.length;
      return referredChars > REFERRED_MAX_CHARS ? undefined : target;
    };
    const inlines = parseInlines(text, { isUnfinished, lookUp });
    if (!isPassing) this.#referredChars = referredChars;
    return inlines;
  }
}
