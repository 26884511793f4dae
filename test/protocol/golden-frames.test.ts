/**
 * Recorded frames (rule V3). The files are never edited without a version decision: scripts that are cached on
 * strangers' pages send and expect exactly these.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeClientFrame, decodeServerFrame } from '#protocol';

interface Golden {
  readonly name: string;
  /** As it was on the wire. */
  readonly text: string;
  /** What it means. */
  readonly reads: unknown;
}

interface Recording {
  readonly client: readonly Golden[];
  readonly server: readonly Golden[];
}

function recording(name: string): Recording {
  const path = new URL(`../fixtures/frames/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(path, 'utf8')) as Recording;
}

describe.each(['v1', 'original'])('the recorded frames of %s', (name) => {
  const { client, server } = recording(name);

  it.each(client)('[V3] still parse from a client: $name', ({ text, reads }) => {
    expect(decodeClientFrame(text)).toEqual({ ok: true, value: reads });
  });

  it.each(server)('[V3] still parse from a relay: $name', ({ text, reads }) => {
    expect(decodeServerFrame(text)).toEqual({ ok: true, value: reads });
  });
});

describe('the recordings', () => {
  it('[V3] hold every frame of version 1', () => {
    const types = (frames: readonly Golden[]) =>
      [...new Set(frames.map(({ text }) => (JSON.parse(text) as { type: string }).type))].sort();
    const { client, server } = recording('v1');
    expect(types(client)).toEqual(['auth', 'clear', 'history', 'message', 'ping', 'retry', 'stop']);
    expect(types(server)).toEqual([
      ...['access', 'done', 'end', 'error', 'history', 'message', 'pong', 'streaming', 'token'],
    ]);
  });

  it('[V3] hold every frame of the original, without a field that was added later', () => {
    const { client, server } = recording('original');
    const fields = [...client, ...server].flatMap(({ text }) => Object.keys(JSON.parse(text) as object));
    expect([...new Set(fields)].sort()).toEqual([
      'content',
      'fullContent',
      'id',
      'isStreaming',
      'message',
      'messageId',
      'messages',
      'role',
      'timestamp',
      'type',
    ]);
  });
});
