/** partysocket as it is on a page: silent, and otherwise the same. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { quiet } from '../../../widget/build/party-socket.ts';

const SOURCE = readFileSync(new URL('../../../node_modules/partysocket/dist/ws.js', import.meta.url), 'utf8');

describe('partysocket on a page', () => {
  const code = quiet(SOURCE);

  it('says nothing', () => {
    expect(SOURCE).toMatch(/console|_debug/);
    expect(code).not.toMatch(/console|_debug/);
  });

  it('looks for no other platform', () => {
    expect(code).toMatch(/isNode = false/);
    expect(code).toMatch(/isReactNative = false/);
  });

  it('copies no event', () => {
    expect(SOURCE).toMatch(/dispatchEvent/);
    expect(code).not.toMatch(/dispatchEvent/);
  });

  it('has each of its methods', () => {
    const methodsOf = (text: string): readonly string[] =>
      [...text.matchAll(/^ {2}(?:get |set )?(\w+)(?:\(.*\) \{| = \(event\) => \{)$/gm)].map(
        ([, name]) => name ?? '',
      );
    expect(methodsOf(code)).toEqual(methodsOf(SOURCE).filter((name) => name !== '_debug'));
    expect(methodsOf(code).length).toBeGreaterThan(20);
  });
});
