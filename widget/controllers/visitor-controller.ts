/**
 * Gives an element the conversation of its visitor, where the page names none. A page that names one does so while it is
 * being read, or in the task in which it makes the element: until then nothing is made.
 */
import type { ReactiveControllerHost } from 'lit';
import { newVisitorThread, visitorThread, watchVisitorThreads } from '../visitor-thread.ts';
import { whileConnected } from './while-connected.ts';

export class VisitorController {
  readonly #host: ReactiveControllerHost;
  #isSettled = false;
  /** Somebody asked before it was. */
  #isAwaited = false;
  #place: string | undefined;
  #threadId: string | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    whileConnected(host, (signal) => {
      this.#forget();
      watchVisitorThreads(() => this.#forget(), signal);
      if (this.#isSettled) return;
      const settle = (): void => {
        this.#isSettled = true;
        if (this.#isAwaited) host.requestUpdate();
      };
      if (isRead()) setTimeout(settle);
      else document.addEventListener('DOMContentLoaded', settle, { signal });
    });
  }

  /** Undefined while the page may still name a thread. `place`: as in visitor-thread.ts. */
  threadAt(place: string): string | undefined {
    if (!this.#isSettled) {
      this.#isAwaited = true;
      return undefined;
    }
    if (place !== this.#place) this.#threadId = undefined;
    this.#place = place;
    return (this.#threadId ??= visitorThread(place));
  }

  /** The next conversation, for every chat of this visitor that is in the same one. */
  renew(): void {
    if (this.#place !== undefined) newVisitorThread(this.#place);
  }

  /** Of another tab or chat, or of the time when the element was on no page. */
  #forget(): void {
    this.#threadId = undefined;
    if (this.#isSettled) this.#host.requestUpdate();
  }
}

/** Scripts that wait for the end of the page have run as well. */
function isRead(): boolean {
  if (document.readyState === 'complete') return true;
  const [page] = performance.getEntriesByType('navigation');
  return page instanceof PerformanceNavigationTiming && page.domContentLoadedEventStart > 0;
}
