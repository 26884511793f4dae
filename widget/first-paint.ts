import { nextTask } from './next-task.ts';

/** A frame that is scrolled away paints nothing. */
const NO_PAINT_MS = 100;

/** Resolves in a task of its own, once what is in the page now has been painted; soon where nobody looks at it. */
export function painted(): Promise<void> {
  // Timers are held back there.
  if (document.visibilityState === 'hidden') return nextTask();
  return new Promise((resolve) => {
    const unseen = setTimeout(resolve, NO_PAINT_MS);
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
