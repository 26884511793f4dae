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
  if (await areInstalled()) return true;
  console.error('Installing the peers in test/bench/peers …');
  const failure = await npmCi();
  if (failure === undefined && (await areInstalled())) return true;
  console.error(
    `The peers could not be installed, so ivy-chat is measured without them: ${failure ?? 'some are missing.'}`,
  );
  return false;
}

async function areInstalled(): Promise<boolean> {
  try {
    for (const name of PACKAGES) await access(join(PEERS, 'node_modules', name, 'package.json'));
    return true;
  } catch {
    return false;
  }
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
    // Before its sentence npm says codes.
    const lines = said.split('\n').map((line) => line.replace(/^npm error /, '').trim());
    const sentence = lines.find((line) => line.split(' ').length > 3) ?? lines.find((line) => line !== '');
    return sentence ?? `npm ci ended with ${String(code ?? signal)}.`;
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
