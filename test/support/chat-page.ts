/** A page with `<ivy-chat>` as a person uses it: types, presses, reads. Everything is awaited, nothing slept for. */
import type { ElementHandle, Page } from 'puppeteer-core';
import type { MessageStatus } from '#protocol';
import type { IvyChatElement } from '../../widget/ivy-chat.ts';

const LIMIT_MS = 30_000;

export interface Answer {
  readonly text: string;
  readonly status: MessageStatus;
}

export class ChatPage {
  readonly #page: Page;

  /** Means the first chat of the page. */
  constructor(page: Page) {
    this.#page = page;
  }

  /** Until `count` chats have their history. */
  async connected(count = 1): Promise<void> {
    await this.#page.waitForFunction(
      (wanted) => {
        const chats = [...document.querySelectorAll('ivy-chat')];
        return chats.length >= wanted && chats.every((chat) => chat.connected);
      },
      { timeout: LIMIT_MS },
      count,
    );
  }

  async ask(question: string): Promise<void> {
    const input = await this.#find('[part~="input"]');
    await input.click();
    await input.type(question);
    await this.#page.keyboard.press('Enter');
  }

  async pressRetry(): Promise<void> {
    const retry = await this.#find('[part~="problem"] button');
    await retry.click();
  }

  /** Until a turn shows why it failed. */
  async problem(): Promise<string> {
    const problem = await this.#find('[part~="problem"]');
    return problem.evaluate((element) => element.textContent.trim());
  }

  /** Records each text that the last answer on screen has, from now on. */
  async watchAnswers(): Promise<void> {
    await this.#page.$eval('ivy-chat', (element) => {
      const states: string[] = [];
      const record = (): void => {
        const answers = element.shadowRoot?.querySelectorAll('[part~="answer"]') ?? [];
        const text = answers[answers.length - 1]?.textContent ?? '';
        if (text.trim() !== '' && text !== states.at(-1)) states.push(text);
      };
      if (element.shadowRoot) {
        new MutationObserver(record).observe(element.shadowRoot, {
          subtree: true,
          childList: true,
          characterData: true,
        });
      }
      Object.assign(window, { answerStates: states });
    });
  }

  /** What `watchAnswers` recorded while the answer was being written. */
  async answerStates(): Promise<readonly string[]> {
    return this.#page.evaluate(() => ('answerStates' in window ? (window.answerStates as string[]) : []));
  }

  async nextAnswer(): Promise<Answer> {
    const text = await this.idle();
    const status = await this.#page.$eval(
      'ivy-chat',
      (element) => element.messages.at(-1)?.status ?? 'failed',
    );
    return { text, status };
  }

  /** Until the newest message is an answer and nothing is being written; gives its text. */
  async idle(): Promise<string> {
    const text = await this.#page.waitForFunction(
      () => {
        const chat = document.querySelector('ivy-chat');
        const last = chat?.messages.at(-1);
        return chat?.isStreaming === false && last?.role === 'assistant' && last.content;
      },
      { timeout: LIMIT_MS },
    );
    return String(await text.jsonValue());
  }

  async streamingAtLeast(characters: number): Promise<void> {
    await this.#page.waitForFunction(
      (wanted) => (document.querySelector('ivy-chat')?.streamingContent.length ?? 0) >= wanted,
      { timeout: LIMIT_MS },
      characters,
    );
  }

  /** The texts of all turns on screen, top to bottom. */
  async turns(): Promise<readonly string[]> {
    return this.#page.$eval('ivy-chat', (element) => {
      const turns =
        element.shadowRoot?.querySelectorAll<HTMLElement>('[part~="bubble"], [part~="answer"]') ?? [];
      return [...turns].map((turn) => turn.innerText.trim());
    });
  }

  async lastAnswerText(): Promise<string> {
    return (await this.turns()).at(-1) ?? '';
  }

  async #find(selector: string): Promise<ElementHandle> {
    const found = await this.#page.waitForSelector(`ivy-chat >>> ${selector}`, {
      timeout: LIMIT_MS,
      visible: true,
    });
    if (found === null) throw new Error(`there is no ${selector}`);
    return found;
  }
}

export type { IvyChatElement };
