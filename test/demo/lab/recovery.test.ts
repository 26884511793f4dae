import { describe, expect, it } from 'vitest';
import { recoverySentence, RecoveryWatch, type Recovery } from '../../../demo/lab/recovery.ts';
import { wireRow } from '../../../demo/wire/wire-row.ts';

type Step = 'opened' | 'closed' | 'sent' | readonly [type: string];

/** What the watch says at last, with a second between two steps. */
function after(...steps: readonly Step[]): Recovery | undefined {
  const watch = new RecoveryWatch();
  let last: Recovery | undefined;
  for (const [index, step] of steps.entries()) {
    const at = index * 1_000;
    const row =
      step === 'opened'
        ? wireRow({ kind: 'opened' }, at)
        : step === 'closed'
          ? wireRow({ kind: 'closed', code: 1006 }, at)
          : step === 'sent'
            ? wireRow({ kind: 'sent', data: '{"type":"ping"}' }, at)
            : wireRow({ kind: 'received', data: JSON.stringify({ type: step[0] }) }, at);
    last = watch.observe(row) ?? last;
  }
  return last;
}

describe('[H5] what coming back cost', () => {
  it('is one frame where nothing is being written', () => {
    expect(after('closed', 'opened', ['history'], 'sent', ['message'], ['streaming'], ['token'])).toEqual({
      awayMs: 2_000,
      frames: 1,
      bytes: 18,
    });
  });

  it('is three in the middle of an answer, and what follows is live', () => {
    expect(after('closed', 'opened', ['history'], ['streaming'], ['token'], ['token'], ['done'])).toEqual({
      awayMs: 2_000,
      frames: 3,
      bytes: 18 + 20 + 16,
    });
  });

  it('counts from the loss, over attempts that fail', () => {
    expect(after('closed', 'closed', 'closed', 'opened', ['history'])?.awayMs).toBe(4_000);
  });

  it('is nothing for a first connection', () => {
    expect(after('opened', ['history'], ['streaming'], ['token'])).toBeUndefined();
  });

  it('is said in a sentence', () => {
    expect(recoverySentence({ awayMs: 1_260, frames: 3, bytes: 1_234 })).toBe(
      'Back after 1.3 s, with 3 frames and 1.2 kB.',
    );
  });
});
