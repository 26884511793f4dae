/**
 * The private directory that one relay's runtime works in. Variables on a command line would be in every process list, so
 * they go into a file here that only this user reads.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface RunDirectory {
  readonly path: string;
  /** Path of the file with the configuration. */
  readonly config: string;
  /** Takes the variables off the disk, where the runtime does not read them again. */
  forgetVariables(): void;
  remove(): void;
}

export interface RunDirectoryContents {
  readonly configName: string;
  readonly config: unknown;
  /** Whether the configuration holds the variables and is read only once. */
  readonly readOnce: boolean;
  /** Further files, from name to text. */
  readonly files?: Readonly<Record<string, string>>;
}

export function createRunDirectory(contents: RunDirectoryContents): RunDirectory {
  const { configName, config, readOnce, files = {} } = contents;
  // mkdtemp makes it 0700.
  const path = mkdtempSync(join(tmpdir(), 'ivy-relay-'));
  const write = (name: string, text: string): string => {
    const file = join(path, name);
    writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
    return file;
  };
  const remove = (): void => rmSync(path, { recursive: true, force: true });
  try {
    for (const [name, text] of Object.entries(files)) write(name, text);
    const written = write(configName, JSON.stringify(config));
    const forgetVariables = (): void => {
      if (readOnce) rmSync(written, { force: true });
    };
    return { path, config: written, forgetVariables, remove };
  } catch (error) {
    remove();
    throw error;
  }
}
