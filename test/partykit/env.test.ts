import { describe, expect, it } from 'vitest';
import { readConfig, readMetricsToken } from '../../partykit/env.ts';
import { DEFAULT_RATE_SETTINGS, ratesOf } from '../../partykit/room/rates.ts';

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
      value: {
        service: undefined,
        limits: { idleMs: 300_000, totalMs: 1_800_000 },
        rates: ratesOf(DEFAULT_RATE_SETTINGS),
        runsPerDay: undefined,
        door: { origins: undefined, tokens: undefined },
      },
    });
  });

  it('takes an empty variable for an absent one', () => {
    expect(readConfig({ AST_URL: '', AST_API_KEY: ' ', AST_WORKFLOW: '', RUN_IDLE_LIMIT_MS: '' })).toEqual(
      readConfig({}),
    );
  });

  it('takes every service by its own variables', () => {
    expect(
      readConfig({ UPSTREAM: 'ast', AST_URL: 'http://ast', AST_DIALECT: 'agent', AST_AGENT: 'a' }),
    ).toMatchObject({
      value: { service: { kind: 'ast-agent', url: 'http://ast', agent: 'a', hasHistory: false } },
    });
    expect(readConfig({ AST_URL: 'http://ast', AST_HISTORY: 'on' })).toMatchObject({
      value: { service: { kind: 'ast-workflow', hasHistory: true } },
    });
    expect(
      readConfig({
        UPSTREAM: 'OpenAI',
        OPENAI_BASE_URL: 'http://localhost:11434/v1/chat/completions',
        OPENAI_MODEL: 'small',
        OPENAI_SYSTEM_PROMPT: 'Be brief.',
        OPENAI_HISTORY_CHARS: '0',
        UPSTREAM_HEADERS: '{"X-Title": "Chat"}',
      }),
    ).toMatchObject({
      value: {
        service: {
          kind: 'openai',
          url: 'http://localhost:11434/v1',
          model: 'small',
          systemPrompt: 'Be brief.',
          historyChars: 0,
          headers: { 'x-title': 'Chat' },
        },
      },
    });
    expect(readConfig({ UPSTREAM: 'ag-ui', AGUI_URL: 'http://agents/run' })).toMatchObject({
      value: {
        service: { kind: 'ag-ui', url: 'http://agents/run', apiKey: undefined, historyChars: 24_000 },
      },
    });
  });

  it('names all that is missing and all that is wrong in one go', () => {
    expect(
      problemsOf({ UPSTREAM: 'openai', OPENAI_HISTORY_CHARS: CANARY, RUN_IDLE_LIMIT_MS: 'soon' }),
    ).toEqual([
      expect.stringMatching(/^OPENAI_HISTORY_CHARS is not a whole number/),
      expect.stringMatching(/^RUN_IDLE_LIMIT_MS is not a whole number/),
      'OPENAI_BASE_URL is not set',
      'OPENAI_MODEL is not set',
    ]);
    expect(problemsOf({ UPSTREAM: 'openai', OPENAI_BASE_URL: CANARY, ALLOWED_ORIGINS: '*' })).toEqual([
      expect.stringMatching(/^OPENAI_BASE_URL is not an http/),
      'OPENAI_MODEL is not set',
      expect.stringMatching(/^ALLOWED_ORIGINS allows every page/),
    ]);
    expect(problemsOf({ UPSTREAM: 'ag-ui' })).toEqual(['AGUI_URL is not set']);
    expect(problemsOf({ UPSTREAM: 'ast' })).toEqual(['AST_URL is not set']);
    expect(problemsOf({ UPSTREAM: CANARY, AST_URL: CANARY })).toEqual([
      'UPSTREAM is none of ast, openai, ag-ui',
      expect.stringMatching(/^AST_URL /),
    ]);
    expect(problemsOf({ AST_DIALECT: CANARY, AST_HISTORY: CANARY })).toHaveLength(2);
  });

  it('does not mind what is set for a service that it does not ask', () => {
    const OPENAI_BASE_URL = 'https://models.example.com/v1?api-version=1';
    expect(readConfig({ AST_URL: 'http://ast', OPENAI_BASE_URL })).toMatchObject({ ok: true });
    expect(readConfig({ OPENAI_BASE_URL })).toMatchObject({ value: { service: undefined } });
  });

  it.each([
    [{ UPSTREAM_HEADERS: CANARY }, 'is not a JSON object'],
    [{ UPSTREAM_HEADERS: `{"X-Key": ["${CANARY}"]}` }, 'is not a JSON object'],
    [{ UPSTREAM_HEADERS: `{"X Key": "${CANARY}"}` }, 'is not a JSON object'],
    [{ UPSTREAM_HEADERS: `{"X-Key": "${CANARY}\\n"}` }, 'is not a JSON object'],
    [{ UPSTREAM_HEADERS: `{"Content-Type": "${CANARY}"}` }, 'has a header that the relay writes itself'],
    [{ AST_API_KEY: `${CANARY}\nX: y` }, 'holds something that no header can carry'],
    [{ AST_API_KEY: CANARY, UPSTREAM_HEADERS: '{"Authorization": "Basic x"}' }, 'and an Authorization'],
  ])('[A11] refuses headers and keys that cannot be sent, without their values: %j', (variables, problem) => {
    expect(problemsOf({ AST_URL: 'http://ast', ...variables })).toEqual([expect.stringContaining(problem)]);
  });

  it.each([
    ['too short', 'c4n4ry'],
    ['of 255 bits', 'c4n4ry-0123456789abcdefghijklmn'],
    ['long, and one letter', 'c'.repeat(64)],
    ['a word again and again', 'c4n4ry'.repeat(10)],
  ])('[A3] refuses a secret that is %s, at start', (_what, secret) => {
    const [problem, ...others] = problemsOf({ IVY_JWT_SECRET: secret });
    expect(problem).toMatch(/^IVY_JWT_SECRET has less than 256 bits/);
    expect(others).toEqual([]);
  });

  it.each([
    'c4n4ry',
    'http://login.example.com/jwks',
    'ftp://login.example.com',
    'https://c4n4ry@login.example.com',
  ])('[A3] refuses a key set that anybody on the way could replace: %s', (url) => {
    expect(problemsOf({ IVY_JWKS_URL: url })).toEqual([
      expect.stringMatching(/^IVY_JWKS_URL is not an https address/),
    ]);
  });

  it('[A3] asks for tokens when it knows how they are signed', () => {
    const secret = 'c4n4ry-0123456789abcdefghijklmno';
    expect(readConfig({ IVY_JWT_SECRET: secret, IVY_JWT_AUDIENCE: 'ivy' })).toMatchObject({
      value: { door: { tokens: { keys: { kind: 'secret', secret }, audience: 'ivy' } } },
    });
    const url = 'https://login.example.com/jwks';
    expect(readConfig({ IVY_JWKS_URL: url })).toMatchObject({
      value: { door: { tokens: { keys: { url } } } },
    });
    expect(problemsOf({ IVY_JWT_SECRET: secret, IVY_JWKS_URL: url })).toHaveLength(1);
  });

  it('[A1] refuses origins that cannot be some, and every page where there are no tokens', () => {
    expect(problemsOf({ ALLOWED_ORIGINS: 'https://www.example.com c4n4ry' })).toEqual([
      expect.stringMatching(/^ALLOWED_ORIGINS has no origin in place 2/),
    ]);
    expect(problemsOf({ ALLOWED_ORIGINS: '*' })).toEqual([
      expect.stringMatching(/^ALLOWED_ORIGINS allows every page/),
    ]);
    const secret = '0123456789abcdefghijklmnopqrstuv';
    expect(readConfig({ ALLOWED_ORIGINS: '*', IVY_JWT_SECRET: secret })).toMatchObject({
      value: { door: { origins: { any: true } } },
    });
  });

  it('[A5] counts as it is told to', () => {
    const variables = {
      MESSAGES_PER_MINUTE: '3',
      FRAMES_PER_MINUTE: '30',
      CONNECTIONS_PER_THREAD: '2',
      MESSAGES_PER_DAY: '50',
    };
    expect(readConfig(variables)).toMatchObject({
      value: {
        rates: ratesOf({ messagesPerMinute: 3, framesPerMinute: 30, connections: 2 }),
        runsPerDay: 50,
      },
    });
    for (const name of Object.keys(variables)) {
      expect(problemsOf({ [name]: 'c4n4ry' })).toEqual([
        expect.stringMatching(`^${name} is not a whole number`),
      ]);
      expect(problemsOf({ [name]: '0' })).toHaveLength(1);
    }
  });

  it('has an agent service when its address is set', () => {
    expect(readConfig({ AST_URL: 'https://agents.example.com' })).toMatchObject({
      value: { service: { kind: 'ast-workflow', url: 'https://agents.example.com', workflow: 'wf_ivy' } },
    });
    expect(
      readConfig({ AST_URL: 'http://localhost:8080', AST_API_KEY: ' key ', AST_WORKFLOW: 'wf_x' }),
    ).toMatchObject({
      value: { service: { url: 'http://localhost:8080', apiKey: 'key', workflow: 'wf_x' } },
    });
  });

  it.each([
    ['https://agents.example.com/', 'https://agents.example.com'],
    ['https://agents.example.com/base//', 'https://agents.example.com/base'],
    [' HTTPS://Agents.Example.com:443 ', 'https://agents.example.com'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
  ])('writes an address one way: %s', (AST_URL, url) => {
    expect(readConfig({ AST_URL })).toMatchObject({ value: { service: { url } } });
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
