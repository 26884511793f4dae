/** All states below and beside each other, each in a window of its own, so that none can disturb another. */
import { DESK, PHONE, windowsOf, type GalleryState } from './state.ts';

/** `scheme`: as the address names it. */
export function showCards(states: readonly GalleryState[], scheme: string | null): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('[data-scheme]')) {
    if (link.dataset['scheme'] === (scheme ?? '')) link.setAttribute('aria-current', 'true');
  }
  const list = document.querySelector('.states');
  list?.replaceChildren(...states.map((state) => card(state, scheme)));
  // What floats does so at the end.
  for (const pane of document.querySelectorAll('.wide .pane')) pane.scrollLeft = pane.scrollWidth;
}

function card(state: GalleryState, scheme: string | null): HTMLElement {
  const { name, caption } = state;
  const query = new URLSearchParams({ state: name, ...(scheme === null ? {} : { scheme }) });
  const address = `?${query.toString()}`;
  const item = document.createElement('li');
  item.id = name;
  const title = document.createElement('h2');
  const link = document.createElement('a');
  link.href = address;
  link.textContent = caption;
  title.append(link);
  const [size = PHONE] = windowsOf(state);
  const pane = document.createElement('iframe');
  // Some sixty chats at once are too much for a phone.
  pane.loading = 'lazy';
  pane.title = caption;
  pane.src = address;
  pane.style.blockSize = `${String(size === DESK ? DESK.height : Math.min(size.height, 640))}px`;
  // Where the width is what the state is about.
  if (size !== PHONE) pane.style.inlineSize = `${String(size.width)}px`;
  const scroller = document.createElement('div');
  scroller.className = 'pane';
  scroller.append(pane);
  item.append(title, scroller);
  if (size.width > PHONE.width) {
    item.className = 'wide';
    // By keys as well.
    scroller.tabIndex = 0;
    scroller.role = 'region';
    scroller.ariaLabel = caption;
  }
  return item;
}
