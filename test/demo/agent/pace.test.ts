import { describe, expect, it } from 'vitest';
import { paced, piecesOf, sleepFor, type Sleep } from '../../../demo/agent/pace.ts';
import { seededRandom } from '../../../demo/agent/seeded-random.ts';

const ALPHABET = [
  'a',
  'Z',
  'é',
  'e\u0301',
  ' ',
  '  ',
  '\n',
  '\n\n',
  '\t',
  '.',
  '`',
  '|',
  '😀',
  '👩‍💻',
  '漢',
  '\u00a0',
  '0',
  'word',
  'unbelievable',
];

function textOf(seed: number): string {
  const random = seededRandom(seed);
  const length = Math.floor(random() * 60);
  return Array.from({ length }, () => ALPHABET[Math.floor(random() * ALPHABET.length)]).join('');
}

const isWhole = (piece: string): boolean => !/[\ud800-\udfff]/u.test(piece);

async function collect(
  text: string,
  sleep: Sleep,
  pace = { firstTokenMs: 400, tokenMs: 25 },
): Promise<string[]> {
  const pieces: string[] = [];
  for await (const piece of paced(text, pace, sleep, new AbortController().signal)) pieces.push(piece);
  return pieces;
}

describe('piecesOf', () => {
  it('gives pieces that join to the text, none empty and no character cut', () => {
    for (let seed = 1; seed <= 500; seed += 1) {
      const text = textOf(seed);
      const pieces = piecesOf(text);
      expect(pieces.join(''), `seed ${seed}`).toBe(text);
      expect(
        pieces.every((piece) => piece !== '' && isWhole(piece)),
        `seed ${seed}`,
      ).toBe(true);
    }
  });

  it('cuts about as a model does', () => {
    expect(piecesOf('The configuration, `npm start`.\n\n- done')).toEqual([
      'The',
      ' configu',
      'ration',
      ',',
      ' `',
      'npm',
      ' start',
      '`.',
      '\n\n-',
      ' done',
    ]);
  });
});

describe('paced', () => {
  it('thinks first, then waits a little differently before each piece, the same every time', async () => {
    const waits: number[] = [];
    const record: Sleep = (ms) => {
      waits.push(ms);
      return Promise.resolve();
    };
    const text = 'one two three four five six';
    const pieces = await collect(text, record);
    const [first, ...rest] = waits;
    expect(pieces.join('')).toBe(text);
    expect(waits).toHaveLength(pieces.length);
    expect(first).toBe(400);
    expect(rest.every((ms) => ms >= 20 && ms <= 30)).toBe(true);
    expect(new Set(rest).size).toBeGreaterThan(1);
    const before = waits.splice(0);
    await collect(text, record);
    expect(waits).toEqual(before);
  });

  it('does not wait at all at pace 0', async () => {
    const never: Sleep = () => Promise.reject(new Error('slept'));
    expect(await collect('one two', never, { firstTokenMs: 0, tokenMs: 0 })).toEqual(['one', ' two']);
  });

  it('ends when it is aborted, without another piece', async () => {
    const abort = new AbortController();
    const pieces: string[] = [];
    const reading = (async (): Promise<void> => {
      for await (const piece of paced(
        'one two three',
        { firstTokenMs: 0, tokenMs: 0 },
        sleepFor,
        abort.signal,
      )) {
        pieces.push(piece);
        abort.abort(new Error('gone'));
      }
    })();
    await expect(reading).rejects.toThrow('gone');
    expect(pieces).toEqual(['one']);
  });
});

describe('sleepFor', () => {
  const timers = (): number =>
    process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;

  it('leaves no timer behind when it is aborted', async () => {
    const before = timers();
    const abort = new AbortController();
    const sleeping = sleepFor(3_600_000, abort.signal);
    expect(timers()).toBe(before + 1);
    abort.abort();
    await expect(sleeping).rejects.toThrow();
    expect(timers()).toBe(before);
  });
});
