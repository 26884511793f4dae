/**
 * Registers an element once. A second copy of the script on a page, or a second import, finds the first one's tags
 * and leaves them: `customElements.define` would throw. Outside a browser there is no registry, and importing this
 * package there must not fail either.
 */
export function defineOnce(tag: string, element: CustomElementConstructor): void {
  if (typeof customElements === 'undefined' || customElements.get(tag) !== undefined) return;
  customElements.define(tag, element);
}
