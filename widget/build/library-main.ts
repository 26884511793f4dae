/** `npm run library`: makes `lib`, which the npm package has beside the scripts of `dist`. */
import { log } from 'node:console';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { place } from './distribution.ts';
import { library } from './library.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const LIBRARY = join(PROJECT, 'lib');

const files = await library(PROJECT);
// What an earlier build made and this one does not would be packed.
await rm(LIBRARY, { recursive: true, force: true });
await place(LIBRARY, files);
log(`lib  ${String(files.size)} files`);
