/** The browser's storage, where the page has one: a sandboxed frame throws at the mere mention of it. */
export function pageStorage(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}
