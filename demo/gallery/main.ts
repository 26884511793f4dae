/** Entry of the gallery's page: `?state=…` shows one state by itself, and without it there is a card for each. */
import { showCards } from './cards.ts';
import { play } from './player.ts';
import type { GalleryState } from './state.ts';
import { STATES } from './states.ts';

const query = new URLSearchParams(location.search);
const root = document.documentElement;
const scheme = query.get('scheme');
if (scheme === 'light' || scheme === 'dark') root.style.colorScheme = scheme;

const wanted = query.get('state');
const state = STATES.find(({ name }) => name === wanted);
if (state === undefined) showCards(STATES, scheme);
else void showAlone(state);

async function showAlone(state: GalleryState): Promise<void> {
  const { page, caption } = state;
  root.className = 'alone';
  root.lang = page?.lang ?? 'en';
  root.dir = page?.dir ?? 'ltr';
  if (page?.background !== undefined) root.style.background = page.background;
  document.title = `${caption} · ivy-chat`;
  const main = document.createElement('main');
  const title = document.createElement('h1');
  title.textContent = caption;
  main.append(title);
  if (state.attributes?.['launcher'] !== undefined) main.append(...lines());
  document.body.replaceChildren(main);
  try {
    if (parent === window) await play(state, main);
    else await withoutFocus(() => play(state, main));
    root.dataset['gallery'] = 'ready';
  } catch (error) {
    root.dataset['gallery'] = 'failed';
    throw error;
  }
}

/** Focus in one of many windows would scroll to it, away from whatever somebody looks at. */
async function withoutFocus(work: () => Promise<void>): Promise<void> {
  const { prototype } = HTMLElement;
  const own = Object.getOwnPropertyDescriptor(prototype, 'focus');
  Object.defineProperty(prototype, 'focus', { value: () => undefined, configurable: true });
  await work();
  if (own !== undefined) Object.defineProperty(prototype, 'focus', own);
}

/** A page that a launcher floats over. */
function lines(): HTMLElement[] {
  return [96, 88, 92, 60, 94, 90, 97, 71, 93, 85].map((percent) => {
    const line = document.createElement('div');
    line.className = 'line';
    line.style.inlineSize = `${String(percent)}%`;
    return line;
  });
}
