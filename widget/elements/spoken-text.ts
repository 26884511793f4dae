/** The text of a drawn answer as it is to be said: without its markup, and without the labels of its buttons. */

/** A screen reader cannot be skimmed: past this the reader is better served by reading the answer themselves. */
const SPOKEN_MAX_CHARS = 600;

const BLOCKS = 'p, li, h1, h2, h3, h4, h5, h6, pre, td, th, blockquote, div';

export function spokenText(answer: Element): string {
  const words: string[] = [];
  let block: Element | null | undefined;
  const walker = document.createTreeWalker(answer, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (parent?.closest('button') !== null) continue;
    // Blocks are apart on the screen without a space between them in the tree.
    const ownBlock = parent.closest(BLOCKS);
    if (ownBlock !== block) words.push(' ');
    block = ownBlock;
    words.push(node.textContent ?? '');
  }
  const text = words.join('').replace(/\s+/g, ' ').trim();
  if (text.length <= SPOKEN_MAX_CHARS) return text;
  return `${text.slice(0, text.lastIndexOf(' ', SPOKEN_MAX_CHARS))}…`;
}
