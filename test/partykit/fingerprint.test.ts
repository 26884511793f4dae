import { expect, it } from 'vitest';
import { fingerprint } from '../../partykit/fingerprint.ts';

it('is FNV-1a in 64 bits, so that a log can be searched for a known thread with any tool', () => {
  expect(fingerprint('')).toBe('cbf29ce484222325');
  expect(fingerprint('a')).toBe('af63dc4c8601ec8c');
  expect(fingerprint('foobar')).toBe('85944171f73967e8');
});
