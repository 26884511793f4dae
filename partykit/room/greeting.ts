/** What a client is told when it connects or asks for the history (rules H4 to H6, R4). */
import {
  ORIGINAL_SNAPSHOT_MESSAGES,
  PROTOCOL_VERSION,
  SNAPSHOT_MESSAGES,
  type Cursor,
  type GrantedAccess,
  type ServerFrame,
  type ServerFrameOf,
  type ThreadMessage,
} from '#protocol';
import type { StoredPage } from './ports.ts';
import { sentLength } from './run-text.ts';
import { step, type Effect, type Occasion, type RoomState, type Sender, type Step } from './state.ts';

/**
 * Joins a connection that just opened, or answers its `history` request without `before`. An original client may need
 * more history than the room has at hand.
 */
export function greet(
  state: RoomState,
  sender: Sender,
  occasion: Occasion,
  cursor: Cursor | undefined,
): Step {
  const arrival: readonly Effect[] =
    occasion.kind === 'connect' ? [logArrival(sender.version, cursor !== undefined)] : [];
  if (sender.version === 0 && state.count > state.recent.length) {
    const before = state.recent[0]?.id;
    const limit = ORIGINAL_SNAPSHOT_MESSAGES - state.recent.length;
    if (before !== undefined && limit > 0) {
      const intent = { kind: 'greet', sender, occasion } as const;
      return step(state, arrival, { type: 'page', before, limit, intent });
    }
  }
  const greeted =
    sender.version === 0
      ? greetOriginal(state, sender, occasion, [])
      : step(state, [...snapshotFor(state, sender, occasion, cursor), { type: 'join', id: sender.id }]);
  return { ...greeted, effects: [...arrival, ...greeted.effects] };
}

/** `resumed`: the client was here before. */
function logArrival(version: number, resumed: boolean): Effect {
  return { type: 'log', entry: { event: 'connected', version, resumed } };
}

/**
 * An original client, with what storage had. It appends every token, so the open run's text is told only to a connection
 * that has none of it: on a request it already follows the run.
 */
export function greetOriginal(
  state: RoomState,
  sender: Sender,
  occasion: Occasion,
  older: readonly ThreadMessage[],
): Step {
  const messages = [...older, ...state.recent].filter(hasContent).slice(-ORIGINAL_SNAPSHOT_MESSAGES);
  const frames = [
    historyFrame(state, { mode: 'full', messages }),
    ...(occasion.kind === 'connect' ? runForOriginal(state) : []),
  ];
  return step(state, [
    ...frames.map((frame): Effect => ({ type: 'send', to: sender.id, frame })),
    { type: 'join', id: sender.id },
  ]);
}

/** One that lost its line in the middle of an answer still waits for the end, which may have been told meanwhile. */
function runForOriginal(state: RoomState): readonly ServerFrame[] {
  return state.run === undefined
    ? [{ type: 'streaming', isStreaming: false, gen: state.gen }]
    : openRun(state, 0);
}

/** What the cursor lacks, else the snapshot; then the open run. */
function snapshotFor(
  state: RoomState,
  sender: Sender,
  occasion: Occasion,
  cursor: Cursor | undefined,
): readonly Effect[] {
  const send = (frame: ServerFrame): Effect => ({ type: 'send', to: sender.id, frame });
  const { access, lean = false } = occasion.kind === 'connect' ? occasion : {};
  const lacking = cursor === undefined ? undefined : lackingSince(state, cursor);
  if (lacking !== undefined) {
    const history = historyFrame(state, { mode: 'tail', messages: lacking.messages, access, lean });
    return [send(history), ...openRun(state, lacking.offset).map(send)];
  }
  const messages = state.recent.slice(-SNAPSHOT_MESSAGES);
  const oldest = state.count > messages.length ? messages[0]?.id : undefined;
  return [
    send(historyFrame(state, { mode: 'full', messages, before: oldest, access, lean })),
    ...openRun(state, 0).map(send),
  ];
}

export function pageFor(state: RoomState, sender: Sender, page: StoredPage): Step {
  const before = page.hasOlder ? page.messages[0]?.id : undefined;
  return step(state, [
    {
      type: 'send',
      to: sender.id,
      frame: historyFrame(state, { mode: 'page', messages: page.messages, before }),
    },
  ]);
}

/** An answer that failed before its first word is an empty bubble to an original client. */
function hasContent(message: ThreadMessage): boolean {
  return message.content !== '';
}

interface HistoryParts {
  readonly mode: 'full' | 'tail' | 'page';
  readonly messages: readonly ThreadMessage[];
  readonly before?: string | undefined;
  readonly access?: GrantedAccess | undefined;
  readonly lean?: boolean;
}

export function historyFrame(state: RoomState, parts: HistoryParts): ServerFrameOf<'history'> {
  return {
    type: 'history',
    messages: [...parts.messages],
    gen: state.gen,
    mode: parts.mode,
    ...(parts.before === undefined ? {} : { before: parts.before }),
    ...(parts.access === undefined ? {} : { access: parts.access }),
    v: PROTOCOL_VERSION,
    ...(parts.lean === true ? { lean: true } : {}),
  };
}

/** Undefined where the room cannot tell what the client lacks, or the client claims what the room does not have. */
function lackingSince(
  state: RoomState,
  cursor: Cursor,
): { readonly messages: readonly ThreadMessage[]; readonly offset: number } | undefined {
  if (cursor.gen !== state.gen || cursor.last === undefined) return undefined;
  const index = state.recent.findIndex(({ id }) => id === cursor.last);
  if (index === -1) return undefined;
  const messages = state.recent.slice(index + 1);
  if (cursor.run === undefined) return { messages, offset: 0 };
  if (state.run?.messageId === cursor.run) {
    const offset = cursor.off ?? 0;
    return offset <= sentLength(state.run) ? { messages, offset } : undefined;
  }
  return messages.some(({ id }) => id === cursor.run) ? { messages, offset: 0 } : undefined;
}

/** Rule H5: two frames, however long the answer is. */
function openRun(state: RoomState, offset: number): readonly ServerFrame[] {
  const { run } = state;
  if (run === undefined) return [];
  const sent = sentLength(run);
  const streaming: ServerFrame = {
    type: 'streaming',
    isStreaming: true,
    messageId: run.messageId,
    gen: state.gen,
  };
  if (sent <= offset) return [streaming];
  const content = run.text.slice(offset, sent);
  return [streaming, { type: 'token', content, messageId: run.messageId, offset }];
}
