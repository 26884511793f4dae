/** `partykit dev`, configured by a directory of its own and kept on the address that it is given. */
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod/mini';
import { FILES_FOLDER } from '../served/file.ts';
import { createRunDirectory } from './run-directory.ts';
import type { Runtime } from './runtime.ts';

const settingsSchema = z.looseObject({
  compatibilityDate: z.string(),
  /** Module by the party's name. */
  parties: z.record(z.string(), z.string()),
});

/** In the directory of the run. */
const SERVED = 'served';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** By its path, since the package's exports do not show its command. */
const PARTYKIT = path('../../node_modules/partykit/dist/bin.mjs');

const preload = (module: string): string[] => ['--import', new URL(module, import.meta.url).href];

const handingOn = (module: string): string => `export { default } from ${JSON.stringify(module)};\n`;

export const partykitRuntime: Runtime = {
  name: 'PartyKit',
  prepare({ host, port, stateDir, assets, entry, variables }) {
    const common = settingsSchema.parse(JSON.parse(readFileSync(path('../partykit.json'), 'utf8')));
    const directory = createRunDirectory({
      configName: 'partykit.json',
      config: { ...common, main: 'server.ts', serve: { path: SERVED }, vars: variables },
      readOnce: true,
      files: {
        // workerd refuses modules outside the working directory, so there are some here that hand on the real ones.
        'server.ts': handingOn(entry ?? path('../server.ts')),
        ...Object.fromEntries(
          Object.values(common.parties).map((file) => [file, handingOn(path(`../${file}`))]),
        ),
        // One of these in any directory above would override the variables.
        '.env': '',
        '.env.local': '',
      },
    });
    const served = join(directory.path, SERVED);
    mkdirSync(served);
    // At addresses of their own: what PartyKit finds at the one that was asked for, it serves without asking the relay.
    symlinkSync(assets, join(served, FILES_FOLDER), 'junction');
    return {
      directory,
      parameters: [
        ...preload('./lifeline.mjs'),
        ...preload('./confine.mjs'),
        ...[PARTYKIT, 'dev', '--config', directory.config, '--port', String(port), '--persist', stateDir],
        // Without the first it asks a server on the internet at every start; hot keys want a terminal.
        ...['--disable-request-cf-fetch', '--no-hotkeys'],
      ],
      environment: { IVY_RELAY_HOST: host },
    };
  },
};
