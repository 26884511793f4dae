/** Which pages may have the embed page in a frame: those that may connect themselves. */
import { describe, expect, it } from 'vitest';
import { parseAllowedOrigins } from '../../../partykit/admission/allowed-origins.ts';
import type { Door } from '../../../partykit/admission/door.ts';
import { frameAncestors } from '../../../partykit/served/frame-ancestors.ts';
import { OPEN, WITH_SECRET } from '../../support/knock.ts';

function allowing(text: string, door: Door = OPEN): string {
  const origins = parseAllowedOrigins(text);
  if (!origins.ok) throw new Error(origins.failure.join());
  return frameAncestors({ ...door, origins: origins.value });
}

describe('[A1] frame-ancestors', () => {
  it('are nobody where the configuration cannot be used', () => {
    expect(frameAncestors(undefined)).toBe("'none'");
  });

  it('are the relay’s own pages and those of this machine until somebody names others', () => {
    expect(frameAncestors(OPEN)).toBe(
      "'self' http://localhost:* https://localhost:* http://127.0.0.1:* https://127.0.0.1:*",
    );
  });

  it('are all where a token is lock enough', () => {
    expect(frameAncestors(WITH_SECRET)).toBe('*');
    expect(allowing('*', WITH_SECRET)).toBe('*');
    expect(allowing('* capacitor://localhost', WITH_SECRET)).toBe('* capacitor://localhost');
  });

  it('are the pages that are named, part by part, with tokens or without', () => {
    const named =
      'https://www.example.com, https://*.shop.example http://localhost:3000 HTTPS://WWW.example.com:443';
    const sources = "'self' https://www.example.com https://*.shop.example http://localhost:3000";
    expect(allowing(named)).toBe(sources);
    expect(allowing(named, WITH_SECRET)).toBe(sources);
    expect(allowing('https://bücher.example')).toBe("'self' https://xn--bcher-kva.example");
  });

  it.each(['null', 'none', 'http://[::1]:3000', "https://a.example;script-src'", 'https://a.example;x'])(
    'leave out what a policy cannot say (%s)',
    (text) => {
      expect(allowing(text)).toBe("'self'");
    },
  );
});
