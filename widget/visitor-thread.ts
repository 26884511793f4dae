/**
 * The conversation of a visitor whose page names none: made here, unguessable, and remembered by the page, so that all of
 * its tabs are in the same one. Where the browser keeps nothing, it is the page's until it is left.
 */
import { parseThreadId } from '#protocol';
import { randomId } from './client/random-id.ts';
import { pageStorage } from './page-storage.ts';

/** Beside the storage, which may be switched off, full, forbidden to a frame, or emptied by the page. */
const memory = new Map<string, string>();
const watchers = new Set<() => void>();

/** @param place tells relays, and conversations of the page's that are to be apart, from each other */
export function visitorThread(place: string): string {
  const kept = stored(place) ?? memory.get(place);
  return kept === undefined ? newVisitorThread(place) : keep(place, kept);
}

/** Leaves the one before for good: nothing leads back to it. */
export function newVisitorThread(place: string): string {
  const threadId = keep(place, randomId());
  for (const watcher of watchers) watcher();
  return threadId;
}

/** Calls back when another chat of this visitor, in this page or in another one, may have begun a new conversation. */
export function watchVisitorThreads(changed: () => void, signal: AbortSignal): void {
  watchers.add(changed);
  signal.addEventListener('abort', () => watchers.delete(changed));
  addEventListener('storage', changed, { signal });
}

function keep(place: string, threadId: string): string {
  memory.set(place, threadId);
  try {
    if (stored(place) !== threadId) pageStorage()?.setItem(keyOf(place), threadId);
  } catch {
    // The memory has it.
  }
  return threadId;
}

function stored(place: string): string | undefined {
  try {
    const parsed = parseThreadId(pageStorage()?.getItem(keyOf(place)));
    return parsed.ok ? parsed.value : undefined;
  } catch {
    return undefined;
  }
}

function keyOf(place: string): string {
  return `ivy-chat:thread:${place}`;
}
