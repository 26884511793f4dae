import { describe, expect, it } from 'vitest';
import { en } from '../../widget/i18n/en.ts';
import { shortened, SpokenAnswer } from '../../widget/spoken-answer.ts';
import { eachSeed } from '../support/seeded-random.ts';

/** What is said at each of these states of the text, and in the end. */
function said(...states: readonly string[]): string[] {
  const answer = new SpokenAnswer();
  const last = states.at(-1) ?? '';
  return [...states.map((text) => answer.sentences(text, en)), answer.rest(last, en)];
}

describe('SpokenAnswer', () => {
  it('says a sentence when the next one has begun, and at the end only the rest', () => {
    expect(said('One', 'One two. ', 'One two. Three', 'One two. Three four')).toEqual([
      '',
      '',
      'One two.',
      '',
      'Three four',
    ]);
  });

  it('says several sentences of one time in one go', () => {
    expect(said('One. Two. Three. F')).toEqual(['One. Two. Three.', 'F']);
  });

  it('says a line that has no mark at its end when the next block begins', () => {
    expect(said('# Title', '# Title\n\nText', '# Title\n\n- One\n- Two')).toEqual([
      '',
      'Title',
      'One',
      'Two',
    ]);
  });

  it('keeps apart what stands apart', () => {
    expect(said('- One\n- Two\n- Three')).toEqual(['One. Two', 'Three']);
  });

  it('names a block of code as soon as it begins, once', () => {
    expect(
      said('So:\n\n```js\nlet', 'So:\n\n```js\nlet a = 1. B', 'So:\n\n```js\nlet a = 1. B\n```\n\nEnd'),
    ).toEqual(['So: Code block.', '', '', 'End']);
  });

  it('does not say again what begins anew after a lost connection', () => {
    expect(said('One.\n\nTwo. T', 'On', 'One.\n\nTwo. Three')).toEqual(['One. Two.', '', '', 'Three']);
  });

  it('says all of an answer of which nothing was said', () => {
    expect(new SpokenAnswer().rest('**One.** Two', en)).toBe('One. Two');
  });

  it('says every word once and in order, however the text comes in', async () => {
    await eachSeed(50, (random) => {
      const words = Array.from({ length: 200 }, (_, index) => `w${String(index)}`);
      const ends = [' ', ' ', ' ', '. ', '! ', '\n', '.\n\n', '\n\n- ', '\n\n## ', '\n> '];
      const text = words.map((word) => word + random.pick(ends)).join('');
      const answer = new SpokenAnswer();
      const heard: string[] = [];
      let soFar = '';
      for (const piece of random.pieces(text, 60)) {
        soFar += piece;
        heard.push(answer.sentences(soFar, en));
      }
      heard.push(answer.rest(text, en));

      expect(heard.join(' ').match(/w\d+/g)).toEqual(words);
    });
  });
});

describe('shortened', () => {
  it('leaves a short text alone, and cuts a long one between words', () => {
    expect(shortened('one two', 7)).toBe('one two');
    expect(shortened('one two three', 9)).toBe('one two…');
    expect(shortened('onetwothree', 5)).toBe('onetw…');
  });
});
