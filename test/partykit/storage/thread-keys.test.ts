import { describe, expect, it } from 'vitest';
import {
  checkpointKey,
  checkpointPrefix,
  generationPrefix,
  idKey,
  messageKey,
  messagePrefix,
  META_KEY,
  partKey,
} from '../../../partykit/storage/thread-keys.ts';

const inOrder = (keys: readonly string[]) => expect([...keys].sort()).toEqual(keys);

describe('the keys of a thread', () => {
  it('[R4] sort as the thread does, past every power of ten', () => {
    const numbers = [0, 1, 9, 10, 99, 100, 9_999, 10_000, 1_000_000];
    inOrder(numbers.map((seq) => messageKey(3, seq)));
    inOrder(numbers.map((index) => checkpointKey(3, index)));
    inOrder(numbers.map((part) => partKey(3, 7, part)));
    inOrder(numbers.map((gen) => generationPrefix(gen)));
  });

  it('[F23] begin with their generation, so that none is missed or mistaken', () => {
    for (const gen of [0, 1, 10, 12]) {
      const keys = [messageKey(gen, 1), idKey(gen, 'm'), partKey(gen, 1, 0), checkpointKey(gen, 0)];
      for (const key of [...keys, messagePrefix(gen), checkpointPrefix(gen)]) {
        expect(key.startsWith(generationPrefix(gen))).toBe(true);
        expect(key.startsWith(generationPrefix(gen + 1))).toBe(false);
      }
      expect(META_KEY.startsWith(generationPrefix(gen))).toBe(false);
    }
  });

  it('do not meet, whatever a message is called', () => {
    const names = ['', ':', 'message:000000000001', 'part', '000000000001'];
    const keys = [
      messageKey(0, 1),
      partKey(0, 1, 0),
      checkpointKey(0, 1),
      ...names.map((id) => idKey(0, id)),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });
});
