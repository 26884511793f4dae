/** What the page goes through, told to a line that has to go with it. */

export interface PageLine {
  /** The network is back, or the page is looked at again. */
  wake(): void;
  /** The page is left, and may be come back to. */
  suspend(): void;
}

/**
 * A page with an open socket is not kept for the way back, so it goes with the page and is made again with it. Returns
 * the way to stop following.
 */
export function followPage(line: PageLine): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  const wake = (): void => {
    if (document.visibilityState === 'visible') line.wake();
  };
  addEventListener('online', wake, { signal });
  // The first one comes with every page, when the connection is still being made.
  addEventListener('pageshow', ({ persisted }) => persisted && wake(), { signal });
  addEventListener('pagehide', () => line.suspend(), { signal });
  document.addEventListener('visibilitychange', wake, { signal });
  return () => listening.abort();
}
