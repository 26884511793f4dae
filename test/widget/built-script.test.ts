/** The script as it is built where secrets are in the environment, which is where it is deployed from (A11). */
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { widgetScript } from '../../demo/runner/widget-script.ts';
import { RELAY_VARIABLES } from '../../partykit/env.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('the built script', () => {
  it('[A11] holds nothing of the environment that it was built in', async () => {
    const names = [...RELAY_VARIABLES, ...RELAY_VARIABLES.map((name) => `VITE_${name}`)];
    for (const name of names) vi.stubEnv(name, `canary-${name}-value`);

    const code = await widgetScript(fileURLToPath(new URL('../..', import.meta.url)));
    expect(code.length).toBeGreaterThan(50_000);
    expect(names.filter((name) => code.includes(`canary-${name}-value`))).toEqual([]);
    expect(RELAY_VARIABLES.filter((name) => code.includes(name))).toEqual([]);
  });
});
