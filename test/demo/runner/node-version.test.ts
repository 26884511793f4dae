import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { nodeVersionProblem, OLDEST_NODE } from '../../../demo/runner/node-version.ts';

describe('nodeVersionProblem', () => {
  it.each(['20.19.0', '20.20.2', '22.0.0', '24.11.1'])('has nothing against %s', (version) => {
    expect(nodeVersionProblem(version)).toBeUndefined();
  });

  it.each(['18.20.8', '20.18.3', '20.9.0'])('says what %s lacks', (version) => {
    expect(nodeVersionProblem(version)).toBe(
      `ivy-chat needs Node 20.19 or newer, and this is Node ${version}.`,
    );
  });

  it('agrees with package.json', () => {
    const manifest = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
    expect(manifest).toContain(`"node": ">=${OLDEST_NODE}"`);
  });
});
