/** A rate with room for a burst, as data: so much at once, and so much a minute in the long run. */

export interface Rate {
  readonly burst: number;
  readonly perMinute: number;
}

export interface Bucket {
  readonly level: number;
  /** When it had that level, in ms since the epoch. */
  readonly at: number;
}

const MINUTE_MS = 60_000;

/** No limit. */
export const UNLIMITED: Rate = { burst: Number.POSITIVE_INFINITY, perMinute: Number.POSITIVE_INFINITY };

/**
 * Takes one, where there is one. `waitMs`: how long until there is; 0 when it was taken. Without a bucket nothing has
 * been taken yet.
 */
export function take(
  rate: Rate,
  bucket: Bucket | undefined,
  at: number,
): { readonly bucket: Bucket; readonly waitMs: number } {
  const level = levelAt(rate, bucket, at);
  if (level >= 1) return { bucket: { level: level - 1, at }, waitMs: 0 };
  return { bucket: { level, at }, waitMs: Math.ceil(((1 - level) / rate.perMinute) * MINUTE_MS) };
}

/** Takes more than one, also where there is less: what is missing has to come before there is one again. */
export function owe(rate: Rate, bucket: Bucket | undefined, at: number, amount: number): Bucket {
  return { level: levelAt(rate, bucket, at) - amount, at };
}

function levelAt({ burst, perMinute }: Rate, bucket: Bucket | undefined, at: number): number {
  if (bucket === undefined || burst === Number.POSITIVE_INFINITY) return burst;
  // A clock that was put back refills nothing.
  const passed = Math.max(0, at - bucket.at);
  return Math.min(burst, bucket.level + (passed / MINUTE_MS) * perMinute);
}
