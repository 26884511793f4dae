/** `partykit dev`, configured by a directory of its own and kept on the address that it is given. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as z from 'zod/mini';
import { createRunDirectory } from './run-directory.ts';
import type { Runtime } from './runtime.ts';

const settingsSchema = z.looseObject({
  compatibilityDate: z.string(),
  /** Module by the party's name. */
  parties: z.record(z.string(), z.string()),
});

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
      config: { ...common, main: 'server.ts', serve: { path: assets }, vars: variables },
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
