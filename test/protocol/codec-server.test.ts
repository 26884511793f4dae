import { describe, expect, it } from 'vitest';
import { decodeServerFrame, encodeFrame, type ServerFrame } from '#protocol';

const read = (frame: unknown) => decodeServerFrame(JSON.stringify(frame));
const message = { id: 'm-1', role: 'assistant', content: 'Olá', timestamp: 1 };

describe('reading a server frame', () => {
  it.each<ServerFrame>([
    { type: 'history', messages: [], gen: 3, mode: 'tail', v: 1 },
    { type: 'message', id: 'm-1', role: 'user', content: 'Olá', timestamp: 1, status: 'complete', gen: 0 },
    { type: 'streaming', isStreaming: true, messageId: 'm-2', gen: 0 },
    { type: 'token', content: '👩', messageId: 'm-2', offset: 0 },
    { type: 'done', messageId: 'm-2', fullContent: '', status: 'failed', timestamp: 2, gen: 0 },
    { type: 'error', message: 'Wait.', code: 'busy', retryable: true, messageId: 'm-3', retryAfterMs: 10 },
    { type: 'pong' },
  ])('reads what a relay wrote: $type', (frame) => {
    expect(decodeServerFrame(encodeFrame(frame))).toEqual({ ok: true, value: frame });
  });

  it('writes a lone half of a surrogate pair so that it arrives as it was', () => {
    const frame: ServerFrame = { type: 'token', content: '\ud83d', messageId: 'm', offset: 0 };
    const sent = Buffer.from(encodeFrame(frame)).toString();
    expect(decodeServerFrame(sent)).toEqual({ ok: true, value: frame });
  });

  it('[V2] drops unknown fields, also inside messages', () => {
    expect(read({ type: 'history', messages: [{ ...message, mood: 'good' }], seq: 9 })).toEqual({
      ok: true,
      value: { type: 'history', messages: [{ ...message, status: 'complete' }] },
    });
  });

  it('[V2] tells an unknown type apart', () => {
    expect(read({ type: 'suggestion', content: 'x' })).toEqual({ ok: false, failure: { kind: 'unknown' } });
  });

  it('[V2] keeps an error whose code a newer relay made, without the code', () => {
    const frame = read({ type: 'error', message: 'Something new.', code: 'quota_of_2031', retryable: true });
    expect(frame).toEqual({
      ok: true,
      value: { type: 'error', message: 'Something new.', code: undefined, retryable: true },
    });
  });

  it('[V2] keeps a failed message whose code a newer relay made', () => {
    const failed = { ...message, status: 'failed', error: { code: 'quota_of_2031' } };
    expect(read({ type: 'history', messages: [failed] })).toMatchObject({
      ok: true,
      value: { messages: [{ id: 'm-1', status: 'failed', error: { code: undefined } }] },
    });
  });

  it.each([
    { type: 'token' },
    { type: 'token', content: 'x', offset: -1 },
    { type: 'token', content: 'x', offset: 1.5 },
    { type: 'history', messages: 'none' },
    { type: 'message', ...message, id: '' },
    { type: 'streaming', isStreaming: 'yes' },
    { type: 'done', messageId: 'm' },
    { type: 'error', code: 'busy' },
    { type: 'error', message: 'x', retryAfterMs: -1 },
  ])('[V2] calls a known frame with a wrong field malformed: %j', (frame) => {
    expect(read(frame)).toMatchObject({ ok: false, failure: { kind: 'malformed' } });
  });

  it('[V2] leaves out of a history what it cannot read, and keeps the rest', () => {
    const messages = [
      message,
      { ...message, id: 'm-2', role: 'narrator' },
      'nothing',
      { ...message, id: 'm-3' },
    ];
    expect(read({ type: 'history', messages, mode: 'sideways' })).toMatchObject({
      ok: true,
      value: { messages: [{ id: message.id }, { id: 'm-3' }], mode: undefined },
    });
  });

  it('[V2] shows an answer whose status a newer relay invented', () => {
    const frame = { type: 'done', messageId: 'm', fullContent: 'x', status: 'paused' };
    expect(read(frame)).toMatchObject({ ok: true, value: { status: 'complete' } });
  });

  it.each([
    ['a number', 1_718_000_000_123, 1_718_000_000_123],
    ['a decimal string', '1718000000123', 1_718_000_000_123],
    ['an ISO string', '2024-06-10T06:13:20.123Z', 1_718_000_000_123],
    ['an ISO string with an offset', '2024-06-10T03:13:20.123-03:00', 1_718_000_000_123],
  ])('reads a timestamp that is %s', (_what, timestamp, ms) => {
    expect(read({ type: 'message', ...message, timestamp })).toMatchObject({
      ok: true,
      value: { timestamp: ms },
    });
  });

  it.each(['yesterday', '', null, true, {}])('refuses a timestamp that is no time: %j', (timestamp) => {
    expect(read({ type: 'message', ...message, timestamp })).toMatchObject({
      ok: false,
      failure: { kind: 'malformed' },
    });
  });

  it('never throws, whatever comes', () => {
    for (const text of [
      '',
      '{',
      '[]',
      'null',
      '{"type":null}',
      undefined,
      new ArrayBuffer(4),
      Symbol('frame'),
      7n,
    ]) {
      expect(decodeServerFrame(text).ok).toBe(false);
    }
  });
});
