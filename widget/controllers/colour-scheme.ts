/**
 * Whether to be dark. A page that declares its colours is followed, by `color-scheme` as it is inherited where the
 * element stands; where nothing is declared, the reader's system is.
 */
import type { ReactiveControllerHost } from 'lit';
import { whileConnected } from './while-connected.ts';

interface ColouredHost extends ReactiveControllerHost, Element {
  readonly renderRoot: HTMLElement | DocumentFragment;
}

export class ColourScheme {
  readonly #host: ColouredHost;
  readonly #system = matchMedia('(prefers-color-scheme: dark)');

  constructor(host: ColouredHost) {
    this.#host = host;
    const redraw = (): void => host.requestUpdate();
    whileConnected(host, (signal) => {
      this.#system.addEventListener('change', redraw, { signal });
      // `.scheme` has a transition of this property, which is the one way to be told that the page changed it.
      host.renderRoot.addEventListener(
        'transitionend',
        (event) => {
          if (event instanceof TransitionEvent && event.propertyName === 'color-scheme') redraw();
        },
        { signal },
      );
      redraw();
    });
  }

  /** `theme` is the attribute: what is neither light nor dark is up to page and system. */
  isDark(theme: string): boolean {
    if (theme === 'dark' || theme === 'light') return theme === 'dark';
    const declared = this.#declared();
    const dark = declared.includes('dark');
    return dark === declared.includes('light') ? this.#system.matches : dark;
  }

  #declared(): string {
    const inherited = getComputedStyle(this.#host).colorScheme;
    if (inherited !== 'normal') return inherited;
    return document.querySelector<HTMLMetaElement>('meta[name="color-scheme"]')?.content ?? '';
  }
}
