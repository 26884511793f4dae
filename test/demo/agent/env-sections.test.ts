import { describe, expect, it } from 'vitest';
import { splitEnvExample } from '../../../demo/agent/env-sections.ts';

const textsOf = (env: string): readonly (readonly [string, ...string[]])[] =>
  splitEnvExample(env).map(({ heading, blocks }) => [heading, ...blocks.map(({ text }) => text)]);

const code = (line: string): string => `\`\`\`sh\n${line}\n\`\`\``;

describe('splitEnvExample', () => {
  it('documents a variable with the comment above it', () => {
    expect(textsOf('# Port of the relay.\n# Default: 1999\nPORT=1999')).toEqual([
      ['`PORT`', 'Port of the relay.\nDefault: 1999', code('PORT=1999')],
    ]);
  });

  it('reads a variable that is commented out, and the comment beside a value', () => {
    expect(textsOf('# Key.\n# API_KEY=abc # never in a page')).toEqual([
      ['`API_KEY`', 'Key.', 'never in a page', code('API_KEY=abc')],
    ]);
  });

  it('gives variables that stand together the comment above them', () => {
    const [first, second, third] = textsOf('# Limits, in milliseconds.\nIDLE_MS=1\nTOTAL_MS=2\n\nOTHER=3');
    expect(first).toContain('Limits, in milliseconds.');
    expect(second).toContain('Limits, in milliseconds.');
    expect(third).toEqual(['`OTHER`', code('OTHER=3')]);
  });

  it.each([
    '# --- Admission ---',
    '## Admission',
    '# ==== Admission',
    '# -----\n# Admission\n# -----',
    '# Admission',
  ])('takes %j for the title of what follows', (title) => {
    expect(splitEnvExample(`${title}\n\n# Who may come in.\nORIGINS=`)).toMatchObject([
      { heading: '`ORIGINS`', ancestors: ['Admission'] },
    ]);
  });

  it('keeps what is said about the file', () => {
    expect(textsOf('# Copy this to `.env`.\n\nPORT=1')[0]).toEqual(['', 'Copy this to `.env`.']);
  });

  it('shows a placeholder as text', () => {
    expect(textsOf('# https://<account>.example.com\nURL=')[0]?.[1]).toBe('https://\\<account>.example.com');
  });
});
