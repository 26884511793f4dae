/**
 * The block parser's nodes to the immutable tree. What is closed is built once; what is not is taken to be unfinished,
 * down to the last leaf.
 */
import type {
  BlockState,
  FlowState,
  HeadingState,
  ItemState,
  ParagraphState,
  RowState,
} from './block-state.ts';
import { parseInlines } from './inline-parser.ts';
import type { Definition, Target } from './link-syntax.ts';
import { ChunkMap, type Sequence } from './sequence.ts';
import type { Block, Inline, ListItem, TableRow } from './tree.ts';

/** Addresses that definitions may bring in, in characters: a few kB could name one long address millions of times. */
const REFERRED_MAX_CHARS = 1_000_000;

type InlineState = ParagraphState | HeadingState | RowState;

export class TreeBuilder {
  readonly #blocks = new ChunkMap<FlowState, Block>();
  readonly #items = new ChunkMap<ItemState, ListItem>();
  readonly #rows = new ChunkMap<RowState, TableRow>();
  readonly #definitions = new Map<string, Target>();
  /** Labels that were looked up in vain: by whom, and by anybody. */
  readonly #missing = new WeakMap<InlineState, Set<string>>();
  readonly #allMissing = new Set<string>();
  /** Definitions that came after somebody had asked for them. */
  readonly #late = new Set<string>();
  /** Characters of addresses in all that is built. */
  #referredChars = 0;

  /** The first definition of a label holds. */
  define({ label, href, title }: Definition): void {
    if (this.#definitions.has(label)) return;
    this.#definitions.set(label, { href, title });
    if (this.#allMissing.has(label)) this.#late.add(label);
  }

  build(blocks: Sequence<FlowState>): Sequence<Block> {
    if (this.#late.size > 0) {
      if (this.#forgetAllLate(blocks))
        for (const map of [this.#blocks, this.#items, this.#rows]) map.forget();
      this.#late.clear();
    }
    return this.#buildAll(blocks);
  }

  #buildAll(blocks: Sequence<FlowState>): Sequence<Block> {
    return this.#blocks.map(blocks, (block) => {
      const built = block.built ?? this.#build(block);
      if (block.closed) block.built = built;
      return built;
    });
  }

  #build(block: FlowState): Block {
    switch (block.kind) {
      case 'paragraph':
        return { type: 'paragraph', children: this.#parse(block, block.text.trim()) };
      case 'heading':
        return { type: 'heading', level: block.level, children: this.#parse(block, block.text) };
      case 'code':
        return { type: 'code', language: block.language, lines: block.lines };
      case 'html':
        return { type: 'html', text: block.text };
      case 'quote':
        return { type: 'quote', children: this.#buildAll(block.children) };
      case 'list':
        return {
          type: 'list',
          start: block.marker.start,
          tight: block.tight,
          items: this.#items.map(block.children, (item) => this.#buildItem(item)),
        };
      case 'table':
        return {
          type: 'table',
          alignments: block.alignments,
          head: this.#buildRow(block.head),
          rows: this.#rows.map(block.rows, (row) => this.#buildRow(row)),
        };
      case 'rule':
        return { type: 'rule' };
    }
  }

  #buildItem(item: ItemState): ListItem {
    if (item.built) return item.built;
    const built: ListItem = { type: 'item', checked: item.checked, children: this.#buildAll(item.children) };
    if (item.closed) item.built = built;
    return built;
  }

  #buildRow(row: RowState): TableRow {
    if (row.built) return row.built;
    const last = row.closed ? -1 : row.cells.findLastIndex((cell) => cell !== '');
    const cells = row.cells.map((cell, index) => this.#parse(row, cell, index === last));
    const built: TableRow = { type: 'row', cells };
    if (row.closed) row.built = built;
    return built;
  }

  #parse(block: InlineState, text: string, isUnfinished = !block.closed): readonly Inline[] {
    let referredChars = this.#referredChars;
    const lookUp = (label: string): Target | undefined => {
      const target = this.#definitions.get(label);
      if (target === undefined) {
        this.#miss(block, label);
        return undefined;
      }
      referredChars += target.href.length;
      return referredChars > REFERRED_MAX_CHARS ? undefined : target;
    };
    const inlines = parseInlines(text, { isUnfinished, lookUp });
    // What is open is parsed again.
    if (block.closed) this.#referredChars = referredChars;
    return inlines;
  }

  #miss(block: InlineState, label: string): void {
    const missing = this.#missing.get(block) ?? new Set();
    this.#missing.set(block, missing.add(label));
    this.#allMissing.add(label);
  }

  /** Forgets what was built with a link missing that is now defined; true where something was. */
  #forgetLate(block: BlockState | RowState): boolean {
    if (!this.#isLate(block)) return false;
    block.built = undefined;
    return true;
  }

  #isLate(block: BlockState | RowState): boolean {
    switch (block.kind) {
      case 'paragraph':
      case 'heading':
      case 'row':
        return [...(this.#missing.get(block) ?? [])].some((label) => this.#late.has(label));
      case 'table':
        return this.#forgetAllLate([block.head, ...block.rows]);
      case 'quote':
      case 'list':
      case 'item':
        return this.#forgetAllLate(block.children);
      default:
        return false;
    }
  }

  #forgetAllLate(blocks: Iterable<BlockState | RowState>): boolean {
    let isLate = false;
    for (const block of blocks) if (this.#forgetLate(block)) isLate = true;
    return isLate;
  }
}
