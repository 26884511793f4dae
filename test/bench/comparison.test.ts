import { describe, expect, it } from 'vitest';
import { comparisonLines, isMet, type Comparison, type Target } from './comparison.ts';

const SAMPLE: Comparison = {
  title: 'Start',
  about: 'How.',
  of: 'page',
  columns: [{ title: 'ms', digits: 1, ratioTo: 'bare' }, { title: 'elements' }],
  rows: [
    { name: 'ours', cells: [[30, 10, 20], [1234]] },
    { name: 'bare', cells: [[8, 8, 8], [1]] },
    { name: 'slow', cells: ['not finished', []], note: 'no answer' },
  ],
};

function cellsOf(lines: readonly string[], name: string): readonly string[] {
  const line = lines.find((one) => one.startsWith(`| ${name} `)) ?? '';
  return line.split('|').map((cell) => cell.trim());
}

describe('a comparison', () => {
  const lines = comparisonLines(SAMPLE);

  it('has the median, between which the runs were, the ratio of medians and how many runs there were', () => {
    expect(cellsOf(lines, 'ours')).toEqual(['', 'ours', '20.0 [10.0–30.0]', '2.50', '1,234', '3', '', '']);
  });

  it('has one number where all runs were the same', () => {
    expect(cellsOf(lines, 'bare')).toEqual(['', 'bare', '8.0', '1.00', '1', '3', '', '']);
  });

  it('says why there is nothing, without a ratio', () => {
    expect(cellsOf(lines, 'slow')).toEqual(['', 'slow', 'not finished', '', '', '0', 'no answer', '']);
  });

  it('is a table of Markdown whose lines are equally long', () => {
    const table = lines.filter((line) => line.startsWith('|'));
    expect(table).toHaveLength(5);
    expect(new Set(table.map((line) => line.length)).size).toBe(1);
  });
});

describe('a target', () => {
  const target = (measured: number): Target => ({ what: 'time', limit: 50, measured, unit: ' ms' });
  const lineOf = (measured: number): string | undefined =>
    comparisonLines({ ...SAMPLE, targets: [target(measured)] }).at(-1);

  it('is met at its limit', () => {
    expect(isMet(target(50))).toBe(true);
    expect(lineOf(50)).toBe('- Met: time, at most 50 ms: 50 ms.');
  });

  it('is missed above it', () => {
    expect(isMet(target(50.5))).toBe(false);
    expect(lineOf(50.5)).toBe('- **Missed**: time, at most 50 ms: 50.5 ms.');
  });

  it('is not met by what was not measured', () => {
    expect(isMet(target(NaN))).toBe(false);
    expect(lineOf(NaN)).toContain('not measured');
  });

  it('is written with no more digits than it needs', () => {
    expect(lineOf(100)).toContain(': 100 ms');
    expect(lineOf(1.25)).toContain(': 1.25 ms');
    expect(lineOf(1.1)).toContain(': 1.1 ms');
  });
});
