import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readEnvironment, requireRelayVariables } from '../../../partykit/local/environment.ts';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ivy-environment-'));
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

function writeFile(text: string): void {
  writeFileSync(join(directory, '.env'), text);
}

describe('readEnvironment', () => {
  it('has an answer to everything but the relay’s variables when nothing is set', () => {
    expect(readEnvironment(directory, {})).toEqual({
      variables: {},
      port: 1999,
      demoPort: 5173,
      agentPort: 0,
      host: '127.0.0.1',
      stateDir: join(directory, '.ivy-state'),
    });
  });

  it('reads .env', () => {
    writeFile(
      '# a comment\nAST_URL=https://agents.example.com\nAST_API_KEY="a key # with = in it"\nPORT=4000\n',
    );
    expect(readEnvironment(directory, {})).toMatchObject({
      variables: { AST_URL: 'https://agents.example.com', AST_API_KEY: 'a key # with = in it' },
      port: 4000,
    });
  });

  it('prefers the shell', () => {
    writeFile('AST_URL=https://file.example.com\nPORT=4000\n');
    const environment = readEnvironment(directory, { AST_URL: 'https://shell.example.com', PORT: '4001' });
    expect(environment).toMatchObject({ variables: { AST_URL: 'https://shell.example.com' }, port: 4001 });
  });

  it('lets an empty value in the shell take away what .env has', () => {
    writeFile('AST_URL=https://file.example.com\n');
    expect(readEnvironment(directory, { AST_URL: '' }).variables).toEqual({});
  });

  it('passes nothing on that the relay does not ask for', () => {
    writeFile('SOMEBODY_ELSES_SECRET=1\nAST_WORKFLOW=wf_docs\n');
    expect(readEnvironment(directory, { PATH: '/bin' }).variables).toEqual({ AST_WORKFLOW: 'wf_docs' });
  });

  it('takes STATE_DIR from the folder of .env, or as it is when it is absolute', () => {
    expect(readEnvironment(directory, { STATE_DIR: 'kept' }).stateDir).toBe(join(directory, 'kept'));
    expect(readEnvironment(directory, { STATE_DIR: '/var/kept' }).stateDir).toBe('/var/kept');
  });

  it.each(['PORT', 'DEMO_PORT', 'AGENT_PORT'])('names %s when it is not a port', (name) => {
    for (const value of ['http', '-1', '80.5', '65536', '0x50', '1e3', '123456']) {
      expect(() => readEnvironment(directory, { [name]: value })).toThrow(
        `${name} is not a port: "${value}"`,
      );
    }
  });

  it('takes 0 for any free port', () => {
    expect(readEnvironment(directory, { PORT: '0', DEMO_PORT: '0' })).toMatchObject({ port: 0, demoPort: 0 });
  });

  it('says so when .env is there and cannot be read', () => {
    mkdirSync(join(directory, '.env'));
    expect(() => readEnvironment(directory, {})).toThrow(/\.env cannot be read \(EISDIR\)/);
  });
});

describe('requireRelayVariables', () => {
  it('accepts what the relay accepts', () => {
    expect(() => requireRelayVariables({ AST_URL: 'https://agents.example.com' })).not.toThrow();
    expect(() => requireRelayVariables({})).not.toThrow();
  });

  it('names the variable that the relay could not use', () => {
    expect(() => requireRelayVariables({ AST_URL: 'agents' })).toThrow(/^AST_URL /);
  });
});
