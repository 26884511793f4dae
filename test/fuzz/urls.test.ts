/** Addresses at random: of relays, of links, of rooms, of pages, of services, and what comes with them (A1, A10, X3). */
import { describe, expect, it } from 'vitest';
import { connectionQuery, parseConnectionQuery, parseThreadId, roomOfThread, threadOfRoom } from '#protocol';
import {
  allowsOrigin,
  isLoopback,
  isOwn,
  parseAllowedOrigins,
} from '../../partykit/admission/allowed-origins.ts';
import { readConfig } from '../../partykit/env.ts';
import { relayAddress } from '../../widget/client/relay-address.ts';
import { namesAnotherHost, safeUrl, visibleText } from '../../widget/markdown/url-policy.ts';
import type { SeededRandom } from '../support/seeded-random.ts';
import { anyText, damaged } from './any-text.ts';
import { eachCase, FUZZ_TIMEOUT_MS } from './cases.ts';

const WORDS = [
  ...[
    'http://',
    'https://',
    'ws://',
    'wss://',
    'HTTPS://',
    'http:',
    'https:/',
    '//',
    'javascript:',
    'data:text/html,',
    'blob:',
    'file:///',
    'mailto:',
    'app://',
  ],
  ...[
    'a.example',
    'www.a.example',
    'localhost',
    '127.0.0.1',
    '[::1]',
    '0x7f.1',
    '2130706433',
    'xn--pple-43d.example',
    'b.test.',
    '*.a.example',
    '*',
  ],
  ...[
    ':80',
    ':443',
    ':1999',
    ':99999',
    ':',
    '/',
    '/b/c',
    '/../',
    '?d=e',
    '#f',
    'user@',
    ':pass@',
    'user:pass@',
    ',',
    ' ',
  ],
];

const anyAddress = (random: SeededRandom): string => {
  const address = random.chance(0.5)
    ? random.pick([
        'https://a.example',
        'http://localhost:1999',
        'chat.a.example/b',
        'https://*.a.example',
        'mailto:a@b.example',
      ])
    : anyText(random, WORDS, 1 + random.below(6));
  return random.chance(0.5) ? damaged(random, address) : address;
};

const anyThread = (random: SeededRandom): string =>
  random.chance(0.3)
    ? `t-${random.below(1e9)}`
    : anyText(random, ['a', 'Z', '0', '_', '-', '.', '~', 'ivy_', '../', 'x'.repeat(64)]);

