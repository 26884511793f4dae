import { describe, expect, it } from 'vitest';
import { readConfig, readMetricsToken } from '../../partykit/env.ts';

const CANARY = 'c4n4ry';

function problemsOf(variables: unknown): readonly string[] {
  const config = readConfig(variables);
  if (config.ok) throw new Error('the configuration was accepted');
  expect(JSON.stringify(config.failure)).not.toContain(CANARY);
  return config.failure;
}

describe('the configuration of a relay', () => {
  it('has no agent service and the default limits when nothing is set', () => {
    expect(readConfig({})).toEqual({
      ok: true,
      value: { ast: undefined, limits: { idleMs: 300_000, totalMs: 1_800_000 } },
    });
  });

  it('takes an empty variable for an absent one', () => {
    expect(readConfig({ AST_URL: '', AST_API_KEY: ' ', AST_WORKFLOW: '', RUN_IDLE_LIMIT_MS: '' })).toEqual(
      readConfig({}),
    );
  });

  it.each(['UPSTREAM', 'AST_DIALECT', 'ALLOWED_ORIGINS', 'IVY_JWT_SECRET', 'IVY_JWKS_URL'])(
    'refuses %s, which it cannot honour, rather than let somebody believe that it does',
    (name) => {
      const [problem, ...others] = problemsOf({ [name]: CANARY });
      expect(problem).toMatch(new RegExp(`^${name} is not supported`));
      expect(others).toEqual([]);
      expect(readConfig({ [name]: '' })).toEqual(readConfig({}));
    },
  );

  it('has an agent service when its address is set', () => {
    expect(readConfig({ AST_URL: 'https://agents.example.com' })).toMatchObject({
      value: { ast: { url: 'https://agents.example.com', apiKey: undefined, workflow: 'wf_ivy' } },
    });
    expect(
      readConfig({ AST_URL: 'http://localhost:8080', AST_API_KEY: ' key ', AST_WORKFLOW: 'wf_x' }),
    ).toMatchObject({
      value: { ast: { url: 'http://localhost:8080', apiKey: 'key', workflow: 'wf_x' } },
    });
  });

  it.each([
    ['https://agents.example.com/', 'https://agents.example.com'],
    ['https://agents.example.com/base//', 'https://agents.example.com/base'],
    [' HTTPS://Agents.Example.com:443 ', 'https://agents.example.com'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
  ])('writes an address one way: %s', (AST_URL, url) => {
    expect(readConfig({ AST_URL })).toMatchObject({ value: { ast: { url } } });
  });

  it('takes limits in whole milliseconds', () => {
    expect(readConfig({ RUN_IDLE_LIMIT_MS: '60000', RUN_TOTAL_LIMIT_MS: ' 120000 ' })).toMatchObject({
      value: { limits: { idleMs: 60_000, totalMs: 120_000 } },
    });
  });

  it('ignores variables that are not its own', () => {
    expect(readConfig({ PATH: '/bin', OTHER: 7, NESTED: {} })).toMatchObject({ ok: true });
  });

  it.each([
    `ftp://${CANARY}`,
    CANARY,
    `//${CANARY}`,
    `https://user:${CANARY}@agents.example.com`,
    `https://agents.example.com?key=${CANARY}`,
    `https://agents.example.com/#${CANARY}`,
    'https://',
    'javascript:alert(1)',
  ])('names the variable and not the value of an address that is none: %s', (AST_URL) => {
    const problems = problemsOf({ AST_URL });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^AST_URL is not an http or https address/);
  });

  it.each(['0', '-1', '1.5', CANARY, '1e400', 'NaN', 'Infinity', '5m', '0x1g'])(
    'names the variable and not the value of a limit that is none: %s',
    (limit) => {
      expect(problemsOf({ RUN_IDLE_LIMIT_MS: limit })[0]).toMatch(/^RUN_IDLE_LIMIT_MS /);
      expect(problemsOf({ RUN_TOTAL_LIMIT_MS: limit })[0]).toMatch(/^RUN_TOTAL_LIMIT_MS /);
    },
  );

  it.each(['too-short', 'x'.repeat(15), `${CANARY} with two spaces in it`, 'sixteen-characterç', 7])(
    'names the variable and not the value of a metrics token that is none: %j',
    (METRICS_TOKEN) => {
      expect(problemsOf({ METRICS_TOKEN })).toEqual([expect.stringMatching(/^METRICS_TOKEN /)]);
      expect(readMetricsToken({ METRICS_TOKEN })).toBeUndefined();
    },
  );

  it('has metrics only with a token of 16 characters or more', () => {
    const METRICS_TOKEN = 'x'.repeat(16);
    expect(readConfig({ METRICS_TOKEN })).toEqual(readConfig({}));
    expect(readMetricsToken({ METRICS_TOKEN: ` ${METRICS_TOKEN} ` })).toBe(METRICS_TOKEN);
    for (const variables of [{}, { METRICS_TOKEN: '' }, undefined, null]) {
      expect(readMetricsToken(variables)).toBeUndefined();
    }
  });

  it('names every problem, one line each', () => {
    const problems = problemsOf({
      AST_URL: { env: CANARY },
      AST_API_KEY: [CANARY],
      AST_WORKFLOW: 7,
      RUN_IDLE_LIMIT_MS: 'soon',
      RUN_TOTAL_LIMIT_MS: '-5',
    });
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
      'AST_URL',
      'AST_API_KEY',
      'AST_WORKFLOW',
      'RUN_IDLE_LIMIT_MS',
      'RUN_TOTAL_LIMIT_MS',
    ]);
    expect(problems.every((problem) => !problem.includes('\n') && problem.includes(' '))).toBe(true);
  });

  it.each([undefined, null, 7, 'AST_URL=x'])(
    'refuses variables that are none, without throwing: %j',
    (variables) => {
      expect(readConfig(variables).ok).toBe(false);
    },
  );
});
