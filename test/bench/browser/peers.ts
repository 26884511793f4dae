/** The packages that ivy-chat is measured against. They are in a folder of their own, and installed when they are needed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod/mini';

export const PROJECT = fileURLToPath(new URL('../../..', import.meta.url));
export const PEERS = fileURLToPath(new URL('../peers', import.meta.url));

const INSTALL_LIMIT_MS = 120_000;

/** By the first part of its address on the site: what a package ships to pages. */
export const PEER_FOLDERS = {
  'deep-chat': join(PEERS, 'node_modules/deep-chat/dist'),
  n8n: join(PEERS, 'node_modules/@n8n/chat/dist'),
  flowise: join(PEERS, 'node_modules/flowise-embed/dist'),
} as const;

const PACKAGES = ['deep-chat', '@n8n/chat', 'flowise-embed', 'react', 'react-dom', 'streamdown'] as const;

/** Installs them unless they are there. Says in one line that it cannot; ivy-chat is measured alone then. */
export async function installPeers(): Promise<boolean> {
  try {
    for (const name of PACKAGES) await access(join(PEERS, 'node_modules', name, 'package.json'));
    return true;
  } catch {
    console.error('Installing the peers in test/bench/peers …');
  }
  const failure = await npmCi();
  if (failure === undefined) return true;
  console.error(`The peers could not be installed, so ivy-chat is measured without them: ${failure}`);
  return false;
}

/** Why it failed, if it did. */
async function npmCi(): Promise<string | undefined> {
  const parameters = [
    'ci',
    '--prefix',
    PEERS,
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const npm = spawn('npm', parameters, { stdio: ['ignore', 'ignore', 'pipe'], timeout: INSTALL_LIMIT_MS });
  let said = '';
  npm.stderr.on('data', (bytes: Buffer) => (said += bytes.toString()));
  try {
    const [code, signal] = z
      .tuple([z.nullable(z.number()), z.nullable(z.string())])
      .parse(await once(npm, 'close'));
    if (code === 0) return undefined;
    const [line = ''] = said.trim().split('\n');
    return line === '' ? `npm ci ended with ${String(code ?? signal)}.` : line;
  } catch (error) {
    return String(error);
  }
}

const packageSchema = z.object({ version: z.string() });

/** As “deep-chat 2.4.2”; without those that are not there. */
export async function peerVersions(): Promise<readonly string[]> {
  const versions: string[] = [];
  for (const name of PACKAGES) {
    const text = await readFile(join(PEERS, 'node_modules', name, 'package.json'), 'utf8').catch(
      () => undefined,
    );
    if (text !== undefined) versions.push(`${name} ${packageSchema.parse(JSON.parse(text)).version}`);
  }
  return versions;
}
