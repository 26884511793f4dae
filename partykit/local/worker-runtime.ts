/** `wrangler dev`: the Worker that `npm run deploy` uploads, with its Durable Objects, on this machine. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseConfigFileTextToJson } from 'typescript';
import * as z from 'zod/mini';
import { createRunDirectory } from './run-directory.ts';
import type { Runtime } from './runtime.ts';

const settingsSchema = z.looseObject({ compatibility_date: z.string() });

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

const WRANGLER = path('../../node_modules/wrangler/bin/wrangler.js');

export const workerRuntime: Runtime = {
  name: 'wrangler',
  prepare({ host, port, stateDir, assets, entry, variables }) {
    const file = path('../wrangler.jsonc');
    const settings: unknown = parseConfigFileTextToJson(file, readFileSync(file, 'utf8')).config;
    const directory = createRunDirectory({
      configName: 'wrangler.json',
      config: {
        ...settingsSchema.parse(settings),
        main: entry ?? path('../worker.ts'),
        assets: { directory: assets },
      },
      readOnce: false,
      // Variables of the configuration would be printed at the start; those of this file are hidden.
      files: { '.dev.vars': Object.entries(variables).map(variableLine).join('') },
    });
    return {
      directory,
      parameters: [
        ...['--import', new URL('./lifeline.mjs', import.meta.url).href, WRANGLER, 'dev'],
        ...['--config', directory.config, '--ip', host, '--port', String(port), '--persist-to', stateDir],
        ...['--inspector-port', '0', '--local', '--show-interactive-dev-session=false'],
      ],
      environment: {
        // It would ask servers on the internet about the caller's place, about news, and tell of its use.
        CLOUDFLARE_CF_FETCH_ENABLED: 'false',
        WRANGLER_SEND_METRICS: 'false',
        WRANGLER_HIDE_BANNER: 'true',
        WRANGLER_LOG_PATH: directory.path,
      },
    };
  },
};

/** In the quotes that the value does not hold: within them dotenv takes everything as it is. */
function variableLine([name, value]: readonly [string, string]): string {
  const quote = ["'", '`', '"'].find((mark) => !value.includes(mark)) ?? "'";
  return `${name}=${quote}${value}${quote}\n`;
}
