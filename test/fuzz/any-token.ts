/** Tokens at random: good ones, good ones with something exchanged, and things that are none. */
import { Buffer } from 'node:buffer';
import { createHmac } from 'node:crypto';
import type { SeededRandom } from '../support/seeded-random.ts';
import { NOW, SECRET, THREAD } from '../support/knock.ts';
import { anyText, damaged } from './any-text.ts';

const base64url = (text: string): string => Buffer.from(text).toString('base64url');

const HEADERS: readonly (readonly [string, unknown])[] = [
  ['alg', 'none'],
  ['alg', 'None'],
  ['alg', ''],
  ['alg', null],
  ['alg', 'HS512'],
  ['alg', 'RS256'],
  ['alg', ['HS256']],
  ['kid', '../../../../dev/null'],
  ['kid', "' OR 1=1 --"],
  ['jku', 'http://127.0.0.1:9/keys.json'],
  ['x5u', 'http://127.0.0.1:9/cert.pem'],
  ['jwk', { kty: 'oct', k: base64url('key') }],
  ['crit', ['exp']],
  ['crit', []],
  ['b64', false],
  ['zip', 'DEF'],
  ['typ', 'at+jwt'],
  ['cty', 'JWT'],
  ['__proto__', { alg: 'none' }],
];

const CLAIMS: readonly (readonly [string, unknown])[] = [
  ['thread', 'another-thread'],
  ['thread', [THREAD]],
  ['thread', { toString: THREAD }],
  ['thread', `${THREAD}\u0000`],
  ['thread', THREAD.toUpperCase()],
  ['thread', ''],
  ['thread', undefined],
  ['exp', undefined],
  ['exp', NOW / 1000 - 31],
  ['exp', NOW / 1000 + 60 * 60 * 24],
  ['exp', String(NOW / 1000 + 60)],
  ['exp', 1e308],
  ['exp', -1],
  ['exp', null],
  ['nbf', NOW / 1000 + 600],
  ['nbf', 'now'],
  ['iat', 'then'],
  ['access', 'admin'],
  ['access', ['write']],
  ['access', 'read'],
  ['sub', {}],
  ['sub', 's'.repeat(257)],
  ['sub', 'person'],
  ['__proto__', { thread: THREAD }],
];

function object(
  fields: Readonly<Record<string, unknown>>,
  more: readonly (readonly [string, unknown])[],
): string {
  const members = [...Object.entries(fields), ...more].flatMap(([name, value]) => {
    return value === undefined ? [] : [`${JSON.stringify(name)}:${JSON.stringify(value)}`];
  });
  // A name that is there twice is in the JSON twice: readers differ in which one they take.
  return `{${members.join(',')}}`;
}

function signed(head: string, payload: string, secret = SECRET, hash = 'sha256'): string {
  const input = `${base64url(head)}.${base64url(payload)}`;
  return `${input}.${createHmac(hash, secret).update(input).digest('base64url')}`;
}

export function anyToken(random: SeededRandom): string {
  const some = <Item>(items: readonly Item[], probability: number): readonly Item[] =>
    random.chance(probability) ? [random.pick(items)] : [];
  const kind = random.next();
  if (kind < 0.2) return anyText(random, ['eyJhbGciOiJIUzI1NiJ9', '.', 'e30', '-', '_', 'AAAA', '==']);
  const head = object({ alg: 'HS256' }, some(HEADERS, 0.4));
  const claims = { thread: THREAD, iat: NOW / 1000, exp: NOW / 1000 + 300 };
  const payload = object(claims, [...some(CLAIMS, 0.5), ...some(CLAIMS, 0.2)]);
  if (kind < 0.55) return signed(head, payload);
  if (kind < 0.62)
    return signed(head, payload, random.pick(['', 'secret', `${SECRET} `, base64url(SECRET)]) || '\0');
  if (kind < 0.69) return signed(head, payload, SECRET, random.pick(['sha1', 'sha384', 'sha512']));
  if (kind < 0.75) return signed(head, damaged(random, payload));
  if (kind < 0.8) return signed(damaged(random, head), payload);
  const parts = signed(head, payload).split('.');
  if (kind < 0.85) return `${parts[0] ?? ''}.${parts[1] ?? ''}.`;
  if (kind < 0.9) return [...parts].reverse().join('.');
  if (kind < 0.92) return `${parts.join('.')}.${parts.join('.')}`;
  return damaged(random, parts.join('.'));
}
