/**
 * What the browser knows of HTML. Only `character-references.ts` may ask, and what it asks for is no markup (rule X1). A
 * template of Lit's is how to ask where a page requires Trusted Types: the policy that the page allows is Lit's.
 */
import { html, render } from 'lit';

export function textOfHtml(reference: string): string {
  const fragment = document.createDocumentFragment();
  render(html(Object.assign([reference], { raw: [reference] })), fragment);
  return fragment.textContent;
}
