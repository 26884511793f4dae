/** What the chats are held against: text that is only appended, and the simplest renderer that stays quick. */
import { en } from '../../../widget/i18n/en.ts';
import { MarkdownView } from '../../../widget/markdown/markdown-view.ts';
import { markdownStyles } from '../../../widget/styles/markdown.styles.ts';
import { tokenStyles } from '../../../widget/styles/tokens.styles.ts';
import type { PastMessage, Subject, ThreadSubject } from './subject.ts';

/** A box that scrolls, as a chat has one. */
function scrollBox(): HTMLElement {
  const box = document.createElement('div');
  box.style.cssText = 'block-size: 100%; overflow-y: auto; overflow-wrap: anywhere;';
  return box;
}

/** The browser lays a text node out as a whole. */
const TEXT_MAX_CHARS = 1_000;

/** The floor: text that is appended once a frame, no Markdown. */
export class TextAppend implements Subject {
  readonly #box = scrollBox();
  #text = document.createTextNode('');
  #waiting = '';

  mount(place: HTMLElement): Promise<void> {
    this.#box.style.whiteSpace = 'pre-wrap';
    place.append(this.#box);
    this.#addText();
    return Promise.resolve();
  }

  begin(): Promise<void> {
    return Promise.resolve();
  }

  piece(text: string): () => void {
    return () => {
      if (this.#waiting === '') requestAnimationFrame(() => this.#draw());
      this.#waiting += text;
    };
  }

  end(): void {
    // The last frame draws what is left.
  }

  answer(): Node {
    return this.#box;
  }

  #draw(): void {
    for (const [line] of this.#waiting.matchAll(/[^\n]*\n|[^\n]+$/g)) {
      this.#text.appendData(line);
      if (line.endsWith('\n') && this.#text.length > TEXT_MAX_CHARS) this.#addText();
    }
    this.#waiting = '';
    this.#box.scrollTop = this.#box.scrollHeight;
  }

  #addText(): void {
    const block = document.createElement('div');
    this.#text = document.createTextNode('');
    block.append(this.#text);
    this.#box.append(block);
  }
}

/**
 * Finished blocks are kept, and what is after the last blank line is parsed again once a frame, with our own parser and styles.
 * It takes plain text: no frames to read and check, no store, no turns around it.
 */
export class KeptBlocks implements Subject {
  readonly #box = scrollBox();
  #text = '';
  /** Where what is not finished begins. */
  #tailStart = 0;
  #tail = column();
  #isDue = false;

  mount(place: HTMLElement): Promise<void> {
    const root = place.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [tokenStyles, markdownStyles].flatMap(({ styleSheet }) => styleSheet ?? []);
    root.append(this.#box);
    this.#box.append(this.#tail);
    return Promise.resolve();
  }

  begin(): Promise<void> {
    return Promise.resolve();
  }

  piece(text: string): () => void {
    return () => {
      this.#text += text;
      if (this.#isDue) return;
      this.#isDue = true;
      requestAnimationFrame(() => this.#draw());
    };
  }

  end(): void {
    this.#draw();
  }

  answer(): Node {
    return this.#box;
  }

  #draw(): void {
    this.#isDue = false;
    const tail = this.#text.slice(this.#tailStart);
    const border = lastBorder(tail);
    if (border > 0) {
      const finished = column();
      new MarkdownView(finished, en, () => undefined).finish(tail.slice(0, border));
      this.#tail.before(finished);
      this.#tailStart += border;
    }
    const fresh = column();
    new MarkdownView(fresh, en, () => undefined).finish(tail.slice(border));
    this.#tail.replaceWith(fresh);
    this.#tail = fresh;
    this.#box.scrollTop = this.#box.scrollHeight;
  }
}

function column(): HTMLElement {
  const element = document.createElement('div');
  element.className = 'markdown';
  return element;
}

/** After the last blank line that is in no fence, or 0. */
function lastBorder(text: string): number {
  let border = 0;
  let isFenced = false;
  for (let start = 0, end = text.indexOf('\n'); end >= 0; start = end + 1, end = text.indexOf('\n', start)) {
    if (text.startsWith('```', start)) isFenced = !isFenced;
    else if (end === start && !isFenced) border = end + 1;
  }
  return border;
}

/** The floor of a conversation: the newest messages alone, as plain text. */
export class PlainThread implements ThreadSubject {
  readonly #box = scrollBox();

  prepare(place: HTMLElement, messages: readonly PastMessage[]): Promise<() => void> {
    place.append(this.#box);
    return Promise.resolve(() => {
      for (const { text } of messages.slice(-NEWEST)) {
        const paragraph = document.createElement('p');
        paragraph.textContent = text;
        this.#box.append(paragraph);
      }
      this.#box.scrollTop = this.#box.scrollHeight;
    });
  }

  scroller(): Element {
    return this.#box;
  }

  newest(): Node {
    return this.#box;
  }
}

const NEWEST = 50;
