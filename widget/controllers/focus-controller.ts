/**
 * Moving an element in its page takes the focus away from what is inside it. It is given back in the same task, unless
 * somebody else has taken it: a page that rearranges itself does not stop people from typing.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

type FocusHost = ReactiveControllerHost & HTMLElement;

export class FocusController implements ReactiveController {
  readonly #host: FocusHost;
  #focused: HTMLElement | undefined;

  constructor(host: FocusHost) {
    this.#host = host;
    host.addController(this);
    host.addEventListener('focusin', (event) => {
      const [target] = event.composedPath();
      this.#focused = target instanceof HTMLElement ? target : undefined;
    });
    // Some browsers report a removal as a loss of focus, and some do not report it.
    host.addEventListener('focusout', () => this.#forgetSoon());
  }

  hostConnected(): void {
    const focused = this.#focused;
    if (focused?.isConnected !== true || document.activeElement !== document.body) return;
    focused.focus({ preventScroll: true });
  }

  hostDisconnected(): void {
    this.#forgetSoon();
  }

  #forgetSoon(): void {
    const left = this.#focused;
    setTimeout(() => {
      if (this.#focused === left && this.#host.shadowRoot?.activeElement == null) this.#focused = undefined;
    });
  }
}
