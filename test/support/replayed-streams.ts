/** Tests that every dialect passes with its recorded streams: read whole, byte by byte, at seeded splits, and cut. */
import { describe, expect, it } from 'vitest';
import type { Dialect, DialectEvent } from '../../partykit/upstream/dialect.ts';
import { readServerSentEvents } from '../../partykit/upstream/sse.ts';
import {
  bodyOf,
  byteByByte,
  recordedNames,
  recordedStream,
  splitAtChance,
  type RecordedDialect,
} from './recorded-streams.ts';
import { eachSeed } from './seeded-random.ts';

export interface Reading {
  readonly text: string;
  /** All other events, or the part of them that matters. */
  readonly rest: readonly object[];
}

export interface Replay {
  /** Before it nobody can know that the answer is whole. */
  readonly decided: RegExp;
  /** By the name of the stream; what is of no part of an answer has a canary in it. */
  readonly readings: Readonly<Record<string, Reading>>;
}

/** Cuts of one stream, from its first byte on. */
const CUTS = 300;

/** What a run makes of a stream: read until an end or a failure, or to the end of the bytes. */
export async function replay(dialect: Dialect, chunks: readonly Uint8Array[]): Promise<DialectEvent[]> {
  const reader = dialect.reader();
  const seen: DialectEvent[] = [];
  const last = (events: readonly DialectEvent[]) => {
    seen.push(...events);
    return events.some(({ type }) => type === 'end' || type === 'fail');
  };
  for await (const events of readServerSentEvents(bodyOf(chunks))) {
    for (const data of events) if (last(reader.read(data))) return seen;
  }
  last(reader.close());
  return seen;
}

export function textOf(events: readonly DialectEvent[]): string {
  return events.map((event) => ('text' in event ? event.text : '')).join('');
}

export function describeRecordedStreams(
  name: RecordedDialect,
  dialect: () => Dialect,
  { decided, readings }: Replay,
): void {
  it(`has a reading of every recorded stream of ${name}`, () => {
    expect(Object.keys(readings).sort()).toEqual([...recordedNames(name)].sort());
  });

  describe.each(Object.entries(readings))('the recorded stream "%s"', (stream, { text, rest }) => {
    const bytes = recordedStream(name, stream);
    const readsAs = async (chunks: readonly Uint8Array[]): Promise<void> => {
      const events = await replay(dialect(), chunks);
      expect(textOf(events)).toBe(text);
      expect(events.filter((event) => !('text' in event))).toMatchObject(rest);
      expect(events.some((event) => 'text' in event && event.text === '')).toBe(false);
      expect(JSON.stringify(events)).not.toContain('c4n4ry');
    };

    it('is read whole', () => readsAs([bytes]));

    it('is read byte by byte', () => readsAs(byteByByte(bytes)));

    it('is read however it is split', () => eachSeed(40, (random) => readsAs(splitAtChance(random, bytes))));

    it('[F14] is never a success when it is cut before its end', async () => {
      const place = Buffer.from(bytes).toString('latin1').search(decided);
      const end = place === -1 ? bytes.length : place;
      for (let cut = 0; cut < end; cut += Math.ceil(end / CUTS)) {
        const events = await replay(dialect(), [bytes.subarray(0, cut)]);
        expect(events.at(-1)?.type).toBe('fail');
      }
    });
  });
}
