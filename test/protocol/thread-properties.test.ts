import { describe, expect, it } from 'vitest';
import { applyFrame, EMPTY_THREAD, type ServerFrame, type Thread } from '#protocol';
import { HARD_TEXT } from '../support/messages.ts';
import { eachSeed, type SeededRandom } from '../support/seeded-random.ts';

const START: ServerFrame = { type: 'streaming', isStreaming: true, messageId: 'a1', gen: 0 };
const tokenOf = (text: string, from: number, to: number): ServerFrame => ({
  type: 'token',
  content: text.slice(from, to),
  messageId: 'a1',
  offset: from,
});

/** The text in order, cut anywhere; some pieces come again, some begin before or reach past where they should. */
function untidyTokens(random: SeededRandom, text: string): ServerFrame[] {
  const frames: ServerFrame[] = [];
  let at = 0;
  while (at < text.length) {
    const from = random.chance(0.3) ? random.below(at + 1) : at;
    const to = Math.min(text.length, at + random.below(9));
    frames.push(tokenOf(text, from, to));
    at = Math.max(at, to);
    if (random.chance(0.2)) frames.push(random.pick(frames));
    if (random.chance(0.1)) frames.push(START);
  }
  return frames;
}

describe('a run whose tokens are merged, repeated and resent', () => {
  it('[S1] yields its text, each character told once', async () => {
    const text = HARD_TEXT.repeat(4);
    await eachSeed(300, (random) => {
      let thread: Thread = EMPTY_THREAD;
      let told = '';
      for (const frame of [START, ...untidyTokens(random, text)]) {
        const folded = applyFrame(thread, frame);
        thread = folded.thread;
        for (const change of folded.changes) {
          expect(change.kind).not.toBe('gap');
          if (change.kind === 'token') told += change.content;
        }
      }
      expect(thread.run?.text).toBe(text);
      expect(told).toBe(text);
    });
  });

  it('[F30] never shows a hole when frames are lost, and says that something is missing', async () => {
    const text = HARD_TEXT.repeat(2);
    await eachSeed(300, (random) => {
      const frames = untidyTokens(random, text);
      const lost = new Set(frames.map((_frame, index) => index).filter(() => random.chance(0.2)));
      let thread = applyFrame(EMPTY_THREAD, START).thread;
      let gaps = 0;
      frames.forEach((frame, index) => {
        if (lost.has(index)) return;
        const folded = applyFrame(thread, frame);
        thread = folded.thread;
        gaps += folded.changes.filter(({ kind }) => kind === 'gap').length;
        expect(text.startsWith(thread.run?.text ?? '')).toBe(true);
      });
      const complete = thread.run?.text === text;
      const lastArrived = !lost.has(frames.length - 1) && frames.at(-1)?.type === 'token';
      if (!complete && lastArrived && endOf(frames.at(-1)) === text.length) expect(gaps).toBeGreaterThan(0);
    });
  });
});

function endOf(frame: ServerFrame | undefined): number {
  return frame?.type === 'token' ? (frame.offset ?? 0) + frame.content.length : 0;
}
