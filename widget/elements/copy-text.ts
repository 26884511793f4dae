/** Puts a message or a block of code into the clipboard, and says on its own button that it did: where its words are. */
import { SayEvent } from './say-event.ts';

/** Long enough to be noticed after the eyes have moved on to where it is going to be pasted. */
const SAID_MS = 2_000;

/** `shown`: where the text is on the screen. `copied`: the word for it. */
export async function copyText(
  text: string,
  shown: Node | null | undefined,
  button: Element,
  copied: string,
): Promise<void> {
  if (!(await isTaken(text)) && !isTakenByCommand(text, shown)) return;
  const label = button.querySelector('span') ?? button;
  const before = label.textContent;
  if (before === copied) return;
  label.textContent = copied;
  button.dispatchEvent(new SayEvent(copied));
  button.classList.add('copied');
  setTimeout(() => {
    button.classList.remove('copied');
    if (label.textContent === copied) label.textContent = before;
  }, SAID_MS);
}

async function isTaken(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * Pages without TLS have no clipboard, frames may not be allowed it. There a selection is copied as it was of old;
 * where even that is refused it stays, and the rest is left to the reader's own keys.
 */
function isTakenByCommand(text: string, shown: Node | null | undefined): boolean {
  const selection = getSelection();
  if (shown) selection?.selectAllChildren(shown);
  const give = (event: ClipboardEvent): void => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
  };
  document.addEventListener('copy', give, { capture: true });
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- there is no other way without `navigator.clipboard`
  const isDone = document.execCommand('copy');
  document.removeEventListener('copy', give, { capture: true });
  if (isDone) selection?.removeAllRanges();
  return isDone;
}
