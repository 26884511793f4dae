/**
 * Whether an id looks as if nobody could guess it: without a token, knowing it is all that it takes to read and write
 * the thread (A2). Only the form can be judged, so this keeps out `demo`, `user-42` and their like; who makes ids by
 * hand and at length is not stopped.
 */

/** 122 random bits. */
const UUID = /[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}/i;
/** As many bits in 64, or in 36, characters of a random id. */
const MIXED_MIN_CHARS = 21;
const PLAIN_RUN = /[0-9A-Za-z]{24,}/;
/** An id of fewer different characters is one character held down, or a counter. */
const DIFFERENT_MIN = 8;

export function looksUnguessable(threadId: string): boolean {
  const uuid = UUID.exec(threadId)?.[0];
  if (uuid !== undefined && isVaried(uuid)) return true;
  const mixed = threadId.length >= MIXED_MIN_CHARS && /[a-z]/.test(threadId) && /[A-Z]/.test(threadId);
  return (mixed || PLAIN_RUN.test(threadId)) && isVaried(threadId);
}

function isVaried(text: string): boolean {
  return new Set(text.toLowerCase()).size >= DIFFERENT_MIN;
}
