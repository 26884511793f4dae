/** Registers the elements, where the page lets them be drawn and nothing of their names is there. */
import { html, render } from 'lit';

/**
 * Registers an element once. A second copy of the script on a page, or a second import, finds the first one's tags
 * and leaves them: `customElements.define` would throw. Outside a browser there is no registry, and importing this
 * package there must not fail either.
 */
export function defineOnce(tag: string, element: CustomElementConstructor): void {
  if (typeof customElements === 'undefined' || customElements.get(tag) !== undefined) return;
  customElements.define(tag, element);
}

/**
 * Whether the page lets Lit make nodes of a template. Under `require-trusted-types-for 'script'` it does so only by a policy
 * that the page's `trusted-types` allows; elements that are registered without it would throw at each of their updates.
 */
export function canDraw(): boolean {
  if (typeof document === 'undefined') return false;
  try {
    render(html`<i></i>`, document.createDocumentFragment());
    return true;
  } catch (cause) {
    // eslint-disable-next-line no-console -- for the developer of the page: nothing else would tell them
    console.error(
      "<ivy-chat> is not drawn: this page requires Trusted Types and refuses the chat's policy. Add to its Content-Security-Policy: trusted-types ivy-chat (and 'allow-duplicates' where another script makes one of that name).",
      cause,
    );
    return false;
  }
}
