/** How high a chat would have to be for nothing in it to be scrolled. */

/** A conversation has this much room before it has begun. */
const LEAST_PX = 400;

/** Calls back with whole CSS px, at first and whenever it may be another height. */
export function watchWantedHeight(chat: HTMLElement, changed: (height: number) => void): void {
  const least = Math.max(LEAST_PX, innerHeight);
  const measure = (): void => {
    const scroller = chat.shadowRoot?.querySelector('[part~="transcript"]');
    const content = scroller?.firstElementChild;
    if (!scroller || !content) return;
    // Another conversation has elements of its own; those that are known already are not told twice.
    observer.observe(scroller);
    observer.observe(content);
    const turns =
      content.lastElementChild?.matches('[part~="empty"]') === true ? null : content.lastElementChild;
    const end =
      turns === null ? 0 : turns.getBoundingClientRect().bottom - content.getBoundingClientRect().top;
    const padding = Number.parseFloat(getComputedStyle(content).paddingBlockEnd);
    const around = chat.offsetHeight - scroller.clientHeight;
    changed(Math.ceil(Math.max(least, around + end + padding)));
  };
  const observer = new ResizeObserver(measure);
  // What is told is drawn in the next frame.
  for (const type of ['ivy-history', 'ivy-message', 'ivy-done'])
    chat.addEventListener(type, () => requestAnimationFrame(() => requestAnimationFrame(measure)));
  measure();
}
