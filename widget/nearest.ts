/** `closest` stops at a shadow root; this goes on through it, to the page around. */
export function nearest(element: Element, selector: string): Element | undefined {
  const root = element.getRootNode();
  return element.closest(selector) ?? (root instanceof ShadowRoot ? nearest(root.host, selector) : undefined);
}
