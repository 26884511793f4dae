/**
 * What the script does first: nothing at all on a server, and nothing but to have the first copy look at its tag where one has
 * been before.
 */

/**
 * The beginning of the function that the bundle is. What it returns is the page's `ivyChat`, so that its classes stay those
 * of the elements; only here can a script end before the modules in it have run.
 */
export function firstCopy(version: string): string {
  const own = JSON.stringify(version);
  return `{
  if (!globalThis.document) return;
  const first = globalThis.customElements?.get('ivy-chat');
  if (first !== undefined) {
    if (first.version !== ${own})
      console.warn('<ivy-chat> is on this page already, in version ' + (first.version ?? '?') + '; the script of version ' + ${own} + ' does nothing.');
    first.placeChatOfTag?.();
    return globalThis.ivyChat;
  }
}`;
}
