/** `error` frames: the sentence is ours and says nothing of the upstream (rule S5). */
import { ERROR_CODES, type ClientFrame, type ErrorCode, type ServerFrameOf } from '#protocol';

const SENTENCES: Readonly<Record<ErrorCode, string>> = {
  bad_frame: 'The relay did not understand what was sent.',
  too_large: 'This is too long to be sent.',
  busy: 'An answer is being written. Wait for it, or stop it, before sending.',
  rate_limited: 'Too many messages in a short time. Wait a moment.',
  id_conflict: 'Another message already has this id.',
  unknown_message: 'There is no such message to answer again.',
  unauthorized: 'This conversation needs a valid token.',
  forbidden: 'This page may not open this conversation.',
  upstream_unconfigured: 'No agent service is configured for this relay.',
  upstream_unreachable: 'The agent service could not be reached.',
  upstream_rejected: 'The agent service did not accept the request.',
  upstream_timeout: 'The agent service took too long to answer.',
  upstream_failed: 'The agent service reported a problem.',
  upstream_truncated: 'The answer ended before it was complete.',
  upstream_overflow: 'The answer was too long and was cut.',
  interrupted: 'The answer was interrupted.',
  storage_failed: 'The message could not be stored.',
};

export interface ErrorDetails {
  readonly messageId?: string | undefined;
  readonly retryAfterMs?: number | undefined;
}

export function errorFrame(code: ErrorCode, details: ErrorDetails = {}): ServerFrameOf<'error'> {
  return {
    type: 'error',
    message: SENTENCES[code],
    code,
    retryable: ERROR_CODES[code].retryable,
    ...(details.messageId === undefined ? {} : { messageId: details.messageId }),
    ...(details.retryAfterMs === undefined ? {} : { retryAfterMs: details.retryAfterMs }),
  };
}

/** The message that a frame is about, so that its sender knows what was refused, and keeps the text. */
export function messageOf(frame: ClientFrame): string | undefined {
  if (frame.type === 'message') return frame.id;
  return frame.type === 'retry' ? frame.messageId : undefined;
}
