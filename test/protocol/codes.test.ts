import { describe, expect, it } from 'vitest';
import { CLOSE_CODES, ERROR_CODES, isErrorCode, retryAfterClose } from '#protocol';

describe('close codes', () => {
  it.each([
    [4400, 'final'],
    [4401, 'token'],
    [4403, 'final'],
    [4429, 'later'],
  ])('[H3] %i is %s', (code, retry) => {
    expect(retryAfterClose(code)).toBe(retry);
  });

  it.each([1000, 1001, 1005, 1006, 1009, 1011, 1012, 1013, 3000, 4000, 4402, 4999])(
    '[H3] %i is not ours and is tried again',
    (code) => {
      expect(retryAfterClose(code)).toBe('later');
    },
  );

  it('[H3] are each used once', () => {
    const codes = Object.values(CLOSE_CODES).map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
  });
});

describe('error codes', () => {
  it('are those of the protocol', () => {
    expect(Object.keys(ERROR_CODES).sort()).toEqual(
      [
        'bad_frame',
        'too_large',
        'busy',
        'rate_limited',
        'id_conflict',
        'unknown_message',
        'unauthorized',
        'forbidden',
        'upstream_unconfigured',
        'upstream_unreachable',
        'upstream_rejected',
        'upstream_timeout',
        'upstream_failed',
        'upstream_truncated',
        'upstream_overflow',
        'interrupted',
        'storage_failed',
      ].sort(),
    );
  });

  it.each(['toString', '__proto__', 'constructor', 'BUSY', '', 7, undefined])('do not include %j', (code) => {
    expect(isErrorCode(code)).toBe(false);
  });
});
