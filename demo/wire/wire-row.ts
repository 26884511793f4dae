/** One line of the view of the wire: what a frame is, in a few words, and its text. */
import * as z from 'zod/mini';
import { parseJson } from '#protocol';
import type { WireEvent } from './socket-tap.ts';

export interface WireRow {
  /** Ms since the epoch. */
  readonly at: number;
  /** `line`: about the connection itself. */
  readonly direction: 'sent' | 'received' | 'line';
  /** A frame's type, or what became of the line. */
  readonly type: string;
  /** Of the text, in UTF-8. */
  readonly bytes: number;
  /** Where the text of a `token` begins in its answer, if it says so. */
  readonly offset: number | undefined;
  /** How long that text is, in UTF-16 code units; 0 for anything else. */
  readonly chars: number;
  readonly summary: string;
  /** The frame, cut where it is long. */
  readonly text: string;
}

export const wireRowSchema = z.object({
  at: z.number(),
  direction: z.enum(['sent', 'received', 'line']),
  type: z.string(),
  bytes: z.number(),
  offset: z.union([z.number(), z.undefined()]),
  chars: z.number(),
  summary: z.string(),
  text: z.string(),
});

const TEXT_CHARS = 2_000;
const SUMMARY_CHARS = 120;

/** Read loosely: frames that this page does not know are frames all the same. */
const frameSchema = z.looseObject({
  type: z.string(),
  offset: z.optional(z.number()),
  content: z.optional(z.string()),
  fullContent: z.optional(z.string()),
  role: z.optional(z.string()),
  status: z.optional(z.string()),
  mode: z.optional(z.string()),
  code: z.optional(z.string()),
  chars: z.optional(z.number()),
  isStreaming: z.optional(z.boolean()),
  messages: z.optional(z.array(z.unknown())),
});
type LooseFrame = z.infer<typeof frameSchema>;

export function wireRow(event: WireEvent, at: number): WireRow {
  if (event.kind === 'opened' || event.kind === 'closed') {
    const summary = event.kind === 'closed' ? `code ${String(event.code)}` : '';
    const nothing = { bytes: 0, offset: undefined, chars: 0, text: '' };
    return { at, direction: 'line', type: event.kind, summary, ...nothing };
  }
  const text = typeof event.data === 'string' ? event.data : '';
  const isLiveText = event.kind === 'received' && text !== '' && !text.startsWith('{');
  const frame = frameSchema.safeParse(isLiveText ? { type: 'token', content: text } : parseJson(text));
  const common = { at, direction: event.kind, bytes: bytesOf(text), text: cut(text, TEXT_CHARS) };
  if (!frame.success)
    return { ...common, type: '?', offset: undefined, chars: 0, summary: cut(text, SUMMARY_CHARS) };
  const { type, offset, content } = frame.data;
  const chars = type === 'token' ? (content?.length ?? 0) : 0;
  return { ...common, type, offset, chars, summary: cut(summaryOf(frame.data), SUMMARY_CHARS) };
}

function summaryOf(frame: LooseFrame): string {
  switch (frame.type) {
    case 'token':
      return JSON.stringify(frame.content ?? '');
    case 'message':
      return `${frame.role ?? 'user'}: ${frame.content ?? ''}`;
    case 'history':
      return frame.messages === undefined
        ? ''
        : `${frame.mode ?? 'full'}, ${counted(frame.messages.length, 'message')}`;
    case 'streaming':
      return frame.isStreaming === true ? 'an answer begins' : 'and has ended';
    case 'done':
      return `${frame.status ?? 'complete'}, ${counted(frame.fullContent?.length ?? 0, 'character')}`;
    case 'end':
      return `${frame.status ?? 'complete'}, ${counted(frame.chars ?? 0, 'character')}`;
    default:
      return frame.code ?? '';
  }
}

export function counted(count: number, thing: string): string {
  return `${count.toLocaleString('en')} ${thing}${count === 1 ? '' : 's'}`;
}

export function sized(bytes: number): string {
  return bytes < 1_000 ? `${String(bytes)} B` : `${(bytes / 1_000).toFixed(bytes < 10_000 ? 1 : 0)} kB`;
}

function cut(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit)} …`;
}

const encoder = new TextEncoder();

function bytesOf(text: string): number {
  return encoder.encode(text).length;
}
