/** What a service calls the thread (rule R5). */
import type { DialectEvent } from './dialect.ts';

/** It is stored with the thread, so a service may not make it as long as it likes. */
const THREAD_ID_MAX_CHARS = 512;

export function namedThread(threadId: string | null | undefined): readonly DialectEvent[] {
  return threadId && threadId.length <= THREAD_ID_MAX_CHARS ? [{ type: 'threadNamed', threadId }] : [];
}
