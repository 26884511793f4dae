/**
 * Whether to be dark. A page that declares its colours is followed, by `color-scheme` as it is inherited where the
 * element stands; where nothing is declared, the reader's system is.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

interface ColouredHost extends ReactiveControllerHost, Element {
  readonly renderRoot: HTMLElement | DocumentFragment;
}

export class ColourScheme implements ReactiveController {
  readonly #host: ColouredHost;
  readonly #system = matchMedia('(prefers-color-scheme: dark)');

  constructor(host: ColouredHost) {
    this.#host = host;
    host.addController(this);
  }

  /** `theme` is the attribute: what is neither light nor dark is up to page and system. */
  isDark(theme: string): boolean {
    if (theme === 'dark' || theme === 'light') return theme === 'dark';
    const declared = this.#declared();
    const dark = declared.includes('dark');
    return dark === declared.includes('light') ? this.#system.matches : dark;
  }

  hostConnected(): void {
    this.#system.addEventListener('change', this.#redraw);
    // `.scheme` has a transition of this property, which is the one way to be told that the page changed it.
    this.#host.renderRoot.addEventListener('transitionend', this.#onTransition);
    this.#redraw();
  }

  hostDisconnected(): void {
    this.#system.removeEventListener('change', this.#redraw);
    this.#host.renderRoot.removeEventListener('transitionend', this.#onTransition);
  }

  #declared(): string {
    const inherited = getComputedStyle(this.#host).colorScheme;
    if (inherited !== 'normal') return inherited;
    return document.querySelector<HTMLMetaElement>('meta[name="color-scheme"]')?.content ?? '';
  }

  readonly #onTransition = (event: Event): void => {
    if (event instanceof TransitionEvent && event.propertyName === 'color-scheme') this.#redraw();
  };

  readonly #redraw = (): void => this.#host.requestUpdate();
}
