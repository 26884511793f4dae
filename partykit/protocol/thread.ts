/**
 * The fold of a thread: what a client knows, and what each server frame makes of it. Pure, so that a standalone
 * client, the widget and the tests cannot disagree. Works the same on an original relay's frames, which carry no
 * generation, offset or status.
 */
import type { Cursor } from './cursor.ts';
import type { ThreadMessage } from './message.ts';
import type { ServerFrame, ServerFrameOf } from './server-frames.ts';

/** The answer that is being written. */
export interface OpenRun {
  /** Undefined on an original relay until `done` names it. */
  readonly messageId: string | undefined;
  readonly text: string;
}

export interface Thread {
  readonly gen: number;
  /** Oldest first; only what has been loaded. */
  readonly messages: readonly ThreadMessage[];
  /** Cursor of the page above, when there is one. */
  readonly before: string | undefined;
  readonly run: OpenRun | undefined;
}

export const EMPTY_THREAD: Thread = { gen: 0, messages: [], before: undefined, run: undefined };

/** What a frame changed, in the order in which it happened. */
export type ThreadChange =
  /** The whole transcript was replaced or completed: by a snapshot, a tail, an older page or a clear. */
  | { readonly kind: 'history' }
  | { readonly kind: 'message'; readonly message: ThreadMessage }
  | { readonly kind: 'streaming'; readonly isStreaming: boolean }
  /** Only text that was not there before. */
  | { readonly kind: 'token'; readonly content: string }
  | { readonly kind: 'done'; readonly message: ThreadMessage }
  | { readonly kind: 'error'; readonly frame: ServerFrameOf<'error'> }
  /** Text is missing between what we have and what came: ask again with the cursor (rule S1). */
  | { readonly kind: 'gap' };

export interface Folded {
  readonly thread: Thread;
  readonly changes: readonly ThreadChange[];
}

const unchanged = (thread: Thread): Folded => ({ thread, changes: [] });
const gap = (thread: Thread): Folded => ({ thread, changes: [{ kind: 'gap' }] });

/** What to say on a reconnect: undefined before anything is known. */
export function cursorOf(thread: Thread): Cursor | undefined {
  const last = thread.messages.at(-1)?.id;
  const run = thread.run?.messageId;
  if (last === undefined && run === undefined) return undefined;
  return { gen: thread.gen, last, run, off: run === undefined ? undefined : thread.run?.text.length };
}

export function applyFrame(thread: Thread, frame: ServerFrame): Folded {
  if (frame.type === 'history') return applyHistory(thread, frame);
  const gen = ('gen' in frame ? frame.gen : undefined) ?? thread.gen;
  // An older generation is over (rule S6); a newer one means that we missed the clear.
  if (gen < thread.gen) return unchanged(thread);
  if (gen > thread.gen) return gap(thread);
  switch (frame.type) {
    case 'message':
      return applyMessage(thread, frame);
    case 'streaming':
      return applyStreaming(thread, frame);
    case 'token':
      return applyToken(thread, frame);
    case 'done':
      return applyDone(thread, frame);
    case 'end':
      return applyEnd(thread, frame);
    case 'error':
      return applyError(thread, frame);
    case 'pong':
    case 'access':
      return unchanged(thread);
  }
}

const HISTORY: ThreadChange = { kind: 'history' };
const STARTED: ThreadChange = { kind: 'streaming', isStreaming: true };
const STOPPED: ThreadChange = { kind: 'streaming', isStreaming: false };

/** Appends what is not there yet; a message whose id is known replaces the known one, in its place. */
function merge(known: readonly ThreadMessage[], added: readonly ThreadMessage[]): readonly ThreadMessage[] {
  // A map keeps the first place of an id, and the last message.
  return [...new Map([...known, ...added].map((message) => [message.id, message])).values()];
}

