import { describe, expect, it } from 'vitest';
import { ASLEEP } from '../../../partykit/room/machine.ts';
import { runOf } from '../../../partykit/room/run.ts';
import { flushTimer, tokenIntervalMs } from '../../../partykit/room/run-text.ts';
import type { Run } from '../../../partykit/room/state.ts';

const started = runOf({ messageId: 'a-1', userMessageId: 'q-1', startedAt: 0 }, '');

describe('the timer between two frames with text', () => {
  const waiting: Run = { ...started, text: 'one', unsent: 'one', flow: 'waiting' };
  const timer = { type: 'setTimer', runId: 'a-1', name: 'flush' } as const;

  it('[S2] lets what has piled up be read before it sends', () => {
    const settling = flushTimer({ ...ASLEEP, run: waiting }, waiting);
    expect(settling.effects).toEqual([{ ...timer, delayMs: 0 }]);
    const more: Run = { ...waiting, ...settling.state.run, text: 'one, two', unsent: 'one, two' };
    const sent = flushTimer({ ...ASLEEP, run: more }, more);
    expect(sent.effects).toMatchObject([
      { type: 'broadcast', frame: { content: 'one, two', offset: 0 } },
      { ...timer, delayMs: 33 },
    ]);
    expect(sent.state.run).toMatchObject({ unsent: '', flow: 'waiting' });
  });

  it('[S2] lets the next text go at once where none has come', () => {
    const settling: Run = { ...waiting, unsent: '', flow: 'settling' };
    const over = flushTimer({ ...ASLEEP, run: settling }, settling);
    expect(over.effects).toEqual([]);
    expect(over.state.run?.flow).toBe('open');
  });
});

describe('the interval', () => {
  it.each([
    [0, 33],
    [1, 33],
    [495, 33],
    [600, 40],
    [1000, 67],
    [3000, 200],
  ])('[S2] in a room of %i connections is %i ms', (audience, ms) => {
    expect(tokenIntervalMs(audience)).toBe(ms);
  });
});
