/**
 * What a user may set for the commands that run on this machine, from the shell or from `.env`.
 * The relay's variables are only picked here: what they mean, and whether they are right, `partykit/env.ts` decides.
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { readConfig, RELAY_VARIABLES, type RelayVariable } from '../env.ts';
import { StartError } from './start-error.ts';

/** Only those that are set. */
export type RelayVariables = Readonly<Partial<Record<RelayVariable, string>>>;

export interface Environment {
  readonly variables: RelayVariables;
  /** `PORT`: the relay's. 0 takes any free one, here and below. */
  readonly port: number;
  /** `DEMO_PORT`: the demo site's. */
  readonly demoPort: number;
  /** `AGENT_PORT`: the demo agent's. Any free one by default, since only the relay has to find it. */
  readonly agentPort: number;
  /** `RELAY_HOST`: the address that the relay listens on. Not for the demo, which has no lock on its door. */
  readonly host: string;
  /** `STATE_DIR`, absolute: where conversations are kept. */
  readonly stateDir: string;
}

/**
 * Asks the relay's own reading of its variables before anything is started, rather than at the first conversation.
 * @throws {StartError} `bad_variable`, with a line for each problem.
 */
export function requireRelayVariables(variables: RelayVariables): void {
  const config = readConfig(variables);
  if (config.ok) return;
  const [first = 'The variables cannot be used', ...others] = config.failure;
  throw new StartError('bad_variable', first, { detail: others });
}

type Values = Readonly<Record<string, string | undefined>>;

/**
 * Reads `.env` in `directory`, if there is one, under `shell`, which wins. An empty value counts as none.
 * @throws {StartError} `unreadable_environment` or `bad_variable`.
 */
export function readEnvironment(directory: string, shell: Values = process.env): Environment {
  const values = { ...readEnvironmentFile(join(directory, '.env')), ...shell };
  return {
    variables: pickVariables(values),
    port: portOf(values, 'PORT', 1999),
    demoPort: portOf(values, 'DEMO_PORT', 5173),
    agentPort: portOf(values, 'AGENT_PORT', 0),
    host: textOf(values, 'RELAY_HOST') ?? '127.0.0.1',
    stateDir: resolve(directory, textOf(values, 'STATE_DIR') ?? '.ivy-state'),
  };
}

function readEnvironmentFile(path: string): Values {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    if (code === 'ENOENT') return {};
    throw new StartError('unreadable_environment', `${path} cannot be read (${code}).`, { cause: error });
  }
  return parseEnv(text);
}

/** PartyKit never looks at the shell, so what the relay does not read by itself does not arrive. */
function pickVariables(values: Values): RelayVariables {
  return Object.fromEntries(
    RELAY_VARIABLES.flatMap((name) => {
      const value = textOf(values, name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function portOf(values: Values, name: string, fallback: number): number {
  const text = textOf(values, name);
  if (text === undefined) return fallback;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (port <= 65_535) return port;
  throw new StartError(
    'bad_variable',
    `${name} is not a port: "${text}". Give a whole number from 0 to 65535.`,
  );
}

function textOf(values: Values, name: string): string | undefined {
  const value = values[name];
  return value === undefined || value.trim() === '' ? undefined : value;
}
