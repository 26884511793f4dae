import type { ErrorCode, ServerFrameOf } from '#protocol';

/** Why something did not work: people read a sentence chosen by `code`, developers read `message`. */
export interface ChatError {
  /** Undefined from an original relay, or when this build does not know the code. */
  readonly code: ErrorCode | undefined;
  readonly message: string;
  readonly retryable: boolean;
  /** What it is about: a user's message that was refused, or an answer that failed. */
  readonly messageId: string | undefined;
  readonly retryAfterMs: number | undefined;
}

export function chatError(frame: ServerFrameOf<'error'>): ChatError {
  const { code, message, retryable, messageId, retryAfterMs } = frame;
  return { code, message, retryable: retryable ?? code === undefined, messageId, retryAfterMs };
}
