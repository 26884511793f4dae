/** In the place of `widget/markdown/browser-decoding.ts`, where there is no browser: the same from parse5, which reads HTML as browsers do. */
import { defaultTreeAdapter, parseFragment } from 'parse5';

export function textOfHtml(reference: string): string {
  return parseFragment(reference)
    .childNodes.map((node) => (defaultTreeAdapter.isTextNode(node) ? node.value : ''))
    .join('');
}
