/** A page with `<ivy-chat>` as a person uses it: types, presses, reads. Everything is awaited, nothing slept for. */
import * as z from 'zod/mini';
import { threadMessageSchema, type MessageStatus, type ThreadMessage } from '#protocol';
import type { IvyChatElement } from '../../widget/ivy-chat.ts';
import type { DrivenPage, Point } from './driven-page.ts';

const pointSchema = z.object({ x: z.number(), y: z.number() });
const textsSchema = z.array(z.string());

export interface Answer {
  readonly text: string;
  readonly status: MessageStatus;
}

export class ChatPage {
  readonly #page: DrivenPage;

  /** Means the first chat of the page. */
  constructor(page: DrivenPage) {
    this.#page = page;
  }

  /** Until `count` chats have their history. */
  async connected(count = 1): Promise<void> {
    await this.#page.until(
      z.literal(true),
      (wanted) => {
        const chats = [...document.querySelectorAll('ivy-chat')];
        return chats.length >= wanted && chats.every((chat) => chat.connected);
      },
      count,
    );
  }

  async ask(question: string): Promise<void> {
    await this.#press('[part~="input"]');
    await this.#page.type(question);
    await this.#page.pressEnter();
  }

  async pressRetry(): Promise<void> {
    await this.#press('[part~="problem"] button');
  }

  /** Until a turn shows why it failed. */
  async problem(): Promise<string> {
    return this.#page.until(z.string(), () =>
      document.querySelector('ivy-chat')?.shadowRoot?.querySelector('[part~="problem"]')?.textContent.trim(),
    );
  }

  /** Records each text that the last answer on screen has, from now on. */
  async watchAnswers(): Promise<void> {
    await this.#page.read(z.literal(true), () => {
      const root = document.querySelector('ivy-chat')?.shadowRoot;
      if (!root) return false;
      const states: string[] = [];
      const record = (): void => {
        const answers = root.querySelectorAll('[part~="answer"]');
        const text = answers[answers.length - 1]?.textContent ?? '';
        if (text.trim() !== '' && text !== states.at(-1)) states.push(text);
      };
      new MutationObserver(record).observe(root, { subtree: true, childList: true, characterData: true });
      Object.assign(window, { answerStates: states });
      return true;
    });
  }

  /** What `watchAnswers` recorded while the answer was being written. */
  async answerStates(): Promise<readonly string[]> {
    return this.#page.read(textsSchema, () => ('answerStates' in window ? window.answerStates : []));
  }

  async nextAnswer(): Promise<Answer> {
    const text = await this.idle();
    const [messages = []] = await this.messages();
    return { text, status: messages.at(-1)?.status ?? 'failed' };
  }

  /** Until the newest message is an answer and nothing is being written; gives its text. */
  async idle(): Promise<string> {
    return this.#page.until(z.string(), () => {
      const chat = document.querySelector('ivy-chat');
      const last = chat?.messages.at(-1);
      return chat?.isStreaming === false && last?.role === 'assistant' && last.content;
    });
  }

  /** Until each chat of the page is as `idle` wants the first: frames do not reach them all at once. */
  async allIdle(): Promise<void> {
    await this.#page.until(z.literal(true), () =>
      [...document.querySelectorAll('ivy-chat')].every(
        ({ isStreaming, messages }) => !isStreaming && messages.at(-1)?.role === 'assistant',
      ),
    );
  }

  async streamingAtLeast(characters: number): Promise<void> {
    await this.#page.until(
      z.literal(true),
      (wanted) => (document.querySelector('ivy-chat')?.streamingContent.length ?? 0) >= wanted,
      characters,
    );
  }

  /** What each chat of the page holds. */
  async messages(): Promise<readonly (readonly ThreadMessage[])[]> {
    return this.#page.read(z.array(z.array(threadMessageSchema)), () =>
      [...document.querySelectorAll('ivy-chat')].map(({ messages }) => messages),
    );
  }

  /** The texts of all turns on screen, top to bottom. */
  async turns(): Promise<readonly string[]> {
    return this.#page.read(textsSchema, () => {
      const root = document.querySelector('ivy-chat')?.shadowRoot;
      const turns = root?.querySelectorAll<HTMLElement>('[part~="bubble"], [part~="answer"]') ?? [];
      return [...turns].map((turn) => turn.innerText.trim());
    });
  }

  async lastAnswerText(): Promise<string> {
    return (await this.turns()).at(-1) ?? '';
  }

  async #press(selector: string): Promise<void> {
    await this.#page.click(await this.#middleOf(selector));
  }

  /** Scrolls it into view, until it can be seen, and is what a mouse would hit there. */
  async #middleOf(selector: string): Promise<Point> {
    return this.#page.until(
      pointSchema,
      (wanted) => {
        const root = document.querySelector('ivy-chat')?.shadowRoot;
        const element = root?.querySelector(wanted);
        if (!root || !element) return undefined;
        element.scrollIntoView({ block: 'nearest', behavior: 'instant' });
        const { left, top, width, height } = element.getBoundingClientRect();
        const point = { x: left + width / 2, y: top + height / 2 };
        let hit = document.elementFromPoint(point.x, point.y);
        while (hit?.shadowRoot) {
          const inner = hit.shadowRoot.elementFromPoint(point.x, point.y);
          if (inner === hit || inner === null) break;
          hit = inner;
        }
        return element.contains(hit) ? point : undefined;
      },
      selector,
    );
  }
}

export type { IvyChatElement };
