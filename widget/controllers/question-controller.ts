/** The question that comes before a conversation is deleted or left. Focus follows the reader's press into it and back out. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Also the class of the button that leads to it. */
export type Question = 'clear' | 'new';

interface QuestionHost extends ReactiveControllerHost {
  readonly renderRoot: HTMLElement | DocumentFragment;
}

export class QuestionController implements ReactiveController {
  readonly #host: QuestionHost;
  readonly #confirmed: (question: Question) => void;
  #asked: Question | undefined;
  #focusNext: string | undefined;

  constructor(host: QuestionHost, confirmed: (question: Question) => void) {
    this.#host = host;
    this.#confirmed = confirmed;
    host.addController(this);
  }

  get asked(): Question | undefined {
    return this.#asked;
  }

  ask(question: Question): void {
    this.#turn(question, '.cancel');
  }

  readonly onCancel = (): void => this.#turn(undefined, `.${this.#asked ?? ''}`);

  readonly onConfirm = (): void => {
    const question = this.#asked;
    if (question === undefined) return;
    this.onCancel();
    this.#confirmed(question);
  };

  hostUpdated(): void {
    if (this.#focusNext !== undefined)
      this.#host.renderRoot.querySelector<HTMLElement>(this.#focusNext)?.focus();
    this.#focusNext = undefined;
  }

  #turn(question: Question | undefined, focusNext: string): void {
    this.#asked = question;
    this.#focusNext = focusNext;
    this.#host.requestUpdate();
  }
}
