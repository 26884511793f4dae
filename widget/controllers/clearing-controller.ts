/** The question that comes before the conversation is cleared. Focus follows the reader's press into it and back out. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

interface ClearingHost extends ReactiveControllerHost {
  readonly renderRoot: HTMLElement | DocumentFragment;
}

export class ClearingController implements ReactiveController {
  readonly #host: ClearingHost;
  readonly #clear: () => void;
  #isAsking = false;
  #focusNext: string | undefined;

  constructor(host: ClearingHost, clear: () => void) {
    this.#host = host;
    this.#clear = clear;
    host.addController(this);
  }

  get isAsking(): boolean {
    return this.#isAsking;
  }

  readonly ask = (): void => this.#turn(true, '.cancel');

  readonly onCancel = (): void => this.#turn(false, '.clear');

  readonly onConfirm = (): void => {
    this.onCancel();
    this.#clear();
  };

  hostUpdated(): void {
    if (this.#focusNext !== undefined)
      this.#host.renderRoot.querySelector<HTMLElement>(this.#focusNext)?.focus();
    this.#focusNext = undefined;
  }

  #turn(isAsking: boolean, focusNext: string): void {
    this.#isAsking = isAsking;
    this.#focusNext = focusNext;
    this.#host.requestUpdate();
  }
}
