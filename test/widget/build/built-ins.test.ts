/** The code of packages without what libraries of a page take for themselves. */
import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { withoutThem } from '../../../widget/build/built-ins.ts';

const PACKAGES = new URL('../../../node_modules/', import.meta.url);
const TAKEN = /\.reduce\(|\bArray\.from\([\w.]+|\bfor\s*\((?:const|let|var) \w+ in /;

describe('a module of a package', () => {
  it.each([
    '@lit/reactive-element/css-tag.js',
    'lit-html/directives/class-map.js',
    'partysocket/dist/ws.js',
    'zod/v4/core/core.js',
    'zod/v4/core/schemas.js',
    'zod/v4/core/util.js',
  ])('no longer asks for them in %s, where it did', (path) => {
    const code = readFileSync(new URL(path, PACKAGES), 'utf8');
    expect(code).toMatch(TAKEN);
    // What is left of `Array.from` has a function that says what each becomes.
    expect(withoutThem(code)).not.toMatch(TAKEN);
  });
});

/** In a page where everything that is meant has been changed. */
function inChangedPage(code: string): unknown {
  return runInNewContext(`
    Array.prototype.reduce = Array.from = () => 'theirs';
    Object.prototype.theirs = 'in every object';
    ${withoutThem(code)}
    result`);
}

describe('a page that changed them', () => {
  it.each([
    [
      'the keys of an object',
      'const of = { a: 1, b: 2 }; const result = []; for (const key in of) result.push(key);',
      ['a', 'b'],
    ],
    [
      'none of nothing',
      'const of = undefined; const result = []; for (const key in of) result.push(key);',
      [],
    ],
    ['a set as a list', 'const set = new Set([1, 2]); const result = Array.from(set);', [1, 2]],
    ['what an iterator gives', 'const map = new Map([[1, 2]]); const result = Array.from(map.keys());', [1]],
    [
      'a list in one value',
      'const list = [1, 2, 3]; const result = list.reduce((sum, one, index) => sum + one * index, 10);',
      18,
    ],
  ])('still has %s', (_, code, expected) => {
    expect(inChangedPage(code)).toEqual(expected);
  });
});
