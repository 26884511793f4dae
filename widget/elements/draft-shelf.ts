/**
 * Where drafts are kept: one for each conversation, over a change of conversation and over a reload of the tab. The
 * next person at this browser finds none, and two tabs do not write into each other's. Where the browser keeps nothing
 * (switched off, full, forbidden to a frame), memory does.
 */
import { tabStorage } from '../page-storage.ts';

export class DraftShelf {
  readonly #memory = new Map<string, string>();

  /** `conversation` tells threads and relays apart. */
  read(conversation: string): string {
    const kept = this.#memory.get(conversation);
    if (kept !== undefined) return kept;
    try {
      const draft: unknown = tabStorage()?.getItem(keyOf(conversation));
      // Pages put stubs in its place, which may keep anything.
      return typeof draft === 'string' ? draft : '';
    } catch {
      return '';
    }
  }

  /** An empty text removes it. */
  keep(conversation: string, text: string): void {
    this.#memory.set(conversation, text);
    const storage = tabStorage();
    try {
      // First, so that an older draft does not come back where there is no room for this one.
      storage?.removeItem(keyOf(conversation));
      if (text !== '') storage?.setItem(keyOf(conversation), text);
    } catch {
      return;
    }
  }
}

function keyOf(conversation: string): string {
  return `ivy-chat:draft:${conversation}`;
}
