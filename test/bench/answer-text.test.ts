import { describe, expect, it } from 'vitest';
import { parseMarkdown } from '../../widget/markdown/parse.ts';
import type { Block } from '../../widget/markdown/tree.ts';
import { answerTokens, sampleTokens, wholeSections, type AnswerKind } from './answer-text.ts';

function blocksOf(text: string): readonly Block[] {
  const { chunks, rest } = parseMarkdown(text);
  return [...chunks.flat(), ...rest];
}

function typesOf(text: string): readonly string[] {
  return [...new Set(blocksOf(text).map(({ type }) => type))].sort();
}

describe('an answer to measure with', () => {
  it('is the same each time', () => {
    expect(answerTokens('mixed', 500)).toEqual(answerTokens('mixed', 500));
  });

  it('has 80 kB in 20,000 tokens', () => {
    const tokens = answerTokens('mixed', 20_000);
    expect(tokens).toHaveLength(20_000);
    expect(Math.round(tokens.join('').length / 10_000)).toBe(8);
  });

  it('has blocks of every kind, and links', () => {
    const text = answerTokens('mixed', 20_000).join('');
    expect(typesOf(text)).toEqual(['code', 'heading', 'list', 'paragraph', 'quote', 'table']);
    expect(text).toContain('](https://');
  });

  it.each(['code', 'list', 'table'] as const)(
    'is one %s where it should be, with a sample after it too',
    (kind) => {
      const tokens = answerTokens(kind, 2_000);
      const text = wholeSections(kind, tokens) + sampleTokens(kind, 30, 'last').join('');
      const blocks = blocksOf(text);
      expect(blocks.map(({ type }) => type)).toEqual([kind]);
    },
  );
});

describe('a sample', () => {
  const kinds: readonly AnswerKind[] = ['mixed', 'code', 'list', 'table'];

  it.each(kinds)('is the same wherever it follows, but for its last word, in an answer of %s', (kind) => {
    const one = sampleTokens(kind, 30, 'one');
    const other = sampleTokens(kind, 30, 'other');
    expect(one).toHaveLength(30);
    expect(one.slice(0, -1)).toEqual(other.slice(0, -1));
    expect(one.at(-1)).toContain('one');
  });

  it('begins a block of its own in an answer of everything', () => {
    const text = wholeSections('mixed', answerTokens('mixed', 5_000));
    const before = blocksOf(text).length;
    const after = blocksOf(`${text}word\n\n`);
    expect(after).toHaveLength(before + 1);
    expect(after.at(-1)?.type).toBe('paragraph');
  });
});
