/** The script of the relay's embed page: makes the chat that the address asks for, as large as the frame that it is in. */
import { readOptions, type FrameOptions } from './options.ts';
import { PageAround } from './page-around.ts';
import { watchWantedHeight } from './wanted-height.ts';

/** The frame is the box, and the page around gives it its corners: what would show behind ours is no page of ours to colour. */
const STYLES = `
  html, body, main { block-size: 100%; margin: 0; overflow: hidden; }
  ivy-chat { block-size: 100%; }
  ivy-chat::part(chat) { border: 0; border-radius: 0; }
  p { margin: 2rem; font: 16px/1.5 system-ui, sans-serif; }
`;

function style(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLES);
  document.adoptedStyleSheets = [sheet];
}

function place(element: HTMLElement): void {
  const main = document.createElement('main');
  main.append(element);
  document.body.append(main);
}

async function placeChat({ attributes, properties, asksForTokens }: FrameOptions): Promise<void> {
  await customElements.whenDefined('ivy-chat');
  const chat = document.createElement('ivy-chat');
  for (const [name, value] of attributes) {
    // eslint-disable-next-line no-restricted-syntax -- one of the names in options.ts
    chat.setAttribute(name, value);
  }
  for (const [name, value] of properties) chat.style.setProperty(name, value);
  const around = new PageAround(parent);
  if (asksForTokens) chat.getToken = (_previous, threadId) => around.token(threadId);
  // The nearest language of an element is its page's.
  document.documentElement.lang = chat.locale ?? navigator.language;
  document.title = chat.heading ?? document.title;
  place(chat);
  await chat.updateComplete;
  watchWantedHeight(chat, (height) => around.wants(height));
}

/**
 * A link to the page would put the words of whoever wrote it on the relay's address, and people into a thread that its
 * writer knows. Only the page around a frame may choose these, since the relay says which pages there can be.
 */
function sayWhatItIsFor(): void {
  const words = document.createElement('p');
  words.textContent = 'This page is a chat, and is to be shown in a frame of another page.';
  place(words);
}

style();
if (parent === window) sayWhatItIsFor();
else void placeChat(readOptions(new URLSearchParams(location.search)));
