/**
 * Bytes of an event stream to the `data` of its events. The parsing is eventsource-parser's; this file bounds it and
 * makes sure that leaving early closes the connection: a released reader alone would let the service run to its end.
 */
import { createParser } from 'eventsource-parser';

/** A line or event that grows past this is an attack or a mistake. */
export const SSE_MAX_BUFFER_CHARS = 1024 * 1024;

export class SseOverflowError extends Error {
  override readonly name = 'SseOverflowError';
}

/**
 * Yields, for each chunk of bytes, the events that it completed: an empty list is still a sign of life. An unterminated
 * last event is discarded, as the standard says. Throws `SseOverflowError`, or what the body threw.
 */
export async function* readServerSentEvents(
  body: ReadableStream<unknown>,
): AsyncGenerator<readonly string[]> {
  let complete: string[] = [];
  const limit = { exceeded: false };
  const parser = createParser({
    maxBufferSize: SSE_MAX_BUFFER_CHARS,
    onEvent: ({ data }) => {
      complete.push(data);
    },
    onError: (error) => {
      if (error.type === 'max-buffer-size-exceeded') limit.exceeded = true;
    },
  });
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let endsInCr = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        // The parser still waits for the LF of a CRLF: a CR alone ends a line too.
        if (endsInCr) parser.feed('\n');
        if (complete.length > 0) yield complete;
        return;
      }
      if (!(value instanceof Uint8Array)) throw new TypeError('the body is not made of bytes');
      const text = decoder.decode(value, { stream: true });
      if (text !== '') endsInCr = text.endsWith('\r');
      parser.feed(text);
      if (limit.exceeded) throw new SseOverflowError();
      const events = complete;
      complete = [];
      yield events;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
