/** Every state of the gallery, as it is shipped, in Chromium: it is what it says, fits, and can be used by everybody. */
import * as z from 'zod/mini';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PHONE, windowsOf } from '../../demo/gallery/state.ts';
import { STATES } from '../../demo/gallery/states.ts';
import { GalleryBrowser } from '../support/gallery-browser.ts';
import { violationsOf } from '../support/page-axe.ts';

const linesSchema = z.array(z.string());

let gallery: GalleryBrowser;

beforeAll(async () => {
  gallery = await GalleryBrowser.start();
});

afterAll(() => gallery.close());

/** What reaches over the edge of its window, or of the chat. */
async function overflows(width: number): Promise<readonly string[]> {
  const found: unknown = await gallery.page.evaluate((wanted) => {
    const parts = '[part~="chat"], [part~="header"], [part~="transcript"], [part~="composer"]';
    const root = document.querySelector('ivy-chat')?.shadowRoot;
    const boxes = [document.documentElement, ...(root?.querySelectorAll(parts) ?? [])];
    const lines = boxes
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
      .map((box) => `${box.className}: ${String(box.scrollWidth)} px in ${String(box.clientWidth)} px`);
    // A phone shows a page that is too wide by making it smaller.
    if (innerWidth !== wanted) lines.push(`the window became ${String(innerWidth)} px wide`);
    return lines;
  }, width);
  return linesSchema.parse(found);
}

/** All text of the chat that is laid out. */
async function text(): Promise<string> {
  return gallery.page.evaluate(
    () =>
      document.querySelector('ivy-chat')?.shadowRoot?.querySelector<HTMLElement>('.frame')?.innerText ?? '',
  );
}

describe('the gallery', () => {
  it.each(STATES.map((state) => [state.name, state] as const))(
    'shows %s, in its window, by the rules of accessibility',
    async (_name, state) => {
      for (const [index, window] of windowsOf(state).entries()) {
        await gallery.open(state, window, 'light');
        expect(await text(), window.name).toContain(state.shows);
        expect(await overflows(window.width), window.name).toEqual([]);
        if (index === 0) {
          expect(await violationsOf(gallery.page), 'light').toEqual([]);
          await gallery.recolour(state, 'dark');
          expect(await violationsOf(gallery.page), 'dark').toEqual([]);
        }
        expect(gallery.problems, window.name).toEqual([]);
      }
    },
  );

  it('shows all of them on one page, on a phone as well', async () => {
    await gallery.openAll(PHONE);
    const cards = await gallery.page.$$eval('.states > li', (items) => items.map(({ id }) => id));
    expect(cards).toEqual(STATES.map(({ name }) => name));
    // The first one is in sight, and is played in its frame.
    const frame = await gallery.page.waitForFrame((one) =>
      one.url().endsWith(`?state=${STATES[0]?.name ?? ''}`),
    );
    await frame.waitForSelector('[data-gallery="ready"]');
    expect(await overflows(PHONE.width)).toEqual([]);
    expect(await violationsOf(gallery.page)).toEqual([]);
    expect(gallery.problems).toEqual([]);
  });
});
