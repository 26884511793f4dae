import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ERROR_CODES } from '#protocol';

const TEXT = readFileSync(new URL('../../../demo/docs/troubleshooting.md', import.meta.url), 'utf8');

it('has a section for each error code, and for none that there is not', () => {
  const headings = TEXT.split('\n').filter((line) => line.startsWith('## `'));
  const codes = headings.flatMap((line) => [...line.matchAll(/`(\w+)`/g)].map(([, code = '']) => code));
  expect(codes.toSorted()).toEqual(Object.keys(ERROR_CODES).toSorted());
});
