import { describe, expect, it } from 'vitest';
import { decodeClientFrame, encodeFrame, FRAME_MAX_BYTES, MESSAGE_MAX_CHARS } from '#protocol';

const read = (frame: unknown) => decodeClientFrame(JSON.stringify(frame));
const kindOf = (text: unknown) => {
  const frame = decodeClientFrame(text);
  return frame.ok ? 'read' : frame.failure.kind;
};

/** A `ping` with padding in a field that nobody knows, of exactly `bytes` bytes of UTF-8. */
function paddedPing(bytes: number, unit: string): string {
  const frame = (padding: string) => `{"type":"ping","padding":"${padding}"}`;
  const room = bytes - Buffer.byteLength(frame(''));
  const units = Math.floor(room / Buffer.byteLength(unit));
  const padding = unit.repeat(units) + 'x'.repeat(room - units * Buffer.byteLength(unit));
  return frame(padding);
}

describe('reading a client frame', () => {
  it.each([
    { type: 'message', content: 'Olá' },
    { type: 'message', content: 'Olá', id: 'a-1' },
    { type: 'history' },
    { type: 'history', before: 'm-1', limit: 100 },
    { type: 'history', cursor: { gen: 2, last: 'm-1', run: 'm-2', off: 7 } },
    { type: 'clear' },
    { type: 'stop' },
    { type: 'retry', messageId: 'm-1' },
    { type: 'ping' },
  ] as const)('reads what a client wrote: $type', (frame) => {
    expect(decodeClientFrame(encodeFrame(frame))).toEqual({ ok: true, value: frame });
  });

  it('[V2] drops fields that it does not know', () => {
    expect(read({ type: 'stop', reason: 'newer clients say why' })).toEqual({
      ok: true,
      value: { type: 'stop' },
    });
  });

  it.each(['typing', 'toString', '__proto__', 'constructor', ''])(
    '[V2] tells an unknown type apart: %j',
    (type) => {
      expect(read({ type })).toEqual({ ok: false, failure: { kind: 'unknown' } });
    },
  );

  it.each([
    ['no JSON', '{"type":"ping"'],
    ['an empty text', ''],
    ['null', 'null'],
    ['a number', '7'],
    ['an array', '[{"type":"ping"}]'],
    ['no type', '{"content":"x"}'],
    ['a type that is no string', '{"type":{"toString":"ping"}}'],
    ['a binary frame', new TextEncoder().encode('{"type":"ping"}')],
    ['nothing', undefined],
    ['an object', { type: 'ping' }],
  ])('[V2] calls %s malformed', (_what, text) => {
    expect(kindOf(text)).toBe('malformed');
  });

  it.each([
    { type: 'message' },
    { type: 'message', content: 7 },
    { type: 'message', content: 'x', id: '' },
    { type: 'message', content: 'x', id: 'i'.repeat(129) },
    { type: 'history', limit: 0 },
    { type: 'history', limit: 101 },
    { type: 'history', limit: 1.5 },
    { type: 'history', before: '' },
    { type: 'history', cursor: { last: 'no generation' } },
    { type: 'history', cursor: { gen: -1 } },
    { type: 'retry' },
  ])('[V2] calls a known frame with a wrong field malformed: %j', (frame) => {
    expect(kindOf(JSON.stringify(frame))).toBe('malformed');
  });

  it('names the field that is wrong and nothing of what it held', () => {
    const frame = read({ type: 'message', content: { canary: 'c4n4ry' }, id: 'c4n4ry' });
    expect(frame).toMatchObject({ ok: false, failure: { kind: 'malformed' } });
    expect(JSON.stringify(frame)).toContain('message.content');
    expect(JSON.stringify(frame)).not.toContain('c4n4ry');
  });

  it.each(['', ' ', '\n\t ', '\u00a0\u3000'])('[C5] refuses blank text: %j', (content) => {
    expect(kindOf(JSON.stringify({ type: 'message', content }))).toBe('malformed');
  });

  it('[C5] reads a text of 16,000 characters and refuses one of 16,001', () => {
    expect(MESSAGE_MAX_CHARS).toBe(16_000);
    expect(kindOf(JSON.stringify({ type: 'message', content: 'ã'.repeat(16_000) }))).toBe('read');
    expect(kindOf(JSON.stringify({ type: 'message', content: 'ã'.repeat(16_001) }))).toBe('malformed');
  });

  it('[C5] counts code units, of which some characters have two', () => {
    const textOf = (emoji: number): string =>
      JSON.stringify({ type: 'message', content: '🌿'.repeat(emoji) });
    expect(decodeClientFrame(textOf(8_000)).ok).toBe(true);
    expect(kindOf(textOf(8_001))).toBe('malformed');
  });

  it('[C5] keeps the spaces around a text', () => {
    expect(read({ type: 'message', content: '  x\n' })).toEqual({
      ok: true,
      value: { type: 'message', content: '  x\n' },
    });
  });

  it.each(['x', 'ã', '漢', '👩'])(
    '[C5] reads a frame of 65,536 bytes and refuses one of 65,537: %s',
    (unit) => {
      const fits = paddedPing(65_536, unit);
      const over = paddedPing(65_537, unit);
      expect([Buffer.byteLength(fits), Buffer.byteLength(over)]).toEqual([
        FRAME_MAX_BYTES,
        FRAME_MAX_BYTES + 1,
      ]);
      expect([kindOf(fits), kindOf(over)]).toEqual(['read', 'too_large']);
    },
  );

  it('[C5] measures lone surrogates as the three bytes that they are sent as', () => {
    const frame = (padding: string) => `{"type":"ping","padding":"${padding}"}`;
    const units = Math.floor((FRAME_MAX_BYTES - frame('').length) / 3);
    expect(kindOf(frame('\ud83d'.repeat(units)))).toBe('read');
    expect(kindOf(frame('\ud83d'.repeat(units + 1)))).toBe('too_large');
  });

  it('[C5] measures before it parses', () => {
    expect(kindOf('['.repeat(FRAME_MAX_BYTES))).toBe('malformed');
    expect(kindOf('['.repeat(FRAME_MAX_BYTES + 1))).toBe('too_large');
  });

  it('leaves the prototype of objects alone', () => {
    read({ type: 'ping' });
    decodeClientFrame(
      '{"type":"history","__proto__":{"limit":5},"cursor":{"gen":0,"__proto__":{"last":"x"}}}',
    );
    decodeClientFrame('{"type":"message","content":"x","constructor":{"prototype":{"polluted":true}}}');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(decodeClientFrame('{"type":"history","__proto__":{"limit":5}}')).toEqual({
      ok: true,
      value: { type: 'history' },
    });
  });
});
