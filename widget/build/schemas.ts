/** Schemas without zod, which is made for more than frames: `small-schemas.ts` reads them in the script. */
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

export function schemas(): Plugin {
  return {
    name: 'ivy-chat:schemas',
    apply: 'build',
    enforce: 'pre',
    resolveId: {
      filter: { id: /^zod(?:\/|$)/ },
      handler(id) {
        if (id !== 'zod/mini') this.error(`The script takes schemas from zod/mini and not from ${id}.`);
        return fileURLToPath(new URL('./small-schemas.ts', import.meta.url));
      },
    },
  };
}
