/** A project of somebody who has just installed the package, served as they would serve it. */
import { execFile } from 'node:child_process';
import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createServer, preview } from 'vite';

const run = promisify(execFile);
const FIXTURES = fileURLToPath(new URL('../../fixtures/package/', import.meta.url));

export interface Site {
  /** Origin, without a slash at its end. */
  readonly url: string;
  close(): Promise<void>;
}

export class FreshProject {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** @param fixture its sources @param packages what `npm install` gets: names with versions, or a tarball */
  static async make(folder: string, fixture: string, packages: readonly string[]): Promise<FreshProject> {
    await cp(join(FIXTURES, fixture), folder, { recursive: true });
    return FreshProject.of(folder, packages);
  }

  /** Of sources that are there. */
  static async of(folder: string, packages: readonly string[]): Promise<FreshProject> {
    const project = new FreshProject(folder);
    const packageJson = { name: 'fresh', private: true, type: 'module' };
    await writeFile(join(folder, 'package.json'), JSON.stringify(packageJson));
    await project.npm('install', '--no-audit', '--no-fund', ...packages);
    return project;
  }

  /** @returns what it printed */
  async npm(...words: readonly string[]): Promise<string> {
    // A test runner's own would make another build.
    const env = { ...process.env, NODE_ENV: undefined };
    return (await run('npm', words, { cwd: this.folder, env })).stdout;
  }

  /** Runs a program of one of its packages. */
  async run(...words: readonly string[]): Promise<string> {
    return this.npm('exec', '--offline', '--', ...words);
  }

  /** While it is developed. */
  async develop(): Promise<Site> {
    const server = await createServer({
      root: this.folder,
      configFile: false,
      logLevel: 'error',
      server: { port: 0, host: 'localhost' },
    });
    await server.listen();
    return { url: originOf(server), close: () => server.close() };
  }

  /** @param built the folder of the files that are served */
  async serve(built: string): Promise<Site> {
    const server = await preview({
      root: this.folder,
      configFile: false,
      logLevel: 'error',
      build: { outDir: built },
      preview: { port: 0, host: 'localhost' },
    });
    return { url: originOf(server), close: () => server.close() };
  }
}

function originOf({
  resolvedUrls,
}: {
  readonly resolvedUrls: { readonly local: readonly string[] } | null;
}): string {
  const [address] = resolvedUrls?.local ?? [];
  if (address === undefined) throw new Error('The site has no address.');
  return new URL(address).origin;
}