describe('the address of a relay', () => {
  it(
    '[A16] is a socket’s, at the host that was named, and in plain only where that was said or on loopback',
    async () => {
      await eachCase((random) => {
        const [host, thread] = [anyAddress(random), anyThread(random)];
        const address = relayAddress(host, thread);
        if (!address.ok) return;
        const url = new URL(address.value);
        expect([url.search, url.hash, url.username, url.password]).toEqual(['', '', '', '']);
        expect(url.pathname.endsWith(`/parties/main/${roomOfThread(thread)}`)).toBe(true);
        const isPlain = url.protocol === 'ws:';
        if (!isPlain) expect(url.protocol).toBe('wss:');
        else if (!/^(?:http|ws):\/\//i.test(host))
          expect(url.hostname).toMatch(/^(?:localhost|127\.[\d.]+|\[::1\])$/);
        const named = new URL(/^\w+:\/\//.test(host) ? host.replace(/^ws/i, 'http') : `https://${host}`);
        expect(url.hostname).toBe(named.hostname);
      });
    },
    FUZZ_TIMEOUT_MS,
  );
});

describe('the address of a link', () => {
  it(
    '[X3] is one of three kinds, and where it leads is what is told',
    async () => {
      await eachCase((random) => {
        const address = anyAddress(random);
        const safe = safeUrl(address);
        if (safe === undefined) return;
        const url = new URL(safe.href);
        expect(['http:', 'https:', 'mailto:']).toContain(url.protocol);
        expect(safeUrl(safe.href)).toEqual(safe);
        if (url.protocol !== 'mailto:') {
          expect(safe.destination).toBe(url.host);
          expect(namesAnotherHost(url.host, safe)).toBe(false);
        }
        const text = anyText(random, WORDS, 4);
        expect(visibleText(visibleText(text))).toBe(visibleText(text));
        expect(typeof namesAnotherHost(text, safe)).toBe('boolean');
      });
    },
    FUZZ_TIMEOUT_MS,
  );
});

describe('the query of a connection', () => {
  it(
    '[A7] is read, or is none, and reads the same when it is written again',
    async () => {
      const words = [
        'v=1',
        '&',
        'gen=',
        'last=',
        'run=',
        'off=',
        '0',
        '17',
        'm-1',
        '%C3%A9',
        'x'.repeat(100),
      ];
      await eachCase((random) => {
        const { version, lean, cursor } = parseConnectionQuery(new URLSearchParams(anyText(random, words)));
        expect(Number.isSafeInteger(version) && version >= 0).toBe(true);
        for (const id of [cursor?.last, cursor?.run])
          if (id !== undefined) expect(id.length).toBeLessThanOrEqual(128);
        const written = new URL('ws://relay.test/');
        written.search = new URLSearchParams(connectionQuery(version, cursor, lean)).toString();
        expect(parseConnectionQuery(new URL(written.href).searchParams)).toEqual({ version, lean, cursor });
      });
    },
    FUZZ_TIMEOUT_MS,
  );
});

describe('the id of a thread', () => {
  it(
    '[A2] is of few characters, at both ends of its address',
    async () => {
      await eachCase((random) => {
        const thread = anyThread(random);
        const isOne = /^[A-Za-z0-9_-]+$/.test(thread) && !thread.includes('\n') && thread.length <= 128;
        expect(parseThreadId(thread).ok).toBe(isOne);
        expect(threadOfRoom(roomOfThread(thread)).ok).toBe(isOne);
        if (isOne)
          expect(new URL(`ws://a/parties/main/${roomOfThread(thread)}`).pathname.split('/')).toHaveLength(4);
        const room = threadOfRoom(thread);
        if (room.ok) expect(roomOfThread(room.value)).toBe(thread);
      });
    },
    FUZZ_TIMEOUT_MS,
  );
});

interface Parts {
  readonly scheme: string;
  readonly host: string;
  readonly port: string;
}

/** Of an app's own scheme, what follows is nobody's to normalise. */
function partsOf(origin: string): Parts {
  const [scheme = '', rest = ''] = origin.split('://');
  if (!/^https?$/i.test(scheme)) return { scheme: scheme.toLowerCase(), host: rest, port: '' };
  const { protocol, hostname, port } = new URL(origin);
  return { scheme: protocol.slice(0, -1), host: hostname, port };
}

/** Whether a page is one of those that a word names, found out in another way than the relay does. */
function names(word: string, origin: string): boolean {
  const isBelow = word.includes('://*.');
  const [wanted, asked] = [partsOf(word.replace('://*.', '://')), partsOf(origin)];
  const labels = asked.host.split('.');
  const isIn = isBelow
    ? labels.some((_label, index) => index > 0 && labels.slice(index).join('.') === wanted.host)
    : asked.host === wanted.host;
  return isIn && asked.scheme === wanted.scheme && asked.port === wanted.port;
}

/** A page that is one of those that were named, or nearly one. */
function likeOneOf(random: SeededRandom, words: readonly string[]): string {
  const word = random.pick(words).replace('*.', random.pick(['', 'x.', 'x.y.', 'evil', '.']));
  return random.chance(0.3) ? damaged(random, word) : word;
}

describe('the pages that may ask', () => {
  it(
    '[A1] are those that were named, part by part',
    async () => {
      await eachCase((random) => {
        const list = Array.from({ length: random.below(4) }, () => anyAddress(random)).join(
          random.pick([',', ' ', ', ']),
        );
        const origin = random.chance(0.5) ? likeOneOf(random, list.split(/[\s,]+/)) : anyAddress(random);
        const allowed = parseAllowedOrigins(list);
        isLoopback(origin);
        if (isOwn(origin, 'https://chat.a.example/parties/main/ivy_a')) {
          expect(new URL(origin).origin).toBe('https://chat.a.example');
        }
        if (!allowed.ok || allowed.value.any || origin === 'null' || !allowsOrigin(allowed.value, origin))
          return;
        expect(origin).toMatch(/^[a-z][a-z0-9+.-]*:\/\/[^/?#@\\\s]+$/i);
        const words = list.split(/[\s,]+/).filter((word) => word.includes('://'));
        expect(words.some((word) => names(word, origin))).toBe(true);
      });
    },
    FUZZ_TIMEOUT_MS,
  );
});

describe('the addresses of the configuration', () => {
  it(
    '[A10] are used whole, or named as a problem without being told',
    async () => {
      await eachCase((random) => {
        const address = anyAddress(random);
        for (const name of ['AST_URL', 'IVY_JWKS_URL', 'ALLOWED_ORIGINS']) {
          const config = readConfig({ [name]: address });
          if (!config.ok)
            for (const problem of config.failure) expect(problem.startsWith(`${name} `)).toBe(true);
        }
        const config = readConfig({ AST_URL: address });
        if (!config.ok || config.value.service === undefined) return;
        const url = new URL(config.value.service.url);
        expect(['http:', 'https:']).toContain(url.protocol);
        expect([url.search, url.hash, url.username, url.password]).toEqual(['', '', '', '']);
        expect(url.host).toBe(new URL(address.trim()).host);
      });
    },
    FUZZ_TIMEOUT_MS,
  );
});
