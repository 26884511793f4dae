/** `npm run relay`: the relay alone, until it is told to end; with `--worker` as the Worker that is deployed. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand, type Running } from './command.ts';
import { readEnvironment, requireRelayVariables } from './environment.ts';
import { requirePorts } from './port.ts';
import type { RelayLine } from './relay-output.ts';
import { exitSentence, startRelay } from './relay-process.ts';

const WORKER = process.argv.includes('--worker');
const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

async function start(signal: AbortSignal): Promise<Running> {
  const { variables, port, host, stateDir } = readEnvironment(PROJECT);
  requireRelayVariables(variables);
  await requirePorts([{ variable: 'PORT', port }]);
  const relay = await startRelay({
    port,
    host,
    // The two keep the same data in files of their own formats.
    stateDir: WORKER ? join(stateDir, 'worker') : stateDir,
    variables,
    runtime: WORKER ? (await import('./worker-runtime.ts')).workerRuntime : undefined,
    signal,
    onLine: print,
  });
  if (!existsSync(join(PROJECT, 'dist/ivy-chat.js'))) {
    console.log('It has no ivy-chat.js to serve yet: `npm run build` makes it.');
  }
  console.log(`ivy-chat relay  ${relay.url}/`);
  return { failure: relay.exited.then(exitSentence), stop: () => relay.stop() };
}

function print({ kind, text }: RelayLine): void {
  if (kind === 'log') console.log(text);
  if (kind === 'error' || kind === 'detail') console.error(text);
}

process.exitCode = await runCommand(start);
