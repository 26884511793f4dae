/** A copy of the relay's sources that a test may edit while a relay runs from it. */
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll } from 'vitest';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

export class RelaySources {
  #home = '';

  make(): void {
    this.#home = mkdtempSync(join(tmpdir(), 'ivy-relay-sources-'));
    // package.json says what `#protocol` is; both configurations are read by the bundlers.
    for (const part of ['partykit', 'package.json', 'tsconfig.json']) {
      cpSync(join(PROJECT, part), join(this.#home, part), { recursive: true });
    }
    symlinkSync(join(PROJECT, 'node_modules'), join(this.#home, 'node_modules'));
  }

  /** Where the adapters are. */
  get folder(): string {
    return join(this.#home, 'partykit');
  }

  /** In one step, so that no half of a file is ever built. Throws when there is nothing to replace. */
  edit(file: string, from: string, to: string): void {
    const path = join(this.folder, file);
    const text = readFileSync(path, 'utf8');
    if (!text.includes(from)) throw new Error(`"${from}" is not in ${file}`);
    writeFileSync(`${path}.new`, text.replaceAll(from, to));
    renameSync(`${path}.new`, path);
  }

  remove(): void {
    rmSync(this.#home, { recursive: true, force: true });
  }
}

/** A copy for a test file; register it before the relay that runs from it. */
export function useRelaySources(): RelaySources {
  const sources = new RelaySources();
  beforeAll(() => sources.make());
  afterAll(() => sources.remove());
  return sources;
}
