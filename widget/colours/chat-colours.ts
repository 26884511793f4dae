/**
 * Follows one `<ivy-chat>` from outside, as a controller that it tells when it comes and goes. What is known of it is
 * the markup of code blocks in its shadow root, as `markdown-view.ts` describes it.
 */
import { CodeBlock } from './code-block.ts';
import type { Highlights } from './paint.ts';
import type { Work } from './work.ts';

const BLOCK = '[part~="code-block"]';

/** What the main script's element is to this one. */
export interface ChatElement extends Element {
  addController(controller: ChatColours): void;
}

export function isChat(target: unknown): target is ChatElement {
  return target instanceof Element && target.localName === 'ivy-chat' && 'addController' in target;
}

export class ChatColours {
  readonly #chat: ChatElement;
  readonly #highlights: Highlights;
  readonly #work: Work;
  readonly #sheet: CSSStyleSheet;
  readonly #blocks = new Map<Element, CodeBlock>();
  readonly #changes = new MutationObserver((records) => this.#read(records));
  /** Scrolling is heard of by itself; this is for what else brings a block into sight. */
  readonly #sight = new IntersectionObserver(() => this.#work.look());

  constructor(chat: ChatElement, highlights: Highlights, work: Work, sheet: CSSStyleSheet) {
    this.#chat = chat;
    this.#highlights = highlights;
    this.#work = work;
    this.#sheet = sheet;
    chat.addController(this);
  }

  hostConnected(): void {
    const root = this.#chat.shadowRoot;
    if (root === null) return;
    if (!root.adoptedStyleSheets.includes(this.#sheet)) root.adoptedStyleSheets.push(this.#sheet);
    this.#changes.observe(root, { subtree: true, childList: true, characterData: true });
    root.addEventListener('scroll', this.#onScroll, { capture: true, passive: true });
    this.#readAll(root);
  }

  hostDisconnected(): void {
    this.#changes.disconnect();
    this.#sight.disconnect();
    this.#chat.shadowRoot?.removeEventListener('scroll', this.#onScroll, { capture: true });
    for (const element of this.#blocks.keys()) this.#forget(element);
  }

  #read(records: readonly MutationRecord[]): void {
    const changed = new Set<Element>();
    let isLess = false;
    for (const { target, addedNodes, removedNodes } of records) {
      const element = target instanceof Element ? target : target.parentElement;
      const block = element?.closest(BLOCK);
      if (block) changed.add(block);
      else for (const node of addedNodes) if (node instanceof Element) this.#readAll(node);
      if (removedNodes.length > 0) isLess = true;
    }
    for (const block of changed) this.#readOne(block);
    if (!isLess) return;
    for (const element of this.#blocks.keys()) if (!element.isConnected) this.#forget(element);
  }

  #readAll(root: Element | ShadowRoot): void {
    if (root instanceof Element && root.matches(BLOCK)) this.#readOne(root);
    else for (const block of root.querySelectorAll(BLOCK)) this.#readOne(block);
  }

  #readOne(element: Element): void {
    if (!element.isConnected) return;
    let block = this.#blocks.get(element);
    if (block === undefined) {
      const code = element.querySelector('pre > code');
      if (code === null) return;
      block = new CodeBlock(element, code, this.#highlights);
      this.#blocks.set(element, block);
      this.#sight.observe(element);
    }
    this.#work.add(block);
  }

  #forget(element: Element): void {
    const block = this.#blocks.get(element);
    if (block === undefined) return;
    this.#blocks.delete(element);
    this.#sight.unobserve(element);
    this.#work.remove(block);
  }

  readonly #onScroll = (): void => this.#work.look();
}
