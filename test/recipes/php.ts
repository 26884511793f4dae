/** PHP's own server, and whether a machine has what a recipe needs. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { vi } from 'vitest';
import { TiedProcess } from '../support/tied-process.ts';

/** Says in one line what is missing. */
export function hasPrograms(...programs: readonly string[]): boolean {
  const missing = programs.filter((program) => {
    try {
      execFileSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' });
      return false;
    } catch {
      return true;
    }
  });
  if (missing.length > 0) console.log(`Skipped, since this machine has no ${missing.join(', ')}.`);
  return missing.length === 0;
}

export interface PhpServer {
  /** Origin, without a slash at its end. */
  readonly url: string;
  stop(): Promise<void>;
}

/** @param folder what is served @param variables for the programs in it */
export async function startPhp(
  folder: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<PhpServer> {
  const port = await freePort();
  const url = `http://localhost:${String(port)}`;
  const server = new TiedProcess(
    ['php', '-d', 'opcache.revalidate_freq=0', '-S', `localhost:${String(port)}`, '-t', folder],
    {
      environment: { ...process.env, PHP_CLI_SERVER_WORKERS: '4', ...variables },
      output: ['ignore', 'ignore'],
    },
  );
  await vi.waitUntil(() => answers(url), { timeout: 15_000, interval: 50 });
  return { url, stop: () => server.end() };
}

async function answers(url: string): Promise<boolean> {
  try {
    await fetch(url, { redirect: 'manual' });
    return true;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, 'localhost');
  await once(probe, 'listening');
  const taken = probe.address();
  probe.close();
  await once(probe, 'close');
  if (typeof taken !== 'object' || taken === null) throw new Error('There is no free port.');
  return taken.port;
}
