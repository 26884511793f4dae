/**
 * `npm run bundle`: makes what is in `dist` but the types, and says what a page writes to get exactly that. With `--readme`,
 * as in `npm run build`, the README says so too. With `--costs` it says what each package and folder adds to the scripts.
 */
import { log } from 'node:console';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliSize, costsTable } from './costs.ts';
import { distribution, place } from './distribution.ts';
import { pinnedTags, withTags } from './integrity.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const README = join(PROJECT, 'README.md');
/** In the place of the relay's own address. */
const EXAMPLE = 'https://chat.example.com';

const built = await distribution(PROJECT);
await place(join(PROJECT, 'dist'), built.files);
const tags = pinnedTags(EXAMPLE, built);
const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;
for (const { name, code } of built.bundles)
  log(`dist/${name}  ${kilobytes(Buffer.byteLength(code))}, ${kilobytes(brotliSize(code))} in Brotli`);
if (process.argv.includes('--costs')) for (const script of built.bundles) log(`\n${costsTable(script)}`);
log(`\n${tags}\n`);

const readme = await readFile(README, 'utf8');
const mended = withTags(readme, tags);
if (mended === readme) log('README.md has these hashes.');
else if (process.argv.includes('--readme')) {
  await writeFile(README, mended);
  log('README.md has these hashes now.');
} else log('README.md has the hashes of another build; `npm run build` mends it.');
