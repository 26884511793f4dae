/** JSON that reaches for prototypes or is beyond reason, in frames of both directions and in cursors (A7). */
import { describe, expect, it } from 'vitest';
import {
  applyFrame,
  cursorOf,
  decodeClientFrame,
  decodeServerFrame,
  EMPTY_THREAD,
  encodeFrame,
  parseConnectionQuery,
  type Result,
} from '#protocol';
import { HOSTILE_VALUES, placed } from '../support/hostile-json.ts';
import { prototypes } from '../support/prototypes.ts';

const CURSOR = { gen: 0, last: 'm-1', run: 'm-2', off: 3 };
const CLIENT_FRAMES: readonly Readonly<Record<string, unknown>>[] = [
  { type: 'message', content: 'text', id: 'm-1', gen: 0 },
  { type: 'history', before: 'm-1', limit: 5, cursor: CURSOR },
  { type: 'clear' },
  { type: 'stop' },
  { type: 'retry', messageId: 'm-1' },
  { type: 'ping', received: 1 },
];

const MESSAGE = { id: 'm-1', role: 'user', content: 'text', timestamp: 1, status: 'complete' };
const SERVER_FRAMES: readonly Readonly<Record<string, unknown>>[] = [
  { type: 'history', messages: [MESSAGE], gen: 0, mode: 'full', before: 'm-1', v: 1 },
  { type: 'message', ...MESSAGE, gen: 0 },
  { type: 'streaming', isStreaming: true, messageId: 'm-2', gen: 0 },
  { type: 'token', content: 'text', messageId: 'm-2', offset: 0 },
  { type: 'done', messageId: 'm-2', fullContent: 'text', status: 'failed', timestamp: 2, error: {}, gen: 0 },
  { type: 'error', message: 'Sorry.', code: 'busy', retryable: true, messageId: 'm-1', retryAfterMs: 1 },
  { type: 'pong' },
];

/** The values of what was read, however deep. */
function parts(value: unknown): readonly object[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value, ...Object.values(value).flatMap(parts)];
}

/** Plain objects and lists, with fields that a schema names. */
function expectPlain(value: unknown): void {
  for (const part of parts(value)) {
    expect([Object.prototype, Array.prototype]).toContain(Object.getPrototypeOf(part));
    for (const name of ['__proto__', 'constructor', 'prototype', 'polluted', 'unknown'])
      expect(Object.hasOwn(part, name)).toBe(false);
  }
}

function readAll(
  frames: readonly Readonly<Record<string, unknown>>[],
  payload: string,
  read: (text: string) => Result<unknown, unknown>,
): number {
  const texts = frames.flatMap((frame) => placed(frame, payload));
  for (const text of texts) {
    const result = read(text);
    if (result.ok) expectPlain(result.value);
  }
  return texts.length;
}

describe('a payload in every field of every frame', () => {
  const before = prototypes();

  it.each(HOSTILE_VALUES)('[A7] from a client changes nothing and throws nothing: %s', (_what, payload) => {
    expect(readAll(CLIENT_FRAMES, payload, decodeClientFrame)).toBeGreaterThan(25);
    expect(prototypes()).toEqual(before);
  });

  it.each(HOSTILE_VALUES)('[A7] from a relay changes nothing and throws nothing: %s', (_what, payload) => {
    let thread = EMPTY_THREAD;
    const count = readAll(SERVER_FRAMES, payload, (text) => {
      const frame = decodeServerFrame(text);
      if (frame.ok) thread = applyFrame(thread, frame.value).thread;
      return frame;
    });
    expect(count).toBeGreaterThan(45);
    expectPlain([thread, cursorOf(thread)]);
    expect(prototypes()).toEqual(before);
  });

  it.each(HOSTILE_VALUES)('[A7] in a cursor, in a list and alone is no frame: %s', (_what, payload) => {
    for (const cursor of placed(CURSOR, payload)) {
      const frame = decodeClientFrame(`{"type":"history","cursor":${cursor}}`);
      if (frame.ok) expectPlain(frame.value);
    }
    for (const message of placed(MESSAGE, payload)) {
      const frame = decodeServerFrame(`{"type":"history","messages":[${message},${payload}]}`);
      if (frame.ok) expectPlain(frame.value);
    }
    for (const text of [payload, `[${payload}]`]) {
      expect(decodeClientFrame(text).ok).toBe(false);
      expect(decodeServerFrame(text).ok).toBe(false);
    }
    expect(prototypes()).toEqual(before);
  });
});

describe('what a frame of a payload becomes', () => {
  it('[A7] has no more than its schema, so it can be written again', () => {
    const text =
      '{"type":"message","content":"text","__proto__":{"id":"theirs"},"constructor":{"prototype":{"gen":7}}}';
    const frame = decodeClientFrame(text);
    expect(frame).toEqual({ ok: true, value: { type: 'message', content: 'text' } });
    if (frame.ok) expect(encodeFrame(frame.value)).toBe('{"type":"message","content":"text"}');
  });

  it('[A7] is not of the type that a prototype names', () => {
    expect(decodeClientFrame('{"__proto__":{"type":"clear"}}')).toMatchObject({
      failure: { kind: 'malformed' },
    });
    expect(decodeServerFrame('{"__proto__":{"type":"pong"}}')).toMatchObject({
      failure: { kind: 'malformed' },
    });
  });

  it('[A7] is a message of an id that is a name of the language, and of that one alone', () => {
    let thread = EMPTY_THREAD;
    const ids = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'];
    for (const id of [...ids, ...ids]) {
      const frame = decodeServerFrame(JSON.stringify({ ...MESSAGE, type: 'message', id }));
      if (frame.ok) thread = applyFrame(thread, frame.value).thread;
    }
    expect(thread.messages.map(({ id }) => id)).toEqual(ids);
  });
});

describe('the query of a connection', () => {
  const before = prototypes();
  const names = [
    '__proto__',
    'constructor',
    'prototype',
    '__proto__[polluted]',
    'constructor[prototype][polluted]',
  ];

  it.each(names)('[A7] with %s in it is one without a cursor', (name) => {
    for (const query of [{ [name]: 'yes' }, { gen: name, last: name, run: name, off: name }]) {
      expect(parseConnectionQuery(new URLSearchParams(query))).toMatchObject({
        version: 0,
        cursor: undefined,
      });
    }
    expect(prototypes()).toEqual(before);
  });

  it.each(names)('[A7] may name a message %s', (name) => {
    const query = parseConnectionQuery(new URLSearchParams({ v: '1', gen: '1', last: name }));
    expect(query).toMatchObject({ version: 1, cursor: { gen: 1, last: name } });
    expectPlain(query);
  });
});
