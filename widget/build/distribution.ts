/** What a relay serves to pages: the scripts, at their latest address and at that of their version, and what goes with them. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import * as z from 'zod/mini';
import { bundle, COLOURS, EMBED, MAIN, type Bundle } from './bundle.ts';
import { HEADERS, headersFile } from './headers.ts';
import { LICENCES, licencesFile } from './licences.ts';

export interface Distribution {
  readonly version: string;
  /** The scripts that a page names. */
  readonly bundles: readonly Bundle[];
  /** Content by path below the folder that is served. */
  readonly files: ReadonlyMap<string, string>;
}

const packageSchema = z.object({ version: z.string() });

/** @param root the folder of the project */
export async function distribution(root: string): Promise<Distribution> {
  const { version } = packageSchema.parse(JSON.parse(await readFile(join(root, 'package.json'), 'utf8')));
  const bundles = [await bundle(root, MAIN), await bundle(root, COLOURS)];
  const embed = await bundle(root, EMBED);
  const licences = licencesFile(
    await readFile(join(root, 'LICENSE'), 'utf8'),
    bundles.flatMap(({ notices }) => notices),
  );
  const latest = new Map([
    ...[...bundles, embed].map(({ name, code }) => [name, code] as const),
    [LICENCES, licences],
  ]);
  const versioned = [...latest].map(([path, content]) => [`${version}/${path}`, content] as const);
  const headers = headersFile([...latest.keys()]);
  return { version, bundles, files: new Map([...latest, ...versioned, [HEADERS, headers]]) };
}

/** Leaves what is there and the same: a relay that serves the folder restarts its rooms at every change. */
export async function place(folder: string, files: Distribution['files']): Promise<void> {
  for (const [path, content] of files) await placeFile(join(folder, path), content);
}

async function placeFile(path: string, content: string): Promise<void> {
  const placed = await readFile(path, 'utf8').catch(() => undefined);
  if (placed === content) return;
  await mkdir(dirname(path), { recursive: true });
  // The dot hides this one from the relay until it is whole.
  const unfinished = join(dirname(path), `.${basename(path)}.${process.pid}`);
  await writeFile(unfinished, content);
  await rename(unfinished, path);
}
