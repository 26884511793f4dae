import { describe, expect, it } from 'vitest';
import { wireRow } from '../../../demo/wire/wire-row.ts';

const received = (frame: unknown): ReturnType<typeof wireRow> =>
  wireRow({ kind: 'received', data: JSON.stringify(frame) }, 5);

describe('a row of the wire', () => {
  it('says of a token where it begins, and shows its white space', () => {
    expect(received({ type: 'token', content: ' a\n', messageId: 'm', offset: 12 })).toMatchObject({
      at: 5,
      direction: 'received',
      type: 'token',
      offset: 12,
      summary: '" a\\n"',
    });
  });

  it('measures what goes over the wire, not the characters of it', () => {
    expect(wireRow({ kind: 'sent', data: '{"type":"ping","x":"ä🙂"}' }, 0).bytes).toBe(28);
  });

  it.each([
    [{ type: 'history', mode: 'tail', messages: [{}] }, 'tail, 1 message'],
    [{ type: 'history', messages: [{}, {}] }, 'full, 2 messages'],
    [{ type: 'history', before: 'm9' }, ''],
    [{ type: 'done', fullContent: 'abc', status: 'stopped' }, 'stopped, 3 characters'],
    [{ type: 'end', chars: 4, status: 'complete' }, 'complete, 4 characters'],
    [{ type: 'error', code: 'busy' }, 'busy'],
    [{ type: 'news', whatever: 1 }, ''],
  ])('sums %j up', (frame, summary) => {
    expect(received(frame)).toMatchObject({ type: frame.type, summary });
  });

  it('shows what is no frame, and cuts what is long', () => {
    expect(wireRow({ kind: 'received', data: '{nonsense' }, 0)).toMatchObject({
      type: '?',
      summary: '{nonsense',
    });
    expect(wireRow({ kind: 'received', data: new ArrayBuffer(3) }, 0)).toMatchObject({ type: '?', bytes: 0 });
    const long = received({ type: 'message', content: 'x'.repeat(100_000) });
    expect(long.bytes).toBeGreaterThan(100_000);
    expect(long.text.length).toBeLessThan(2_100);
    expect(long.summary.length).toBeLessThan(130);
  });

  it('tells what became of the line', () => {
    expect(wireRow({ kind: 'closed', code: 1006 }, 0)).toMatchObject({
      direction: 'line',
      type: 'closed',
      summary: 'code 1006',
    });
  });
});
