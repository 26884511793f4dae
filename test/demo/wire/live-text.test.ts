import { describe, expect, it } from 'vitest';
import { LiveText } from '../../../demo/wire/live-text.ts';
import { wireRow, type WireRow } from '../../../demo/wire/wire-row.ts';

function rowsOf(...frames: readonly string[]): readonly WireRow[] {
  const live = new LiveText();
  return frames.map((data) => live.follow(wireRow({ kind: 'received', data }, 0)));
}

describe('text that travels as it is', () => {
  it('[S8] is a token that begins where the text before it ended', () => {
    const rows = rowsOf(
      '{"type":"streaming","isStreaming":true}',
      '{"type":"token","content":"One ","offset":0}',
      'two ',
      '🌿',
      'three',
    );
    expect(rows.slice(1).map(({ type, offset }) => [type, offset])).toEqual([
      ['token', 0],
      ['token', 4],
      ['token', 8],
      ['token', 10],
    ]);
    expect(rows[2]).toMatchObject({ bytes: 4, summary: '"two "' });
  });

  it('[S8] begins anew with each answer', () => {
    const rows = rowsOf(
      '{"type":"streaming","isStreaming":true}',
      'abc',
      '{"type":"streaming","isStreaming":true}',
      'd',
    );
    expect(rows.at(-1)?.offset).toBe(0);
  });
});
