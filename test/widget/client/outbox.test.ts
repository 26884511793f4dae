import { describe, expect, it } from 'vitest';
import * as outbox from '../../../widget/client/outbox.ts';
import { answerMessage, userMessage } from '../../support/messages.ts';

const of = (...ids: readonly string[]) =>
  ids.reduce((box, id) => outbox.add(box, id, `text of ${id}`, 1, 0), outbox.EMPTY_OUTBOX);
const states = (box: outbox.Outbox) => box.entries.map(({ id, state }) => `${id} ${state}`);

describe('the outbox', () => {
  it('[C3] gives one message at a time, in order', () => {
    const box = of('a', 'b');
    expect(outbox.next(box)?.id).toBe('a');
    const flying = outbox.launched(box, 'a');
    expect(outbox.next(flying)).toBeUndefined();
    expect(outbox.next(outbox.remove(flying, 'a'))?.id).toBe('b');
  });

  it('passes over what has failed', () => {
    const box = outbox.markFailed(outbox.launched(of('a', 'b'), 'a'), 'a', 'storage_failed');
    expect(states(box)).toEqual(['a failed', 'b sending']);
    expect(outbox.next(box)?.id).toBe('b');
    expect(outbox.next(outbox.markSending(box, 'a', 0))?.id).toBe('a');
  });

  it('[F17] gives again what was on its way when the line broke', () => {
    const broken = outbox.disconnected(outbox.launched(of('a', 'b'), 'a'));
    expect(outbox.next(broken)?.id).toBe('a');
    expect(broken.unsure).toBe('a');
  });

  it('confirms by id, also what was not on its way', () => {
    const box = outbox.launched(of('a', 'b'), 'a');
    const left = outbox.confirm(box, [userMessage('b'), userMessage('a')], false);
    expect([left.entries, left.inFlight]).toEqual([[], undefined]);
  });

  it('does not take an answer for a message of ours, nor the same text under another id', () => {
    const box = outbox.launched(of('a'), 'a');
    expect(outbox.confirm(box, [answerMessage('a')], false)).toBe(box);
    expect(outbox.confirm(box, [userMessage('z', 'text of a')], false)).toBe(box);
  });

  it('confirms by text only what was on its way, and only the newest of the thread', () => {
    const text = (...contents: readonly string[]) =>
      contents.map((content, index) => userMessage(`m-${index}`, content));
    const waiting = of('a');
    expect(outbox.confirm(waiting, text('text of a'), true)).toBe(waiting);
    const sent = outbox.launched(waiting, 'a');
    expect(outbox.confirm(sent, text('text of a'), true).entries).toEqual([]);
    expect(outbox.confirm(sent, text('text of a', 'newer'), true)).toBe(sent);
    expect(outbox.confirm(outbox.disconnected(sent), text('text of a'), true).entries).toEqual([]);
  });

  it('[F24] holds what was meant for a thread that has been cleared', () => {
    const written = outbox.add(of('a'), 'b', 'written before any thread was known', 1);
    expect(outbox.meet(written, 0).entries.map(({ gen }) => gen)).toEqual([0, 0]);
    const met = outbox.meet(outbox.meet(written, 0), 1);
    expect(states(met)).toEqual(['a failed', 'b failed']);
    expect(met.entries[0]?.code).toBe('interrupted');
    expect(outbox.meet(outbox.markSending(met, 'a', 1), 1).entries[0]).toMatchObject({
      state: 'sending',
      gen: 1,
    });
  });

  it('is the same box when nothing changed', () => {
    const box = of('a');
    expect(outbox.remove(box, 'z')).toBe(box);
    expect(outbox.disconnected(box)).toBe(box);
    expect(outbox.meet(box, 0)).toBe(box);
  });
});
