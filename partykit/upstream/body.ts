/** The body of an answer that is no stream: read to its end, and no further than it may be long. */
import { fail, succeed, type Result } from '#protocol';

/** Rejects with what the connection threw. `onBytes` is told of each piece. */
export async function readBody(
  response: Response,
  maxBytes: number,
  onBytes: () => void = () => undefined,
): Promise<Result<string, 'too_large'>> {
  const reader = response.body?.getReader();
  if (reader === undefined) return succeed('');
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return succeed(text + decoder.decode());
      onBytes();
      bytes += value.byteLength;
      if (bytes > maxBytes) return fail('too_large');
      text += decoder.decode(value, { stream: true });
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
