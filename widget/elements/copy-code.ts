/** Puts a code block into the clipboard, and says on its own button that it did. */

/** Long enough to be noticed after the eyes have moved on to where it is going to be pasted. */
const SAID_MS = 2_000;

export async function copyCodeBlock(text: string, button: HTMLButtonElement, copied: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Pages without TLS have no clipboard, frames may not be allowed it: leave the rest to the reader's own keys.
    const code = button.closest('.code')?.querySelector('code');
    if (code) getSelection()?.selectAllChildren(code);
    return;
  }
  const label = button.firstChild;
  if (!(label instanceof Text) || label.data === copied) return;
  const before = label.data;
  label.data = copied;
  setTimeout(() => {
    if (label.data === copied) label.data = before;
  }, SAID_MS);
}
