/**
 * Drives `<ivy-chat>` as a person would: types, presses, reads. What the relay does is played through the store that
 * the element was given.
 */
import { fixtureCleanup } from '@open-wc/testing-helpers';
import type { ThreadMessage } from '#protocol';
import { IvyChatElement } from '../../widget/index.ts';
import { FakeStore } from './fake-store.ts';

interface KeyPress extends KeyboardEventInit {
  /** What browsers report while an input method composes; the constructor of events ignores it. */
  readonly legacyKeyCode?: number;
}

/** Instead of those that each test has; undefined leaves one out. */
type ChatAttributes = Readonly<Record<string, string | undefined>>;

const realStore = IvyChatElement.createStore;

export class Chat {
  readonly element: IvyChatElement;
  /** Every store that this element has had, oldest first. */
  readonly stores: FakeStore[] = [];

  constructor(element: IvyChatElement) {
    this.element = element;
  }

  /** On the page, but not connected yet. */
  static async place(attributes: ChatAttributes = {}): Promise<Chat> {
    const chat = new Chat(document.createElement('ivy-chat'));
    IvyChatElement.createStore = (options) => {
      const store = new FakeStore(options);
      chat.stores.push(store);
      return store;
    };
    const all: ChatAttributes = { 'thread-id': 'thread-1', host: 'relay.test', ...attributes };
    for (const [name, value] of Object.entries(all))
      if (value !== undefined) chat.element.setAttribute(name, value);
    document.body.append(chat.element);
    await chat.drawn();
    return chat;
  }

  /** On the page, connected, with this history. */
  static async open(messages: readonly ThreadMessage[] = [], attributes: ChatAttributes = {}): Promise<Chat> {
    const chat = await Chat.place(attributes);
    chat.store.open(messages);
    await chat.drawn();
    return chat;
  }

  /** To be called after each test that placed a chat. */
  static async cleanUp(): Promise<void> {
    fixtureCleanup();
    for (const element of document.querySelectorAll('ivy-chat')) element.remove();
    IvyChatElement.createStore = realStore;
    sessionStorage.clear(); // drafts
    localStorage.clear(); // visitors' threads
    await nextTask();
  }

  get store(): FakeStore {
    const store = this.stores.at(-1);
    if (store === undefined) throw new Error('the element has made no store');
    return store;
  }

  get root(): ShadowRoot {
    if (this.element.shadowRoot === null) throw new Error('the element is not drawn');
    return this.element.shadowRoot;
  }

  get field(): HTMLTextAreaElement {
    return this.get('textarea') as HTMLTextAreaElement;
  }

  get scroller(): HTMLElement {
    return this.get('.scroller');
  }

  find(selector: string): HTMLElement | null {
    return this.root.querySelector<HTMLElement>(selector);
  }

  get(selector: string): HTMLElement {
    const element = this.find(selector);
    if (element === null) throw new Error(`nothing matches ${selector}`);
    return element;
  }

  /** The text of each turn as it is drawn, without what only screen readers get. */
  get turns(): readonly string[] {
    return [...this.root.querySelectorAll('.turn :is(.bubble, .markdown)')].map(
      ({ textContent }) => textContent,
    );
  }

  textOf(selector: string): string {
    return (this.find(selector)?.textContent ?? '').replace(/\s+/g, ' ').trim();
  }

  async type(text: string): Promise<void> {
    this.field.value = text;
    this.field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    await this.drawn();
  }

  /** Returns whether the browser would have gone on to do what the key does by itself. */
  async press(key: string, { legacyKeyCode, ...options }: KeyPress = {}): Promise<boolean> {
    const event = new KeyboardEvent('keydown', {
      key,
      bubbles: true,
      composed: true,
      cancelable: true,
      ...options,
    });
    if (legacyKeyCode !== undefined) Object.defineProperty(event, 'keyCode', { value: legacyKeyCode });
    const goesOn = this.field.dispatchEvent(event);
    await this.drawn();
    return goesOn;
  }

  async click(selector: string): Promise<void> {
    this.get(selector).click();
    await this.drawn();
  }

  /** Until the element and everything in it has been drawn and laid out. */
  async drawn(): Promise<void> {
    await this.element.updateComplete;
    await nextTask();
    // Text is drawn in one frame; what its height changes is put right before the next.
    await nextFrame();
    await nextFrame();
    await this.element.updateComplete;
  }
}

export function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => resolve());
  });
}

export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve);
  });
}

/** Which event, and what it carried, in the order of arrival. */
export function record<Name extends keyof HTMLElementEventMap>(
  target: EventTarget,
  ...names: readonly Name[]
): HTMLElementEventMap[Name][] {
  const heard: HTMLElementEventMap[Name][] = [];
  for (const name of names) {
    target.addEventListener(name, (event) => heard.push(event as HTMLElementEventMap[Name]));
  }
  return heard;
}

let lastId = 0;

export function userMessage(content: string, id = `user-${String(++lastId)}`): ThreadMessage {
  return { id, role: 'user', content, timestamp: 1_700_000_000_000, status: 'complete' };
}

export function answer(
  content: string,
  rest: Partial<Pick<ThreadMessage, 'id' | 'status' | 'error'>> = {},
): ThreadMessage {
  const id = `answer-${String(++lastId)}`;
  return { id, role: 'assistant', content, timestamp: 1_700_000_001_000, status: 'complete', ...rest };
}
