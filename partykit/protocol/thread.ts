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

/** What to say on a reconnect: undefined before anything is known. */
export function cursorOf(thread: Thread): Cursor | undefined {
  const last = thread.messages.at(-1);
  const run = thread.run?.messageId === undefined ? undefined : thread.run;
  if (last === undefined && run === undefined) return undefined;
  return {
    gen: thread.gen,
    ...(last === undefined ? {} : { last: last.id }),
    ...(run?.messageId === undefined ? {} : { run: run.messageId, off: run.text.length }),
  };
}

export function applyFrame(thread: Thread, frame: ServerFrame): Folded {
  switch (frame.type) {
    case 'history':
      return applyHistory(thread, frame);
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

/** For no more than this, the known ones are searched rather than indexed: most changes of a long thread are one message. */
const FEW = 2;

function mergeOne(known: readonly ThreadMessage[], message: ThreadMessage): readonly ThreadMessage[] {
  const index = known.findLastIndex(({ id }) => id === message.id);
  return index === -1 ? [...known, message] : known.map((one, at) => (at === index ? message : one));
}

/** Appends what is not there yet; a message whose id is known replaces the known one, in its place. */
function merge(known: readonly ThreadMessage[], added: readonly ThreadMessage[]): readonly ThreadMessage[] {
  if (added.length <= FEW) {
    let merged = known;
    for (const message of added) merged = mergeOne(merged, message);
    return merged;
  }
  const place = new Map(known.map((message, index) => [message.id, index]));
  const merged = [...known];
  for (const message of added) {
    const index = place.get(message.id);
    if (index === undefined) {
      place.set(message.id, merged.length);
      merged.push(message);
    } else merged[index] = message;
  }
  return merged;
}

const STOPPED: ThreadChange = { kind: 'streaming', isStreaming: false };

/** An older generation is over (rule S6); a newer one means that we missed the clear. */
function generationOf(thread: Thread, gen: number | undefined): 'same' | 'older' | 'newer' {
  if (gen === undefined || gen === thread.gen) return 'same';
  return gen < thread.gen ? 'older' : 'newer';
}

const GAP: readonly ThreadChange[] = [{ kind: 'gap' }];

function applyHistory(thread: Thread, frame: ServerFrameOf<'history'>): Folded {
  const gen = frame.gen ?? thread.gen;
  if (frame.mode === 'page') {
    if (gen !== thread.gen) return unchanged(thread);
    return {
      thread: {
        ...thread,
        messages: merge(merge([], frame.messages), thread.messages),
        before: frame.before,
      },
      changes: [{ kind: 'history' }],
    };
  }
  if (frame.mode === 'tail' && gen === thread.gen) {
    const messages = merge(thread.messages, frame.messages);
    const ended = thread.run !== undefined && frame.messages.some(({ id }) => id === thread.run?.messageId);
    return {
      thread: { ...thread, messages, run: ended ? undefined : thread.run },
      changes: ended ? [{ kind: 'history' }, STOPPED] : [{ kind: 'history' }],
    };
  }
  return {
    thread: { gen, messages: merge([], frame.messages), before: frame.before, run: undefined },
    changes: thread.run === undefined ? [{ kind: 'history' }] : [{ kind: 'history' }, STOPPED],
  };
}

function applyMessage(thread: Thread, frame: ServerFrameOf<'message'>): Folded {
  const generation = generationOf(thread, frame.gen);
  if (generation !== 'same') return { thread, changes: generation === 'newer' ? GAP : [] };
  if (thread.messages.some(({ id }) => id === frame.id)) return unchanged(thread);
  const { id, role, content, timestamp, status } = frame;
  const message: ThreadMessage = { id, role, content, timestamp, status };
  return {
    thread: { ...thread, messages: [...thread.messages, message] },
    changes: [{ kind: 'message', message }],
  };
}

function applyStreaming(thread: Thread, frame: ServerFrameOf<'streaming'>): Folded {
  const generation = generationOf(thread, frame.gen);
  if (generation !== 'same') return { thread, changes: generation === 'newer' ? GAP : [] };
  if (!frame.isStreaming) {
    return thread.run === undefined
      ? unchanged(thread)
      : { thread: { ...thread, run: undefined }, changes: [STOPPED] };
  }
  const continued = thread.run !== undefined && thread.run.messageId === frame.messageId;
  if (continued && frame.messageId !== undefined) return unchanged(thread);
  return {
    thread: { ...thread, run: { messageId: frame.messageId, text: '' } },
    changes: [{ kind: 'streaming', isStreaming: true }],
  };
}

function applyToken(thread: Thread, frame: ServerFrameOf<'token'>): Folded {
  const { messageId } = frame;
  if (thread.run === undefined && messageId !== undefined) {
    const late = thread.messages.at(-1)?.id === messageId;
    return { thread, changes: late ? [] : GAP };
  }
  const run = thread.run ?? { messageId, text: '' };
  if (messageId !== undefined && run.messageId !== messageId) return { thread, changes: GAP };
  const offset = frame.offset ?? run.text.length;
  if (offset > run.text.length) return { thread, changes: GAP };
  const content = frame.content.slice(run.text.length - offset);
  if (content === '') return unchanged(thread);
  const token: ThreadChange = { kind: 'token', content };
  return {
    thread: { ...thread, run: { messageId: run.messageId, text: run.text + content } },
    changes: thread.run === undefined ? [{ kind: 'streaming', isStreaming: true }, token] : [token],
  };
}

function applyDone(thread: Thread, frame: ServerFrameOf<'done'>): Folded {
  const generation = generationOf(thread, frame.gen);
  if (generation !== 'same') return { thread, changes: generation === 'newer' ? GAP : [] };
  const message: ThreadMessage = {
    id: frame.messageId,
    role: 'assistant',
    content: frame.fullContent,
    timestamp: frame.timestamp ?? (thread.messages.at(-1)?.timestamp ?? 0) + 1,
    status: frame.status,
    ...(frame.error === undefined ? {} : { error: frame.error }),
  };
  const known = thread.messages.some(({ id }) => id === message.id);
  const done: readonly ThreadChange[] = known ? [] : [{ kind: 'done', message }];
  return {
    thread: { ...thread, messages: merge(thread.messages, [message]), run: undefined },
    changes: thread.run === undefined ? done : [...done, STOPPED],
  };
}

/** Rule S8: what is there is what was stored, if it is as long. */
function applyEnd(thread: Thread, { chars, ...frame }: ServerFrameOf<'end'>): Folded {
  const { run, messages } = thread;
  if (generationOf(thread, frame.gen) === 'older') return unchanged(thread);
  if (run?.messageId === frame.messageId && run.text.length === chars) {
    return applyDone(thread, { ...frame, type: 'done', fullContent: run.text });
  }
  return messages.some(({ id }) => id === frame.messageId) ? unchanged(thread) : { thread, changes: GAP };
}

/** A failed answer learns its reason from the `error` that follows its `done` (rule S3). */
function applyError(thread: Thread, frame: ServerFrameOf<'error'>): Folded {
  const change: ThreadChange = { kind: 'error', frame };
  const failed = thread.messages.at(-1);
  if (failed?.status !== 'failed' || failed.id !== frame.messageId) return { thread, changes: [change] };
  const explained: ThreadMessage = { ...failed, error: { code: frame.code } };
  return { thread: { ...thread, messages: [...thread.messages.slice(0, -1), explained] }, changes: [change] };
}
