/**
 * `npm run build:demo [-- --relay https://chat.example.com]`: the demo site as static files in `dist-demo`, for any server
 * and any path. Without `--relay` the pages take the one that their address names (`?host=`), else their own server.
 */
import { log } from 'node:console';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { distribution } from '../../widget/build/distribution.ts';
import { siteFiles, staticFiles } from './site-files.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

const FOLDER = 'dist-demo';

const { values } = parseArgs({ options: { relay: { type: 'string', default: '' } } });
const { files: scripts } = await distribution(PROJECT);
const files = staticFiles(await siteFiles(PROJECT, scripts), values.relay.replace(/\/+$/, ''));
const folder = join(PROJECT, FOLDER);
await rm(folder, { recursive: true, force: true });
for (const [path, content] of files) {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), content);
}
log(`${FOLDER}: ${String(files.size)} files. index.html?host=chat.example.com names a relay.`);
