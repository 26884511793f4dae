/** The room as data: its state, what can happen to it, and what it wants done. No I/O, no time, no randomness. */
import type {
  ClientFrame,
  Cursor,
  FrameFailure,
  GrantedAccess,
  Result,
  ServerFrame,
  ThreadMessage,
} from '#protocol';
import type {
  LogEntry,
  PastMessage,
  StartedRun,
  StoredPage,
  StoredThread,
  ThreadCommit,
  UpstreamOutcome,
  UpstreamRequest,
} from './ports.ts';
import type { Bucket } from './token-bucket.ts';

/** The answer that is being written. */
export interface Run extends StartedRun {
  readonly text: string;
  /** End of `text` that no client has yet. */
  readonly unsent: string;
  /** End of `text` that storage has not yet. */
  readonly unsaved: string;
  /** How many tokens the upstream has sent. */
  readonly tokens: number;
  /** From one frame with text to the next, in ms. */
  readonly intervalMs: number;
  /** When the upstream last showed life. */
  readonly aliveAt: number;
  /** Text that comes goes out at once (`open`), or waits for the timer of the interval or for the one after it. */
  readonly flow: 'open' | 'waiting' | 'settling';
  readonly checkpointScheduled: boolean;
  /** It is over, and storage has refused its end: nobody is told of an end that a restart could make another. */
  readonly ending: EndIntent | undefined;
}

export interface RoomState {
  readonly gen: number;
  readonly upstreamThreadId: string | undefined;
  readonly count: number;
  /** The newest messages, oldest first: enough to greet a client without asking storage. */
  readonly recent: readonly ThreadMessage[];
  readonly run: Run | undefined;
  /** Ended answers that storage refused: written with the next commit, or by themselves after a while. */
  readonly unstored: readonly ThreadMessage[];
  /** What the thread may still start, and ask (rule C6). */
  readonly sends: Bucket | undefined;
  readonly requests: { readonly writers: Bucket | undefined; readonly readers: Bucket | undefined };
}

/** What reaches the machine: a newer token is the room's business. */
export type RequestFrame = Exclude<ClientFrame, { type: 'auth' }>;

/** Who sent a frame. */
export interface Sender {
  readonly id: string;
  readonly version: number;
  /** Whom a budget is counted for. */
  readonly subject: string | undefined;
  /** False for a spectator. */
  readonly write: boolean;
}

/** A greeting is told to a connection that just opened, or again to one that asks. */
export type Occasion =
  | { readonly kind: 'connect'; readonly access: GrantedAccess | undefined; readonly lean: boolean }
  | { readonly kind: 'request' };

/** Why storage was asked; comes back with the answer. */
export type Intent =
  | {
      readonly kind: 'send';
      readonly sender: Sender;
      readonly message: ThreadMessage;
      readonly runId: string;
    }
  | StartIntent
  | SpendIntent
  | EndIntent
  /** `afterMs`: how long it was waited before this attempt. */
  | { readonly kind: 'store'; readonly afterMs: number }
  | {
      readonly kind: 'clear';
      readonly sender: Sender;
      readonly gen: number;
      readonly upstreamThreadId: string;
    }
  /** `messages`: what is to be stored of it. */
  | { readonly kind: 'recall'; readonly messages: readonly ThreadMessage[] }
  | { readonly kind: 'greet'; readonly sender: Sender; readonly occasion: Occasion }
  | { readonly kind: 'page'; readonly sender: Sender };

/** A run for a new message, or another one for a message that is stored. */
export interface StartIntent {
  readonly kind: 'accept' | 'retry';
  readonly sender: Sender;
  readonly message: ThreadMessage;
  readonly run: StartedRun;
}

export interface SpendIntent {
  readonly kind: 'spend';
  readonly start: StartIntent;
}

export interface EndIntent {
  readonly kind: 'end';
  readonly message: ThreadMessage;
  readonly outcome: RunEnd;
  /** Counts from 1. */
  readonly attempt: number;
}

/** How a run ended, seen from the room. */
export type RunEnd =
  | { readonly status: 'complete' | 'stopped' | 'interrupted' }
  | { readonly status: 'failed'; readonly failure: Extract<UpstreamOutcome, { ok: false }> };

export type TimerName = 'flush' | 'checkpoint' | 'idle' | 'total';

