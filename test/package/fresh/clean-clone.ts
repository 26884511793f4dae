/** What `npm pack` makes of a project that was just cloned: nothing is built there yet. */
import { execFile } from 'node:child_process';
import { cp, mkdir, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PROJECT = fileURLToPath(new URL('../../..', import.meta.url));

/** @returns path of the `.tgz` in `folder` */
export async function packCleanClone(folder: string): Promise<string> {
  const clone = join(folder, 'clone');
  const { stdout } = await run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: PROJECT,
    maxBuffer: 16 * 1024 * 1024,
  });
  for (const path of stdout.split('\0').filter((name) => name !== '')) {
    await mkdir(dirname(join(clone, path)), { recursive: true });
    await cp(join(PROJECT, path), join(clone, path));
  }
  // As `npm ci` would have made it, without the minute that it takes.
  await symlink(join(PROJECT, 'node_modules'), join(clone, 'node_modules'));
  const packed = await run('npm', ['pack', '--pack-destination', folder], { cwd: clone });
  return join(folder, packed.stdout.trim().split('\n').at(-1) ?? '');
}
