/**
 * The npm package as somebody has it who installed it: built from these sources, packed by npm, unpacked in a project of its
 * own, beside the packages that it asks for. Once for all tests of a run.
 */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import * as z from 'zod/mini';
import { distribution, place } from '../../widget/build/distribution.ts';
import { library } from '../../widget/build/library.ts';

const run = promisify(execFile);
const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
/** What of the project npm packs beside what is built. */
const WRITTEN = ['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md'];
/** What somebody has installed with it, or before. */
const INSTALLED = [
  ...['lit', 'partysocket', 'zod'],
  ...['react', 'react-dom', 'preact', 'solid-js', 'svelte', 'vue', '@types/react', '@types/react-dom'],
];

const packSchema = z.tuple([z.object({ filename: z.string() })]);

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of the `.tgz`. */
    readonly tarball: string;
    /** Folder of a project that has it in its `node_modules`. */
    readonly installed: string;
  }
}

export default async function setup(test: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'ivy-package-'));
  const tarball = await pack(folder);
  const installed = join(folder, 'installed');
  await install(installed, tarball);
  test.provide('tarball', tarball);
  test.provide('installed', installed);
  return () => rm(folder, { recursive: true });
}

/** @returns path of the `.tgz` */
export async function pack(folder: string): Promise<string> {
  const source = join(folder, 'source');
  for (const path of WRITTEN) await cp(join(PROJECT, path), join(source, path));
  await place(join(source, 'dist'), (await distribution(PROJECT)).files);
  await place(join(source, 'lib'), await library(PROJECT));
  // Without `prepack`, which makes what has been made here.
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    cwd: source,
  });
  const [{ filename }] = packSchema.parse(JSON.parse(stdout));
  return join(folder, filename);
}

async function install(folder: string, tarball: string): Promise<void> {
  const packages = join(folder, 'node_modules');
  const own = join(packages, 'ivy-chat');
  await mkdir(own, { recursive: true });
  await run('tar', ['-xzf', tarball, '-C', own, '--strip-components', '1']);
  for (const name of INSTALLED) {
    await mkdir(join(packages, name, '..'), { recursive: true });
    await symlink(join(PROJECT, 'node_modules', name), join(packages, name));
  }
}
