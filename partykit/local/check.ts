/** `npm run relay:check`: one line about the agent service that the relay is configured for. */
import { fileURLToPath } from 'node:url';
import { readConfig } from '../env.ts';
import { readEnvironment } from './environment.ts';
import { checkService, type ServiceVerdict } from './service-check.ts';
import { StartError } from './start-error.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

async function check(): Promise<ServiceVerdict> {
  const config = readConfig(readEnvironment(PROJECT).variables);
  if (!config.ok) return { works: false, line: `Does not work: ${config.failure.join('; ')}.` };
  const { service, limits } = config.value;
  if (service !== undefined) return checkService(service, limits);
  const line =
    'No agent service is configured: set AST_URL, or UPSTREAM and what belongs to it (.env.example lists it).';
  return { works: false, line };
}

try {
  const { works, line } = await check();
  console.log(line);
  process.exitCode = works ? 0 : 1;
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  console.log(error.message);
  process.exitCode = 1;
}