/** `freshId`: an id that nobody has used, for the input that may need one. `at`: ms since the epoch. */
export type Input =
  | { readonly type: 'woken'; readonly stored: StoredThread; readonly at: number }
  | {
      readonly type: 'connected';
      readonly sender: Sender;
      readonly cursor: Cursor | undefined;
      readonly access: GrantedAccess | undefined;
      readonly lean: boolean;
    }
  | {
      readonly type: 'frame';
      readonly sender: Sender;
      readonly frame: RequestFrame;
      readonly at: number;
      readonly freshId: string;
    }
  | { readonly type: 'unreadable'; readonly sender: Sender; readonly failure: FrameFailure }
  /** A history was asked for, and the thread has told as many as it may for a while. */
  | { readonly type: 'toldEnough'; readonly sender: Sender; readonly retryAfterMs: number }
  | {
      readonly type: 'found';
      readonly intent: Intent;
      readonly message: ThreadMessage | undefined;
      readonly at: number;
    }
  | { readonly type: 'allowed'; readonly intent: SpendIntent }
  | { readonly type: 'denied'; readonly intent: SpendIntent; readonly retryAfterMs: number }
  | { readonly type: 'paged'; readonly intent: Intent; readonly page: StoredPage }
  | {
      readonly type: 'recalled';
      readonly past: Result<readonly PastMessage[], string>;
      readonly at: number;
      readonly freshId: string;
    }
  | { readonly type: 'stored'; readonly intent: Intent; readonly at: number }
  | { readonly type: 'refused'; readonly intent: Intent }
  /** `audience`: how many connections the room has. */
  | {
      readonly type: 'token';
      readonly runId: string;
      readonly text: string;
      readonly audience: number;
      readonly at: number;
    }
  | { readonly type: 'alive'; readonly runId: string; readonly at: number }
  | { readonly type: 'threadNamed'; readonly runId: string; readonly threadId: string }
  | { readonly type: 'ended'; readonly runId: string; readonly outcome: UpstreamOutcome; readonly at: number }
  | { readonly type: 'timer'; readonly runId: string; readonly name: TimerName; readonly at: number }
  /** The wait of `storeLater` is over. */
  | { readonly type: 'storeAgain'; readonly afterMs: number };

/** Answered at once with `found`, `paged`, `recalled`, `stored`, `allowed`, `denied` or `refused`, before any other input. */
export type Ask =
  | { readonly type: 'spend'; readonly sender: Sender; readonly intent: SpendIntent }
  | { readonly type: 'recall'; readonly threadId: string; readonly intent: Intent }
  | { readonly type: 'find'; readonly messageId: string; readonly intent: Intent }
  | { readonly type: 'page'; readonly before: string; readonly limit: number; readonly intent: Intent }
  | { readonly type: 'commit'; readonly change: ThreadCommit; readonly intent: Intent }
  | {
      readonly type: 'reset';
      readonly gen: number;
      readonly upstreamThreadId: string;
      readonly intent: Intent;
    };

export type Effect =
  | { readonly type: 'send'; readonly to: string; readonly frame: ServerFrame }
  /**
   * `since`: the oldest protocol version that is to get it; original clients get it too where it is left out. `lean`: what
   * a client that asked for lean frames gets in its place, as it is on the wire.
   */
  | {
      readonly type: 'broadcast';
      readonly frame: ServerFrame;
      readonly since?: number;
      readonly lean?: string | undefined;
    }
  /** From here on the session gets broadcasts. */
  | { readonly type: 'join'; readonly id: string }
  | { readonly type: 'checkpoint'; readonly text: string }
  | { readonly type: 'startUpstream'; readonly runId: string; readonly request: UpstreamRequest }
  | { readonly type: 'abortUpstream' }
  | { readonly type: 'setTimer'; readonly runId: string; readonly name: TimerName; readonly delayMs: number }
  | { readonly type: 'clearTimers' }
  /** Not a run's timer: it outlives the run whose answer is to be written. */
  | { readonly type: 'storeLater'; readonly afterMs: number }
  | { readonly type: 'log'; readonly entry: LogEntry };

/** What a transition gives: the next state, what to do in order, and then at most one question to what is outside. */
export interface Step {
  readonly state: RoomState;
  readonly effects: readonly Effect[];
  readonly ask: Ask | undefined;
}

export function step(state: RoomState, effects: readonly Effect[] = [], ask?: Ask): Step {
  return { state, effects, ask };
}

/** How many messages the room keeps at hand before it drops the older half. */
const RECENT_MAX = 100;
const RECENT_KEPT = 50;

/** A message that is in storage, or that everyone has seen. */
export function remember(state: RoomState, message: ThreadMessage): RoomState {
  const recent = [...state.recent, message];
  return {
    ...state,
    recent: recent.length > RECENT_MAX ? recent.slice(-RECENT_KEPT) : recent,
    count: state.count + 1,
  };
}
