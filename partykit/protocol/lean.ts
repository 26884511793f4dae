/**
 * Rule S8: what a client that asked for it is spared. Text that goes on where it ended needs neither an offset nor the name
 * of its run, and the end of an answer that has been told does not tell it again. Around a short token a frame of JSON is
 * twenty times as long as the token itself.
 */
import type { ServerFrameOf } from './server-frames.ts';
import type { Thread } from './thread.ts';

/** Half of a surrogate pair: UTF-8, and so a text frame, cannot carry it. */
const HALF_PAIR = /[\ud800-\udfff]/u;

/** The text as a frame of its own; undefined where it has to travel as a `token`. */
export function leanText(content: string): string | undefined {
  return content === '' || content.startsWith('{') || HALF_PAIR.test(content) ? undefined : content;
}

/** The `token` that such a frame stands for; undefined for any other frame. */
export function readLeanText({ run }: Thread, data: unknown): ServerFrameOf<'token'> | undefined {
  if (typeof data !== 'string' || data === '' || data.startsWith('{')) return undefined;
  // Where no run is open, a part of the answer is missing: no run has the name of none.
  return { type: 'token', content: data, messageId: run?.messageId ?? '', offset: run?.text.length ?? 0 };
}

/** The end of an answer for clients that have all of its text. */
export function leanEnd({ fullContent, ...done }: ServerFrameOf<'done'>): ServerFrameOf<'end'> {
  return { ...done, type: 'end', chars: fullContent.length };
}
