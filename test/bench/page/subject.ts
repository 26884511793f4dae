/** Something on a page that shows an answer while it arrives, driven by what it offers to everybody who embeds it. */

export interface Subject {
  /** Puts it on the page; resolves when it can be given an answer. */
  mount(place: HTMLElement): Promise<void>;
  /** Resolves when an answer has begun. */
  begin(): Promise<void>;
  /**
   * One more piece of the answer, as it comes from the network: what is made here is made before the clock runs, and giving it to
   * the subject is what the result does.
   */
  piece(text: string): () => void;
  /** The answer is complete. */
  end(): void;
  /** What the text of the answer is in, once there is some. */
  answer(): Node | undefined;
}

/** A question or an answer of the past. */
export interface PastMessage {
  readonly isAnswer: boolean;
  readonly text: string;
}

/** Something on a page that shows a conversation of the past. */
export interface ThreadSubject {
  /** All that can be done before the conversation is there. The result shows it, once. */
  prepare(place: HTMLElement, messages: readonly PastMessage[]): Promise<() => void>;
  /** What scrolls. */
  scroller(): Element | undefined;
  /** What the text of the newest message is in. */
  newest(): Node | undefined;
}

/** The last `length` code units of text in a node, if there are that many. */
export function tailOf(node: Node, length: number): string {
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  let tail = '';
  for (let found = walker.lastChild(); found !== null && tail.length < length; found = walker.previousNode())
    tail = (found.nodeValue ?? '').slice(-length) + tail;
  return tail.slice(-length);
}

export function nextFrame(): Promise<number> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}

/** Resolves in a task of its own, after everything that waits already; not held back as timers are. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** Once a frame, until there is something. @throws after `limitMs` */
export async function until<Found>(
  look: () => Found | undefined,
  what: string,
  limitMs = 60_000,
): Promise<Found> {
  const end = performance.now() + limitMs;
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    if (performance.now() > end) throw new Error(`There was no ${what} after ${String(limitMs / 1000)} s.`);
    await nextFrame();
  }
}

/** The last element that matches, in a document or a shadow tree. */
export function lastOf(root: ParentNode | null | undefined, selector: string): Element | undefined {
  return [...(root?.querySelectorAll(selector) ?? [])].at(-1);
}

/** Loads a classic script. */
export function loadScript(address: string): Promise<void> {
  const script = document.createElement('script');
  script.src = address;
  document.head.append(script);
  return new Promise((resolve, reject) => {
    script.onload = () => resolve();
    script.onerror = () => reject(new Error(`${address} did not load.`));
  });
}

/** Writes a question and sends it with the Enter key, as a person does. */
export function ask(field: HTMLTextAreaElement | HTMLInputElement): void {
  field.value = 'Tell me all of it.';
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  const key = { key: 'Enter', code: 'Enter', keyCode: 13, bubbles: true, composed: true, cancelable: true };
  for (const type of ['keydown', 'keypress', 'keyup']) field.dispatchEvent(new KeyboardEvent(type, key));
}
