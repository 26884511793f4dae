/**
 * The private directory that one `partykit dev` runs in. It exists because of how PartyKit takes its configuration:
 *
 * - variables on its command line would be in every process list, so they go into a file that only this user can read;
 * - a `.env` in the working directory, or in any directory above, overrides that file, so empty ones are put in the way;
 * - workerd refuses a main module outside the working directory, so there is one here that hands on the real one.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';

const settingsSchema = z.looseObject({ compatibilityDate: z.string() });

export interface RunDirectoryContents {
  /** Path of the `partykit.json` whose settings apply, but for those below. */
  readonly settings: string;
  /** Absolute path of the module whose default export is the server. */
  readonly entry: string;
  /** Absolute path of the folder whose files are served beside the rooms. */
  readonly assets: string;
  readonly variables: Readonly<Record<string, string>>;
}

export interface RunDirectory {
  readonly path: string;
  /** Path of the generated configuration. */
  readonly config: string;
  remove(): void;
}

export function createRunDirectory({
  settings,
  entry,
  assets,
  variables,
}: RunDirectoryContents): RunDirectory {
  // mkdtemp makes it 0700.
  const path = mkdtempSync(join(tmpdir(), 'ivy-relay-'));
  const write = (name: string, text: string): string => {
    const file = join(path, name);
    writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
    return file;
  };
  const remove = (): void => rmSync(path, { recursive: true, force: true });
  try {
    const main = write('server.ts', `export { default } from ${JSON.stringify(entry)};\n`);
    write('.env', '');
    write('.env.local', '');
    const common = settingsSchema.parse(JSON.parse(readFileSync(settings, 'utf8')));
    const config = write(
      'partykit.json',
      JSON.stringify({ ...common, main, serve: { path: assets }, vars: variables }),
    );
    return { path, config, remove };
  } catch (error) {
    remove();
    throw error;
  }
}
