import { describe, expect, it } from 'vitest';
import { owe, take, UNLIMITED, type Bucket } from '../../../partykit/room/token-bucket.ts';

const RATE = { burst: 3, perMinute: 6 };

function takeMany(times: readonly number[]): number[] {
  let bucket: Bucket | undefined;
  return times.map((at) => {
    const taken = take(RATE, bucket, at);
    bucket = taken.bucket;
    return taken.waitMs;
  });
}

describe('a rate', () => {
  it('[A5] gives a burst at once, and then says how long the next one takes', () => {
    expect(takeMany([0, 0, 0, 0, 4000, 10_000, 10_000])).toEqual([0, 0, 0, 10_000, 6000, 0, 10_000]);
  });

  it('[A5] saves up no more than a burst', () => {
    expect(takeMany([0, 10_000_000, 10_000_000, 10_000_000, 10_000_000])).toEqual([0, 0, 0, 0, 10_000]);
  });

  it('[A5] gives nothing for a clock that was put back', () => {
    expect(takeMany([60_000, 60_000, 60_000, 0, 0])).toEqual([0, 0, 0, 10_000, 10_000]);
  });

  it('[A5] has to be paid back where more was taken than there was', () => {
    const bucket = owe(RATE, undefined, 0, 5);
    expect(take(RATE, bucket, 0).waitMs).toBe(30_000);
    expect(take(RATE, bucket, 30_000).waitMs).toBe(0);
    expect(take(RATE, owe(RATE, bucket, 10_000_000, 2), 10_000_000).waitMs).toBe(0);
  });

  it('[A5] can be none', () => {
    let bucket: Bucket | undefined;
    for (let index = 0; index < 1000; index += 1) {
      const taken = take(UNLIMITED, bucket, 0);
      expect(taken.waitMs).toBe(0);
      bucket = taken.bucket;
    }
  });
});
