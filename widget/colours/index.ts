/**
 * Entry of the second script, `ivy-chat-colours.js`: colours for the code in every `<ivy-chat>` of a page, whichever
 * script comes first. It needs nothing of the main script but the element, and does nothing where browsers have no
 * highlights, or on the page for a second time.
 */
import { ChatColours, isChat } from './chat-colours.ts';
import { Highlights } from './paint.ts';
import { colourSheet } from './palette.ts';
import { Work } from './work.ts';

const highlights = Highlights.ofPage();
if (highlights !== undefined) start(highlights);

function start(highlights: Highlights): void {
  const work = new Work();
  const sheet = colourSheet();
  const known = new WeakSet<Element>();
  const follow = (target: unknown): void => {
    if (!isChat(target) || known.has(target)) return;
    known.add(target);
    new ChatColours(target, highlights, work, sheet);
  };
  // A chat with something to show has told so, or will: its events leave every shadow root that it is in.
  for (const name of ['ivy-history', 'ivy-streaming-change'])
    addEventListener(name, (event) => follow(event.composedPath()[0]), { capture: true });
  for (const chat of chatsIn(document)) follow(chat);
}

function* chatsIn(root: ParentNode): Iterable<Element> {
  for (const element of root.querySelectorAll('*')) {
    if (element.localName === 'ivy-chat') yield element;
    else if (element.shadowRoot !== null) yield* chatsIn(element.shadowRoot);
  }
}
