import { describe, expect, it } from 'vitest';
import { relayAddress } from '../../../widget/client/relay-address.ts';

const at = (origin: string) => ({ ok: true, value: `${origin}/parties/main/ivy_t-1` });

describe('the address of a room', () => {
  it.each([
    ['chat.example.com', 'wss://chat.example.com'],
    ['chat.example.com:8443', 'wss://chat.example.com:8443'],
    ['https://chat.example.com', 'wss://chat.example.com'],
    ['wss://chat.example.com/', 'wss://chat.example.com'],
    ['http://chat.example.com', 'ws://chat.example.com'],
    ['ws://chat.example.com', 'ws://chat.example.com'],
    ['https://example.com/chat/', 'wss://example.com/chat'],
    ['localhost:1999', 'ws://localhost:1999'],
    ['127.0.0.1:1999', 'ws://127.0.0.1:1999'],
    ['[::1]:1999', 'ws://[::1]:1999'],
    ['wss://localhost:1999', 'wss://localhost:1999'],
    ['10.0.0.7:1999', 'wss://10.0.0.7:1999'],
    ['localhost.example.com', 'wss://localhost.example.com'],
  ])('[H1] of the host %s is %s', (host, origin) => {
    expect(relayAddress(host, 't-1')).toEqual(at(origin));
  });

  it.each([
    '',
    ' ',
    'not a host',
    'ftp://x.test',
    'x.test?token=1',
    'x.test#a',
    'user:pass@x.test',
    'https://',
    'x:99999',
  ])('is none for a host that cannot be: %j', (host) => {
    expect(relayAddress(host, 't-1')).toEqual({ ok: false, failure: 'bad_host' });
  });

  it.each(['', 'a/b', 'a b', 'x'.repeat(129), 'é'])(
    '[H1] is none for a thread id that cannot be: %j',
    (threadId) => {
      expect(relayAddress('chat.example.com', threadId)).toEqual({ ok: false, failure: 'bad_thread_id' });
    },
  );
});
