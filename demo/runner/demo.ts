/**
 * Everything behind `npm start`, as one thing that starts and stops: the built widget, an agent, the relay, the pages.
 * `demo/start.ts` is the command around it, and the end-to-end tests use it as it is.
 */
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { RelayVariable } from '../../partykit/env.ts';
import { requireRelayVariables, type RelayVariables } from '../../partykit/local/environment.ts';
import { requirePorts } from '../../partykit/local/port.ts';
import type { RelayLine } from '../../partykit/local/relay-output.ts';
import type { RelayProcess } from '../../partykit/local/relay-process.ts';
import { StartError } from '../../partykit/local/start-error.ts';
import { startDemoAgent, type DemoAgent, type DemoAgentOptions } from '../agent/agent-server.ts';
import { siteFiles } from '../build/site-files.ts';
import { startKillableRelay } from './killable-relay.ts';
import { startSite } from './site-server.ts';
import { buildWidgetScript } from './widget-script.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

export interface DemoOptions {
  /** The relay's port. 0 takes any free one, as it does below. */
  readonly port: number;
  readonly demoPort: number;
  readonly agentPort: number;
  readonly stateDir: string;
  /** What is set for the relay. Without an agent service the demo agent answers. */
  readonly variables: RelayVariables;
  /** How fast the demo agent writes. */
  readonly pace?: DemoAgentOptions['pace'];
  readonly onLine?: ((line: RelayLine) => void) | undefined;
  /** Aborting it gives up a start that is under way. */
  readonly signal?: AbortSignal | undefined;
}

/** The built-in agent, which a test takes away and brings back. */
export interface RunningAgent {
  readonly url: string;
  stop(): Promise<void>;
  /** Again on the same port, with the same key and no memory of what it was asked. */
  restart(): Promise<void>;
}

export interface Demo {
  /** Origins, without a slash at their ends. */
  readonly siteUrl: string;
  readonly relayUrl: string;
  /** Another one after the page has killed it. */
  readonly relay: RelayProcess;
  /** Undefined when the user's own service answers. */
  readonly agent: RunningAgent | undefined;
  /** Resolves with one line when a part has ended by itself. */
  readonly failure: Promise<string>;
  /** Ends all of it; resolves when no process is left and the ports are free. */
  stop(): Promise<void>;
}

/** Who answers, and what the relay is told about it. */
interface Service {
  readonly variables: RelayVariables;
  readonly agent: RunningAgent | undefined;
}

/** Not for the demo: its pages carry no token, and they, the relay and its visitors are all on this machine. */
export const UNUSED_VARIABLES = [
  'ALLOWED_ORIGINS',
  'IVY_JWT_SECRET',
  'IVY_JWKS_URL',
  'IVY_JWT_ISSUER',
  'IVY_JWT_AUDIENCE',
] as const;

/** @throws {StartError} when a part cannot be started; those that were are ended first. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const { port, demoPort, agentPort, stateDir, onLine, signal } = options;
  const variables = without(options.variables, UNUSED_VARIABLES);
  requireRelayVariables(variables);
  await requirePorts([
    { variable: 'PORT', port },
    { variable: 'DEMO_PORT', port: demoPort },
    ...(hasOwnService(variables) ? [] : [{ variable: 'AGENT_PORT', port: agentPort }]),
  ]);

  const ends: (() => Promise<void>)[] = [];
  let stopping: Promise<void> | undefined;
  // The pages go first: nobody should watch the rest of it break down.
  const stop = (): Promise<void> => (stopping ??= endAll(ends.reverse()));
  try {
    const scripts = await buildWidgetScript(PROJECT);
    // Made while the relay starts, which is another process.
    const files = siteFiles(PROJECT, scripts);
    // Whoever asks for a page hears of a failure.
    files.catch(() => undefined);
    const service = hasOwnService(variables)
      ? { variables, agent: undefined }
      : await demoService(variables, options);
    const { agent } = service;
    if (agent !== undefined) ends.push(() => agent.stop());
    const relay = await startKillableRelay({
      port,
      stateDir,
      variables: service.variables,
      onLine,
      signal,
    });
    ends.push(() => relay.stop());
    const site = await startSite({
      port: demoPort,
      files,
      settings: { relay: relay.process.url, service: agent === undefined ? 'own' : 'demo' },
      killRelay: () => relay.kill(),
    });
    ends.push(() => site.close());
    if (signal?.aborted === true) throw new StartError('aborted', 'The start of the demo was given up.');
    return {
      siteUrl: site.url,
      relayUrl: relay.process.url,
      get relay() {
        return relay.process;
      },
      agent,
      failure: relay.failure,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** One after the other, all of them, also when one of them fails. */
async function endAll(ends: readonly (() => Promise<void>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const end of ends) await end().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}

export function hasOwnService({ AST_URL, UPSTREAM }: RelayVariables): boolean {
  return AST_URL !== undefined || UPSTREAM !== undefined;
}

/** The agent that comes with the project, behind a key that nobody but this run's relay has. */
async function demoService(variables: RelayVariables, { agentPort, pace }: DemoOptions): Promise<Service> {
  const apiKey = randomBytes(24).toString('base64url');
  const start = (port: number): Promise<DemoAgent> =>
    startDemoAgent({ port, apiKey, root: PROJECT, ...(pace === undefined ? {} : { pace }) });
  const first = await start(agentPort);
  let running: DemoAgent | undefined = first;
  const stop = async (): Promise<void> => {
    const stopped = running;
    running = undefined;
    await stopped?.close();
  };
  const restart = async (): Promise<void> => {
    await stop();
    running = await start(first.port);
  };
  return {
    // Its own dialect and workflow, whatever the user's service may speak.
    variables: {
      ...without(variables, ['AST_DIALECT', 'AST_WORKFLOW', 'AST_HISTORY', 'UPSTREAM_HEADERS']),
      AST_URL: first.url,
      AST_API_KEY: apiKey,
    },
    agent: { url: first.url, stop, restart },
  };
}

function without(variables: RelayVariables, names: readonly RelayVariable[]): RelayVariables {
  const dropped = new Set<string>(names);
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !dropped.has(name)));
}
