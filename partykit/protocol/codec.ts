/** Text to frame and back. Reading never throws: whatever a peer sends is a value. */
import * as z from 'zod/mini';
import { clientFrameSchema, clientFrameSchemas, type ClientFrame } from './client-frames.ts';
import { parseJson, writeJson } from './json.ts';
import { FRAME_MAX_BYTES } from './limits.ts';
import { fail, succeed, type Result } from './result.ts';
import { serverFrameSchema, serverFrameSchemas, type ServerFrame } from './server-frames.ts';

/**
 * Why a frame was not read. `unknown` types are to be ignored (rule V2). `reason` names the field and the rule that
 * it breaks; it never holds text of the frame.
 */
export type FrameFailure =
  | { readonly kind: 'too_large' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'malformed'; readonly reason: string };

const envelopeSchema = z.object({ type: z.string() });

function decode<Frame>(
  text: unknown,
  known: Readonly<Record<string, unknown>>,
  schema: z.ZodMiniType<Frame>,
): Result<Frame, FrameFailure> {
  const json = parseJson(text);
  const frame = schema.safeParse(json);
  if (frame.success) return succeed(frame.data);
  const envelope = envelopeSchema.safeParse(json);
  if (!envelope.success) return fail({ kind: 'malformed', reason: 'a frame is a JSON object with a type' });
  if (!Object.hasOwn(known, envelope.data.type)) return fail({ kind: 'unknown' });
  const issue = frame.error.issues[0];
  return fail({
    kind: 'malformed',
    reason: `${envelope.data.type}.${issue?.path.join('.') ?? ''}: ${issue?.code ?? 'invalid'}`,
  });
}

/** UTF-8 length, without encoding when the answer is already known from the number of code units. */
function exceedsBytes(text: string, limit: number): boolean {
  if (text.length > limit) return true;
  if (text.length * 3 <= limit) return false;
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes > limit;
}

/** Rule C5: measured before it is parsed. Anything that is not text (a binary frame) is malformed. */
export function decodeClientFrame(text: unknown): Result<ClientFrame, FrameFailure> {
  if (typeof text === 'string' && exceedsBytes(text, FRAME_MAX_BYTES)) return fail({ kind: 'too_large' });
  return decode(text, clientFrameSchemas, clientFrameSchema);
}

export function decodeServerFrame(text: unknown): Result<ServerFrame, FrameFailure> {
  return decode(text, serverFrameSchemas, serverFrameSchema);
}

/** For a client, which passes over what it cannot read (rule V2) and has nobody to tell why. */
export function readServerFrame(text: unknown): ServerFrame | undefined {
  const frame = serverFrameSchema.safeParse(parseJson(text));
  return frame.success ? frame.data : undefined;
}

export function encodeFrame(frame: ClientFrame | ServerFrame): string {
  return writeJson(frame);
}
