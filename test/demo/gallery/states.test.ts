import { describe, expect, it } from 'vitest';
import { windowsOf } from '../../../demo/gallery/state.ts';
import { STATES } from '../../../demo/gallery/states.ts';
import { decodeServerFrame, encodeFrame, threadMessageSchema } from '../../../partykit/protocol/index.ts';

const names = STATES.map(({ name }) => name);

describe('the states of the gallery', () => {
  it('are all that a reader can meet', () => {
    expect(names).toEqual(
      expect.arrayContaining([
        ...['empty', 'short', 'long-answer', 'long-code', 'table', 'two-days', 'scrolled-up'],
        ...['waiting', 'streaming', 'streaming-table', 'streaming-code', 'silence', 'spectator'],
        ...['stopped', 'interrupted', 'failed', 'not-sent', 'pending', 'over-limit', 'disabled'],
        ...['connecting', 'unreachable', 'offline', 'refused', 'error', 'confirmation'],
        ...['arabic', 'portuguese', 'dark', 'accent-violet', 'accent-yellow', 'accent-red', 'compact'],
        ...['launcher-closed', 'launcher-open', 'launcher-full', 'narrow', 'tiny'],
        ...['forced-colours', 'reduced-motion', 'print'],
      ]),
    );
  });

  it('have names of their own, which addresses and files can bear', () => {
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z][a-z\d-]*$/);
  });

  it('are seen on a phone and on a desk, or in a width that they are about', () => {
    const widths = new Set(STATES.flatMap((state) => windowsOf(state).map(({ width }) => width)));
    expect([...widths].sort((one, other) => one - other)).toEqual([240, 320, 360, 794, 900, 1280]);
  });

  it.each(STATES.map((state) => [state.name, state] as const))(
    '[V3] play what a relay of this version could say: %s',
    (_name, { greeting, steps = [] }) => {
      for (const step of steps) {
        if (step.do !== 'receive') continue;
        for (const frame of step.frames)
          expect(decodeServerFrame(encodeFrame(frame))).toEqual({ ok: true, value: frame });
      }
      if (greeting.kind !== 'history') return;
      for (const message of greeting.messages) expect(threadMessageSchema.parse(message)).toEqual(message);
      const times = greeting.messages.map(({ timestamp }) => timestamp);
      expect(times).toEqual([...times].sort((one, other) => one - other));
      expect(new Set(greeting.messages.map(({ id }) => id)).size).toBe(times.length);
    },
  );
});
