/** What one kind of agent service is to the relay: how it is asked, and how its events are read. Pure. */
import type { ErrorCode } from '#protocol';
import type { UpstreamRequest } from '../room/ports.ts';

export interface HttpCall {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What an event means. After `end` or `fail` nothing more is read. */
export type DialectEvent =
  | { readonly type: 'token'; readonly text: string }
  /** Text that came in one piece, because nothing of it was streamed. */
  | { readonly type: 'whole'; readonly text: string }
  | { readonly type: 'threadNamed'; readonly threadId: string }
  | { readonly type: 'end' }
  | DialectFailure;

export interface DialectFailure {
  readonly type: 'fail';
  readonly code: ErrorCode;
  /** For the operator: what to change. Never text of the service. */
  readonly hint: string;
}

/** Reads one answer's events, in order. */
export interface DialectReader {
  /** `data`: that of one server-sent event. */
  read(data: string): readonly DialectEvent[];
  /** The stream ended by itself: what that means here. */
  close(): readonly DialectEvent[];
}

export interface Dialect {
  /** The variable that says where the service is. */
  readonly addressVariable: string;
  call(request: UpstreamRequest): HttpCall;
  reader(): DialectReader;
  /** An answer in plain JSON, of services that may ignore that they are to stream; the last event is an end or a failure. */
  readonly readJson?: (body: unknown) => readonly DialectEvent[];
  /** What an HTTP status other than 2xx tells the operator. */
  explain(status: number): DialectFailure;
}
