import { nextTask } from './next-task.ts';

/** A page that nobody looks at, or a frame that is scrolled away, paints nothing. */
const NO_PAINT_MS = 100;

/** Resolves in a task of its own, once what is in the page now has been painted. */
export function painted(): Promise<void> {
  return new Promise((resolve) => {
    const unseen = setTimeout(resolve, document.visibilityState === 'hidden' ? 0 : NO_PAINT_MS);
    try {
      requestAnimationFrame(() => {
        clearTimeout(unseen);
        void nextTask().then(resolve);
      });
    } catch {
      // A page has put something in its place; the timer comes all the same.
    }
  });
}