function applyHistory(thread: Thread, frame: ServerFrameOf<'history'>): Folded {
  const { messages, mode, before, gen = thread.gen } = frame;
  const known = gen === thread.gen ? thread.messages : [];
  if (mode === 'page') {
    if (gen !== thread.gen) return unchanged(thread);
    return { thread: { ...thread, messages: merge(messages, known), before }, changes: [HISTORY] };
  }
  const isTail = mode === 'tail' && gen === thread.gen;
  const goesOn = isTail && !messages.some(({ id }) => id === thread.run?.messageId);
  const run = goesOn ? thread.run : undefined;
  return {
    thread: isTail
      ? { ...thread, messages: messages.length === 0 ? known : merge(known, messages), run }
      : { gen, messages: merge([], messages), before, run },
    changes: run === thread.run ? [HISTORY] : [HISTORY, STOPPED],
  };
}

function applyMessage(thread: Thread, frame: ServerFrameOf<'message'>): Folded {
  if (thread.messages.some(({ id }) => id === frame.id)) return unchanged(thread);
  const { id, role, content, timestamp, status } = frame;
  const message: ThreadMessage = { id, role, content, timestamp, status };
  return {
    thread: { ...thread, messages: [...thread.messages, message] },
    changes: [{ kind: 'message', message }],
  };
}

function applyStreaming(thread: Thread, { isStreaming, messageId }: ServerFrameOf<'streaming'>): Folded {
  const { run } = thread;
  if (isStreaming ? messageId !== undefined && messageId === run?.messageId : run === undefined) {
    return unchanged(thread);
  }
  return {
    thread: { ...thread, run: isStreaming ? { messageId, text: '' } : undefined },
    changes: [isStreaming ? STARTED : STOPPED],
  };
}

function applyToken(thread: Thread, frame: ServerFrameOf<'token'>): Folded {
  const { messageId } = frame;
  if (thread.run === undefined && messageId !== undefined) {
    const late = thread.messages.at(-1)?.id === messageId;
    return late ? unchanged(thread) : gap(thread);
  }
  const run = thread.run ?? { messageId, text: '' };
  if (messageId !== undefined && run.messageId !== messageId) return gap(thread);
  const offset = frame.offset ?? run.text.length;
  if (offset > run.text.length) return gap(thread);
  const content = frame.content.slice(run.text.length - offset);
  if (content === '') return unchanged(thread);
  const token: ThreadChange = { kind: 'token', content };
  return {
    thread: { ...thread, run: { messageId: run.messageId, text: run.text + content } },
    changes: thread.run === undefined ? [STARTED, token] : [token],
  };
}

function applyDone(thread: Thread, frame: ServerFrameOf<'done'>): Folded {
  const message: ThreadMessage = {
    id: frame.messageId,
    role: 'assistant',
    content: frame.fullContent,
    timestamp: frame.timestamp ?? (thread.messages.at(-1)?.timestamp ?? 0) + 1,
    status: frame.status,
    ...(frame.error && { error: frame.error }),
  };
  const known = thread.messages.some(({ id }) => id === message.id);
  const done: readonly ThreadChange[] = known ? [] : [{ kind: 'done', message }];
  const messages = known
    ? thread.messages.map((one) => (one.id === message.id ? message : one))
    : [...thread.messages, message];
  return {
    thread: { ...thread, messages, run: undefined },
    changes: thread.run === undefined ? done : [...done, STOPPED],
  };
}

/** Rule S8: what is there is what was stored, if it is as long. */
function applyEnd(thread: Thread, { chars, ...frame }: ServerFrameOf<'end'>): Folded {
  const { run, messages } = thread;
  if (run?.messageId === frame.messageId && run.text.length === chars) {
    return applyDone(thread, { ...frame, type: 'done', fullContent: run.text });
  }
  return messages.some(({ id }) => id === frame.messageId) ? unchanged(thread) : gap(thread);
}

/** A failed answer learns its reason from the `error` that follows its `done` (rule S3). */
function applyError(thread: Thread, frame: ServerFrameOf<'error'>): Folded {
  const change: ThreadChange = { kind: 'error', frame };
  const failed = thread.messages.at(-1);
  if (failed?.status !== 'failed' || failed.id !== frame.messageId) return { thread, changes: [change] };
  const explained: ThreadMessage = { ...failed, error: { code: frame.code } };
  return { thread: { ...thread, messages: [...thread.messages.slice(0, -1), explained] }, changes: [change] };
}
