import { describe, expect, it, vi } from 'vitest';
import { inRounds } from './browser/rounds.ts';

const subject = (id: string, runs: number): { id: string; name: string; runs: number } => ({
  id,
  name: id,
  runs,
});

describe('rounds', () => {
  it('measure in turn, each as often as it should be, the quick ones first', async () => {
    const order: string[] = [];
    const measure = ({ id }: { readonly id: string }): Promise<number> => Promise.resolve(order.push(id));
    const subjects = [subject('slow', 1), subject('a', 2), subject('b', 2)];
    const outcomes = await inRounds(subjects, measure, { budgetMs: 1000 });
    expect(order).toEqual(['a', 'b', 'a', 'b', 'slow']);
    expect(outcomes.get('a')?.readings).toEqual([1, 3]);
  });

  it('go on without one that fails, and say why in one line', async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    const measure = vi.fn(({ id }: { readonly id: string }) =>
      id === 'bad' ? Promise.reject(new Error('no field | here\n  at line 1')) : Promise.resolve(id),
    );
    const outcomes = await inRounds([subject('bad', 3), subject('good', 3)], measure, { budgetMs: 1000 });
    expect(outcomes.get('bad')).toEqual({ readings: [], failure: 'no field / here' });
    expect(outcomes.get('good')).toEqual({ readings: ['good', 'good', 'good'], failure: undefined });
    expect(measure).toHaveBeenCalledTimes(4);
  });

  it('begin no other round when the time is over, but always the first', async () => {
    let time = 0;
    const measure = (): Promise<number> => Promise.resolve((time += 60));
    const subjects = [subject('a', 5), subject('b', 5)];
    const outcomes = await inRounds(subjects, measure, { budgetMs: 100, now: () => time });
    expect([...outcomes.values()].map(({ readings }) => readings.length)).toEqual([1, 1]);
  });
});
