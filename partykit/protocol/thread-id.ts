/** Thread ids and the room names made of them (rule H1). */
import * as z from 'zod/mini';
import { fail, succeed, type Result } from './result.ts';

/** `[A-Za-z0-9_-]{1,128}`: goes into a URL path as it is, at both ends. */
export const threadIdSchema = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,128}$/));

const ROOM_PREFIX = 'ivy_';

/** PartyKit's name for the one kind of room there is; part of every relay's URLs. */
export const PARTY = 'main';

export function parseThreadId(value: unknown): Result<string, 'bad_thread_id'> {
  const parsed = threadIdSchema.safeParse(value);
  return parsed.success ? succeed(parsed.data) : fail('bad_thread_id');
}

export function roomOfThread(threadId: string): string {
  return ROOM_PREFIX + threadId;
}

export function threadOfRoom(room: string): Result<string, 'bad_thread_id'> {
  return room.startsWith(ROOM_PREFIX) ? parseThreadId(room.slice(ROOM_PREFIX.length)) : fail('bad_thread_id');
}
