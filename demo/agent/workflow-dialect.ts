/**
 * AST's workflow dialect, the service's end of it: requests in, events and refusals out, as text. Knows neither
 * sockets nor answers.
 */
import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';

/** Longer ids are nobody's; they would only fill the memory of threads. */
const THREAD_ID_MAX_CHARS = 256;

const requestSchema = z.object({
  message: z.string().check(z.refine((text) => text.trim() !== '')),
  threadId: z.nullish(z.string().check(z.minLength(1), z.maxLength(THREAD_ID_MAX_CHARS))),
});

/** `threadId` is the client's, or a new one for a client without one. */
export interface WorkflowRequest {
  readonly message: string;
  readonly threadId: string;
}

export type WorkflowEvent =
  | { readonly type: 'token'; readonly content: string }
  | { readonly type: 'complete'; readonly content: string }
  | { readonly type: 'error'; readonly content: string }
  | { readonly type: 'done'; readonly threadId: string };

/** One entry of a 422's `detail`, in FastAPI's shape, but without the input: a refusal need not repeat it. */
export interface InvalidField {
  readonly type: string;
  readonly loc: readonly (string | number)[];
  readonly msg: string;
}

export type ParsedRequest =
  | { readonly ok: true; readonly request: WorkflowRequest }
  | { readonly ok: false; readonly invalid: readonly InvalidField[] };

const NOT_JSON: InvalidField = { type: 'json_invalid', loc: ['body'], msg: 'JSON decode error' };

function parseJson(body: Uint8Array): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) };
  } catch {
    return undefined;
  }
}

function invalidField(path: readonly PropertyKey[], body: unknown): InvalidField {
  const loc = ['body', ...path.map(String)];
  const [field] = path;
  if (field === undefined)
    return { type: 'model_attributes_type', loc, msg: 'Input should be a valid dictionary' };
  const given: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, field) : undefined;
  if (given === undefined) return { type: 'missing', loc, msg: 'Field required' };
  if (typeof given !== 'string') return { type: 'string_type', loc, msg: 'Input should be a valid string' };
  return given.length > THREAD_ID_MAX_CHARS
    ? { type: 'string_too_long', loc, msg: `String should have at most ${THREAD_ID_MAX_CHARS} characters` }
    : { type: 'string_too_short', loc, msg: 'String should have at least 1 character' };
}

/** @param body as it came, of whatever encoding and shape */
export function parseWorkflowRequest(body: Uint8Array): ParsedRequest {
  const json = parseJson(body);
  if (json === undefined) return { ok: false, invalid: [NOT_JSON] };
  const parsed = requestSchema.safeParse(json.value);
  if (!parsed.success) {
    return { ok: false, invalid: parsed.error.issues.map(({ path }) => invalidField(path, json.value)) };
  }
  const { message, threadId } = parsed.data;
  return { ok: true, request: { message, threadId: threadId ?? randomUUID() } };
}

/** JSON as Python's `json.dumps` escapes it: everything outside of printable ASCII. */
export function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

export function encodeEvent(event: WorkflowEvent): string {
  return `data: ${asciiJson(event)}\n\n`;
}

/** Ends every stream; one without it was cut. */
export const END_OF_STREAM = 'data: [DONE]\n\n';
