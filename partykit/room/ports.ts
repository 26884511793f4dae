/** All that a room knows of the world. Adapters implement these; the room never sees a platform. */
import type { ErrorCode, Result, Role, ThreadMessage } from '#protocol';
import type { Refusal } from './refusal.ts';
import type { Access, Session } from './session.ts';

/** One connected client. */
export interface RoomSocket {
  /** Unique in the room, chosen by the relay's side; never an identity. */
  readonly id: string;
  /** Plain data that lives as long as the connection, also while the room sleeps. */
  session: Session;
  /** May throw when the connection is already gone. */
  send(text: string): void;
  close(code: number, reason: string): void;
}

export interface Sockets {
  get(id: string): RoomSocket | undefined;
  all(): Iterable<RoomSocket>;
  /** How many `all` gives. */
  readonly count: number;
}

/** A run that was begun: written before the upstream is asked (rule R1). */
export interface StartedRun {
  /** Id that the answer will have. */
  readonly messageId: string;
  /** The user message that it answers. */
  readonly userMessageId: string;
  /** Ms since the epoch. */
  readonly startedAt: number;
}

export interface StoredThread {
  readonly gen: number;
  /** Name of the conversation at the upstream; undefined until it differs from the thread's own id (rule R5). */
  readonly upstreamThreadId: string | undefined;
  /** How many messages are stored. */
  readonly count: number;
  /** The newest ones, oldest first. */
  readonly recent: readonly ThreadMessage[];
  /** A run that has no end yet, with the text that reached storage. */
  readonly open: { readonly run: StartedRun; readonly text: string } | undefined;
}

export interface StoredPage {
  /** Oldest first. */
  readonly messages: readonly ThreadMessage[];
  readonly hasOlder: boolean;
}

/** What one transaction changes: messages are added at the end, and a run is begun or ended. */
export interface ThreadCommit {
  readonly append: readonly ThreadMessage[];
  /** The run that is open from now on; undefined ends any. Its text starts empty. */
  readonly open: StartedRun | undefined;
  readonly upstreamThreadId: string | undefined;
}

/** The room's memory. Every method may reject; a rejected write has changed nothing. */
export interface ThreadStorage {
  load(): Promise<StoredThread>;
  find(messageId: string): Promise<ThreadMessage | undefined>;
  /** The page that ends just above `before`; empty when that message is not there. */
  page(before: string, limit: number): Promise<StoredPage>;
  commit(change: ThreadCommit): Promise<void>;
  /**
   * Adds to the open run's text: costs O(`text`), whatever came before (rule R2). One that is rejected is written with the
   * next, so that the text never has a hole.
   */
  checkpoint(text: string): Promise<void>;
  /** Forgets everything of older generations. */
  reset(gen: number, upstreamThreadId: string): Promise<void>;
}

export interface UpstreamRequest {
  /** Id that the answer will have: of this run, and of no other. */
  readonly runId: string;
  /** The user's text, and its id. */
  readonly message: string;
  readonly messageId: string;
  /** The conversation's name at the upstream. */
  readonly threadId: string;
  /**
   * Finished turns before `message`, oldest first, for services that keep no thread: those that the room has at hand, at
   * least the newest 50 and never many more, however long the thread is.
   */
  readonly history: readonly ThreadMessage[];
}

/** How a run's upstream ended. `hint` is for the operator: it names what to change, and holds nothing secret. */
export type UpstreamOutcome =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly code: ErrorCode;
      readonly hint: string;
      readonly retryAfterMs?: number | undefined;
    };

/** Where a run's events go. After `ended`, or after an abort, nothing follows. */
export interface UpstreamSink {
  token(text: string): void;
  /** The service named its thread (rule R5). */
  threadNamed(threadId: string): void;
  /** Bytes arrived, whatever they held. */
  alive(): void;
  ended(outcome: UpstreamOutcome): void;
}

export interface Upstream {
  /** Begins at once and returns the way to abort it, which closes the request. Never throws. */
  start(request: UpstreamRequest, sink: UpstreamSink): () => void;
}

/** One message of what was said before the room was there. */
export interface PastMessage {
  readonly role: Role;
  readonly content: string;
}

/** What the agent service knows of a thread. */
export interface UpstreamMemory {
  /** Oldest first. Never rejects, and takes a few seconds at the most. A failure is a hint for the operator. */
  recall(threadId: string): Promise<Result<readonly PastMessage[], string>>;
}

export interface Clock {
  /** Ms since the epoch. */
  now(): number;
  /** Returns the way to cancel it. */
  schedule(delayMs: number, task: () => void): () => void;
}

/** One line for the operator. Never message text, keys or URLs. */
export interface LogEntry {
  readonly event: string;
  readonly [field: string]: string | number | boolean | undefined;
}

/** What somebody may cost over many threads. */
export interface Budget {
  /** Takes one run of it: 0, or how many ms until there is more. Never rejects. */
  spend(subject: string | undefined): Promise<number>;
}

export interface RoomPorts {
  readonly storage: ThreadStorage;
  readonly upstream: Upstream;
  /** Undefined where the service is not asked for what it knows. */
  readonly memory?: UpstreamMemory | undefined;
  readonly sockets: Sockets;
  /** Undefined where runs are not counted. */
  readonly budget?: Budget | undefined;
  readonly clock: Clock;
  /** A fresh UUID. */
  readonly newId: () => string;
  readonly log: (entry: LogEntry) => void;
  /** What a newer token of a connection allows (rule H7). Never rejects. */
  readonly renew: (token: string) => Promise<Result<Access, Refusal>>;
  /** `Room.rang` is to be called then, also when the room sleeps; ms since the epoch, undefined for never. */
  readonly setAlarm: (at: number | undefined) => void;
}
