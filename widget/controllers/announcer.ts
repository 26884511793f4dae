/**
 * Says things to assistive technology through two live regions that are in the page from the start (a region that is
 * inserted together with its text is often not read). Finished answers and errors only: never tokens.
 */
import { html, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';

/** Long enough for every screen reader to take the text up, short enough not to be found again while browsing. */
const KEPT_MS = 5_000;

export class Announcer implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #polite = '';
  #assertive = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** Waits for the reader to finish what they are hearing. */
  say(text: string): void {
    this.#polite = text;
    this.#said();
  }

  /** Interrupts: for what did not work. */
  alert(text: string): void {
    this.#assertive = text;
    this.#said();
  }

  render(): TemplateResult {
    return html`
      <div class="unseen" role="status" aria-live="polite">${this.#polite}</div>
      <div class="unseen" role="alert">${this.#assertive}</div>
    `;
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }

  #said(): void {
    this.#host.requestUpdate();
    clearTimeout(this.#timer);
    // Emptied, so that the same sentence can be said again.
    this.#timer = setTimeout(() => {
      this.#polite = '';
      this.#assertive = '';
      this.#host.requestUpdate();
    }, KEPT_MS);
  }
}
