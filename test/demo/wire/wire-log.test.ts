import { describe, expect, it } from 'vitest';
import { WireLog } from '../../../demo/wire/wire-log.ts';
import { wireRow, type WireRow } from '../../../demo/wire/wire-row.ts';

const row = (at: number): WireRow => wireRow({ kind: 'received', data: '{"type":"pong"}' }, at);

describe('the log of the wire', () => {
  it('gives each row once, in order', () => {
    const log = new WireLog(3);
    log.add(row(1));
    log.add(row(2));
    expect(log.take().map(({ at }) => at)).toEqual([1, 2]);
    expect(log.take()).toEqual([]);
    expect(log.frames).toBe(2);
    expect(log.bytes).toBe(30);
  });

  it('keeps the newest while it is paused, or nobody looks, and counts all', () => {
    const log = new WireLog(3);
    log.isPaused = true;
    for (let at = 0; at < 1_000; at += 1) log.add(row(at));
    expect(log.take()).toEqual([]);
    log.isPaused = false;
    expect(log.take().map(({ at }) => at)).toEqual([997, 998, 999]);
    expect(log.frames).toBe(1_000);
  });

  it('begins anew', () => {
    const log = new WireLog(3);
    log.add(wireRow({ kind: 'opened' }, 1));
    log.add(row(2));
    log.clear();
    expect([log.frames, log.bytes, log.take()]).toEqual([0, 0, []]);
  });
});
