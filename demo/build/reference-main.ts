/** `npm run reference`: writes the page of the documents that lists what the element takes, says and shows. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { REFERENCE, referenceOf } from './reference.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

await writeFile(join(PROJECT, REFERENCE), await referenceOf(PROJECT));
