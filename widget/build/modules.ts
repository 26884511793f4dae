/** The code of the npm package: modules that share what they have in common, beside packages that are installed with them. */
import { join } from 'node:path';
import { MODULES, TEMPLATE_TYPES } from './entries.ts';

/** For those who import types by a statement that stays: there is nothing in it. */
const NOTHING = 'export {};\n';

/** @param root the folder of the project @returns content by path below `lib` */
export async function modules(root: string): Promise<ReadonlyMap<string, string>> {
  // Loaded only now: it takes its time.
  const { build } = await import('vite');
  const result = await build({
    root,
    configFile: join(root, 'vite.modules.config.ts'),
    logLevel: 'error',
    build: { write: false },
  });
  const outputs = Array.isArray(result) ? result : [result];
  const files = new Map<string, string>();
  for (const output of outputs)
    for (const file of 'output' in output ? output.output : [])
      if (file.type === 'chunk') files.set(file.fileName, file.code);
  const missing = Object.keys(MODULES).filter((name) => !files.has(`${name}.js`));
  if (missing.length > 0) throw new Error(`The build made no ${missing.join(', ')}.`);
  for (const name of Object.keys(TEMPLATE_TYPES)) files.set(`${name}.js`, NOTHING);
  return files;
}
