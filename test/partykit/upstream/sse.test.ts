import { describe, expect, it } from 'vitest';
import {
  readServerSentEvents,
  SSE_MAX_BUFFER_CHARS,
  SseOverflowError,
} from '../../../partykit/upstream/sse.ts';
import { bodyOf, byteByByte } from '../../support/recorded-streams.ts';

const bytesOf = (text: string) => new Uint8Array(Buffer.from(text));

async function eventsOf(chunks: readonly unknown[]): Promise<string[]> {
  const events: string[] = [];
  for await (const some of readServerSentEvents(bodyOf(chunks))) events.push(...some);
  return events;
}

/** After the cases of web-platform-tests, `eventsource/format-*`: what is sent, and the data of its events. */
const CASES: readonly (readonly [name: string, text: string, data: readonly string[]])[] = [
  ['format-bom', '\ufeffdata:1\n\n\ufeffdata:2\n\ndata:3\n\n', ['1', '3']],
  ['format-bom-2', '\ufeff\ufeffdata:1\n\ndata:2\n\ndata:3\n\n', ['2', '3']],
  ['format-newlines', 'data:test\r\ndata\ndata:test\r\n\r', ['test\n\ntest']],
  ['lf', 'data:a\n\ndata:b\n\n', ['a', 'b']],
  ['crlf', 'data:a\r\n\r\ndata:b\r\n\r\n', ['a', 'b']],
  ['cr', 'data:a\r\rdata:b\r\r:\n', ['a', 'b']],
  ['format-leading-space', 'data:\ttest\rdata: \ndata:test\n\n', ['\ttest\n\ntest']],
  ['one space only', 'data:  two\n\n', [' two']],
  [
    'format-comments',
    'data:1\n:\u0000\n:\r\ndata:2\n:' + 'x'.repeat(2048) + '\rdata:3\n:data:fail\r:x\ndata:4\n\n',
    ['1\n2\n3\n4'],
  ],
  ['comment between events', ': keep-alive\n\ndata:a\n\n: PROCESSING\n\ndata:b\n\n', ['a', 'b']],
  ['format-field-data', 'data:\n\ndata\ndata\n\ndata:test\n\n', ['', '\n', 'test']],
  [
    'format-field-unknown',
    'data:test\n data\ndata\nfoobar:xxx\njustsometext\n:thisisacomment\n\n',
    ['test\n'],
  ],
  [
    'format-field-parsing',
    'data:\u0000\ndata:  2\rData:1\ndata\u0000:2\ndata:1\r\u0000data:4\nda-ta:3\rdata_5\ndata:3\rdata:\r\n data:32\ndata:4\n\n',
    ['\u0000\n 2\n1\n3\n\n4'],
  ],
  ['format-field-event', 'event:test\ndata:x\n\ndata:x\n\n', ['x', 'x']],
  ['format-field-event-empty', 'event: \ndata:data\n\n', ['data']],
  ['format-field-id', 'id: 1\ndata:a\n\nid\ndata:b\n\nid: x\u0000y\ndata:c\n\n', ['a', 'b', 'c']],
  ['format-field-retry', 'retry:3000\ndata:x\n\nretry:bogus\n\nretry\ndata:y\n\n', ['x', 'y']],
  ['format-data-before-final-empty-line', 'retry:1000\ndata:test1\n\nid:test\ndata:test2', ['test1']],
  ['an event that no blank line ends', 'data:a\n\ndata:b\n', ['a']],
  ['format-null-character', 'data:\u0000\n\n\n\n', ['\u0000']],
  ['format-utf-8', 'data:ok…\n\n', ['ok…']],
  ['bytes of every length', 'data:é漢👩🏽‍💻\n\n', ['é漢👩🏽‍💻']],
  ['nothing', '', []],
  ['blank lines', '\n\r\n\r\n\n', []],
];

