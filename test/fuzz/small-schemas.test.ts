/** The same frames, read with zod at one end and with what stands for it in the script at the other. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import * as zods from '#protocol';
import { HOSTILE_VALUES, placed } from '../support/hostile-json.ts';
import { smallProtocol, type Protocol } from '../support/small-protocol.ts';
import { anyClientFrame, anyServerFrame } from './any-frame.ts';
import { eachCase, FUZZ_TIMEOUT_MS } from './cases.ts';

let small: Protocol;

beforeAll(async () => {
  small = await smallProtocol();
});

/** What was read, or which kind of failure it is: why is told by zod alone. */
function outcome(protocol: Protocol, side: 'client' | 'server', text: unknown): unknown {
  const frame = side === 'client' ? protocol.decodeClientFrame(text) : protocol.decodeServerFrame(text);
  return frame.ok ? frame.value : frame.failure.kind;
}

function expectSame(side: 'client' | 'server', text: unknown): void {
  expect(outcome(small, side, text), String(text)).toStrictEqual(outcome(zods, side, text));
}

interface Recording {
  readonly client: readonly { readonly text: string }[];
  readonly server: readonly { readonly text: string }[];
}

describe('the small schemas', () => {
  it.each(['v1', 'original'])('[V3] read the recorded frames of %s as zod does', (name) => {
    const path = new URL(`../fixtures/frames/${name}.json`, import.meta.url);
    const { client, server } = JSON.parse(readFileSync(path, 'utf8')) as Recording;
    for (const { text } of client) expectSame('client', text);
    for (const { text } of server) expectSame('server', text);
  });

  it('[A7] read hostile JSON in each place of a frame as zod does', () => {
    const frames = [
      { type: 'history', messages: [], gen: 1, mode: 'full', access: { write: true, expiresInMs: 5 }, v: 1 },
      { type: 'message', id: 'a', role: 'user', content: 'b', timestamp: 1, status: 'complete', gen: 0 },
      { type: 'done', messageId: 'a', fullContent: 'b', status: 'failed', error: { code: 'busy' } },
      { type: 'token', content: 'a', messageId: 'b', offset: 3 },
      { type: 'error', message: 'a', code: 'busy', retryable: true, retryAfterMs: 4 },
    ];
    for (const [, payload] of HOSTILE_VALUES)
      for (const frame of frames) for (const text of placed(frame, payload)) expectSame('server', text);
  });

  it(
    '[A7] read frames at random as zod does',
    async () => {
      await eachCase((random) => {
        expectSame('server', anyServerFrame(random));
        expectSame('client', anyClientFrame(random));
      });
    },
    FUZZ_TIMEOUT_MS,
  );
});
