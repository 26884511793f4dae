/** The browser's storage, where the page has one: a sandboxed frame throws at the mere mention of it. */

/** Outlives the page and is shared by all tabs. */
export function pageStorage(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}

/** Outlives a reload and ends with the tab. */
export function tabStorage(): Storage | undefined {
  try {
    return sessionStorage;
  } catch {
    return undefined;
  }
}