describe('reading server-sent events', () => {
  it.each(CASES)('[WPT %s] whole', async (_name, text, data) => {
    expect(await eventsOf([bytesOf(text)])).toEqual(data);
  });

  it.each(CASES)('[WPT %s] split at every byte', async (_name, text, data) => {
    const bytes = bytesOf(text);
    expect(await eventsOf(byteByByte(bytes))).toEqual(data);
    const step = bytes.length > 500 ? 7 : 1;
    for (let at = 1; at < bytes.length; at += step) {
      expect(await eventsOf([bytes.subarray(0, at), bytes.subarray(at)])).toEqual(data);
    }
  });

  it('replaces bytes that are no UTF-8, and goes on', async () => {
    const bytes = Uint8Array.from([...bytesOf('data:a'), 0xff, 0xc3, 0x28, ...bytesOf('\n\ndata:b\n\n')]);
    expect(await eventsOf([bytes])).toEqual(['a\ufffd\ufffd(', 'b']);
    expect(await eventsOf(byteByByte(bytes))).toEqual(['a\ufffd\ufffd(', 'b']);
  });

  it('tells of each chunk, also one that completes no event: that is life too', async () => {
    const chunks = [':\n\n', 'data:', 'a\n', '\n', 'data:b\n\ndata:c\n\n'].map(bytesOf);
    const steps: (readonly string[])[] = [];
    for await (const events of readServerSentEvents(bodyOf(chunks))) steps.push(events);
    expect(steps).toEqual([[], [], [], ['a'], ['b', 'c']]);
  });

  it('joins a line of 100,000 pieces in a time that does not explode', async () => {
    const piece = bytesOf('xxxxx');
    const events = await eventsOf([
      bytesOf('data:'),
      ...Array.from({ length: 100_000 }, () => piece),
      bytesOf('\n\n'),
    ]);
    expect(events.map(({ length }) => length)).toEqual([500_000]);
  });
});

describe('a stream that is too much', () => {
  it.each([
    ['a line that never ends', (size: number) => ['data:' + 'x'.repeat(size)]],
    [
      'an event that never ends',
      (size: number) => Array.from({ length: size / 1000 + 1 }, () => `data:${'x'.repeat(1000)}\n`),
    ],
    ['a comment that never ends', (size: number) => [':' + 'x'.repeat(size)]],
  ])('is refused past 1 MiB, and left: %s', async (_what, piecesOf) => {
    let cancelled = false;
    const text = piecesOf(SSE_MAX_BUFFER_CHARS).join('');
    const chunks = text.match(/[^]{1,65536}/g)?.map(bytesOf) ?? [];
    const body = bodyOf([...chunks, ...chunks], () => {
      cancelled = true;
    });
    const reading = async () => {
      for await (const events of readServerSentEvents(body)) expect(events).toEqual([]);
    };
    await expect(reading()).rejects.toThrow(SseOverflowError);
    expect(cancelled).toBe(true);
  });

  it('is read below 1 MiB, however much of it there is', async () => {
    const event = bytesOf(`data:${'x'.repeat(1_000_000)}\n\n`);
    expect((await eventsOf([event, event, event])).map(({ length }) => length)).toEqual([1e6, 1e6, 1e6]);
  });
});

describe('leaving a stream', () => {
  const endless = (onCancel: () => void) =>
    bodyOf(
      Array.from({ length: 1000 }, () => bytesOf('data:x\n\n')),
      onCancel,
    );

  it('[R3] early cancels it', async () => {
    let cancelled = 0;
    for await (const events of readServerSentEvents(endless(() => (cancelled += 1))))
      if (events.length > 0) break;
    expect(cancelled).toBe(1);
  });

  it('[R3] by an error of the one who reads cancels it', async () => {
    let cancelled = 0;
    const reading = async () => {
      for await (const events of readServerSentEvents(endless(() => (cancelled += 1)))) {
        if (events.length > 0) throw new Error('of the reader');
      }
    };
    await expect(reading()).rejects.toThrow('of the reader');
    expect(cancelled).toBe(1);
  });

  it('passes on what went wrong with the body', async () => {
    const broken = new ReadableStream<unknown>({
      start(controller) {
        controller.error(new TypeError('reset'));
      },
    });
    await expect(readServerSentEvents(broken).next()).rejects.toThrow('reset');
  });

  it('refuses a body that is not made of bytes', async () => {
    await expect(eventsOf(['data:x\n\n'])).rejects.toThrow(TypeError);
  });
});
