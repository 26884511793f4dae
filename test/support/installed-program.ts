/** Looks for programs this machine already has, in the folders of PATH and the usual ones. */
import { access, constants, stat } from 'node:fs/promises';
import { posix } from 'node:path';

/** Some desktops and test runners start programs with a PATH that lacks these. */
const USUAL_FOLDERS = ['/usr/local/bin', '/usr/bin', '/bin'];

/** Where programs of these names could be, the first name's places first. POSIX only. */
export function placesOf(names: readonly string[], variables: NodeJS.ProcessEnv): string[] {
  const inPath = (variables['PATH'] ?? '')
    .split(posix.delimiter)
    .filter((folder) => posix.isAbsolute(folder));
  const folders = [...new Set([...inPath, ...USUAL_FOLDERS])];
  return names.flatMap((name) => folders.map((folder) => posix.join(folder, name)));
}

/** The first of the paths that this user may run, or undefined. */
export async function firstExecutable(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    if (await isExecutable(path)) return path;
  }
  return undefined;
}

/** Whether the path names a file this user may run. */
export async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

/**
 * The path that a variable names, or undefined when it is not set or empty.
 *
 * @throws if it names nothing that can be run
 */
export async function chosenProgram(
  variable: string,
  variables: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const chosen = variables[variable];
  if (!chosen) return undefined;
  if (await isExecutable(chosen)) return chosen;
  throw new Error(`${variable} is ${JSON.stringify(chosen)}, where there is no file that can be run.`);
}
