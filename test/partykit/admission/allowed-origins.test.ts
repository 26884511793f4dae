import { describe, expect, it } from 'vitest';
import {
  allowsOrigin,
  parseAllowedOrigins,
  type AllowedOrigins,
} from '../../../partykit/admission/allowed-origins.ts';

function allowed(text: string): AllowedOrigins {
  const parsed = parseAllowedOrigins(text);
  if (!parsed.ok) throw new Error(parsed.failure.join('\n'));
  return parsed.value;
}

const LIST =
  'https://www.example.com, https://*.shop.example\nhttps://example.net:8443 http://localhost:3000 https://bücher.example capacitor://localhost';

describe('ALLOWED_ORIGINS', () => {
  it.each([
    'https://www.example.com',
    'https://www.example.com:443',
    'https://a.shop.example',
    'https://a.b.shop.example',
    'https://example.net:8443',
    'http://localhost:3000',
    'https://xn--bcher-kva.example',
    'capacitor://localhost',
  ])('[A1] lets in what it names: %s', (origin) => {
    expect(allowsOrigin(allowed(LIST), origin)).toBe(true);
  });

  it.each([
    ['another scheme', 'http://www.example.com'],
    ['another port', 'https://www.example.com:8443'],
    ['no port where one is named', 'https://example.net'],
    ['the port of the other scheme', 'https://www.example.com:80'],
    ['a name that begins alike', 'https://www.example.com.evil.example'],
    ['a name that ends alike', 'https://evil-www.example.com'],
    ['a longer name', 'https://xwww.example.com'],
    ['a name below one that is named exactly', 'https://a.www.example.com'],
    ['the name above', 'https://example.com'],
    ['the name of a star itself', 'https://shop.example'],
    ['a name that ends like a star’s', 'https://evilshop.example'],
    ['a star’s name with another scheme', 'http://a.shop.example'],
    ['a star’s name with a port', 'https://a.shop.example:8443'],
    ['a star’s name in the middle', 'https://a.shop.example.evil.example'],
    ['nothing below a star’s name', 'https://.shop.example'],
    ['dots below a star’s name', 'https://a..shop.example'],
    ['a name in percents', 'https://www%2Eexample.com'],
    ['a trailing dot', 'https://www.example.com.'],
    ['a user', 'https://www.example.com@evil.example'],
    ['a user that is allowed', 'https://user@www.example.com'],
    ['a password', 'https://a:b@www.example.com'],
    ['a path', 'https://www.example.com/'],
    ['a query', 'https://www.example.com?https://www.example.com'],
    ['a fragment', 'https://evil.example#https://www.example.com'],
    ['a backslash', 'https://evil.example\\www.example.com'],
    ['two origins', 'https://evil.example https://www.example.com'],
    ['two origins with a comma', 'https://evil.example,https://www.example.com'],
    ['no scheme', 'www.example.com'],
    ['a scheme alone', 'https://'],
    ['nothing', ''],
    ['the word for no origin', 'null'],
    ['the word NULL', 'NULL'],
    ['a name that looks alike', 'https://www.exampIe.com'],
    ['a Cyrillic letter', 'https://www.exаmple.com'],
    ['a wildcard sent by a client', 'https://*.shop.example'],
    ['a file', 'file://'],
    ['an address in other words', 'http://127.0.0.1:3000'],
    ['another app', 'capacitor://evil'],
    ['an app’s scheme in front', 'capacitor://localhost.evil'],
  ])('[A1] keeps out %s: %s', (_what, origin) => {
    expect(allowsOrigin(allowed(LIST), origin)).toBe(false);
  });

  it('[A1] keeps out pages without an origin, and programs, unless it names them', () => {
    expect(allowsOrigin(allowed(LIST), undefined)).toBe(false);
    expect(allowsOrigin(allowed('*'), undefined)).toBe(false);
    expect(allowsOrigin(allowed('*'), 'null')).toBe(false);
    expect(allowsOrigin(allowed('null'), 'null')).toBe(true);
    expect(allowsOrigin(allowed('none'), undefined)).toBe(true);
    expect(allowsOrigin(allowed('*'), 'https://anywhere.example')).toBe(true);
  });

  it.each([
    'www.example.com',
    'https://www.example.com/chat',
    'https://*.com',
    'https://*',
    'https://a.*.example.com',
    'https://**.example.com',
    'https://*.example.com/*',
    'https://*example.com',
    '*.example.com',
    'https://user@example.com',
    'https://',
    '.*',
    'https://exa mple.com',
  ])('[A1] says what it cannot use: %s', (text) => {
    const parsed = parseAllowedOrigins(text);
    expect(parsed.ok).toBe(false);
  });
});
