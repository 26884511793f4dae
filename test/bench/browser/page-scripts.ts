/** Builds the scripts of the pages that are measured. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { widgetScript } from '../../../demo/runner/widget-script.ts';
import { PEERS, PROJECT } from './peers.ts';

const PAGE = fileURLToPath(new URL('../page', import.meta.url));

/** Content by file name. */
export type Scripts = ReadonlyMap<string, string>;

export const BENCH_SCRIPT = 'bench.js';
export const WIDGET_SCRIPT = 'ivy-chat.js';
export const BARE_LIT_SCRIPT = 'bare-lit.js';
export const STREAMDOWN_SCRIPT = 'streamdown-page.js';

/** @param withPeers whether their packages are there */
export async function pageScripts(withPeers: boolean): Promise<Scripts> {
  const scripts = new Map<string, string>([[WIDGET_SCRIPT, await widgetScript(PROJECT)]]);
  const add = async (entry: string, fileName: string, format: 'iife' | 'es'): Promise<void> => {
    for (const [name, code] of await built(entry, fileName, format)) scripts.set(name, code);
  };
  await add(join(PAGE, 'main.ts'), BENCH_SCRIPT, 'iife');
  await add(join(PAGE, 'bare-lit.ts'), BARE_LIT_SCRIPT, 'iife');
  // Its row then says that there is no such script.
  const complain = (error: unknown): void => console.error('The page with streamdown was not built:', error);
  if (withPeers) await add(join(PEERS, 'streamdown-page.ts'), STREAMDOWN_SCRIPT, 'es').catch(complain);
  return scripts;
}

async function built(entry: string, fileName: string, format: 'iife' | 'es'): Promise<Scripts> {
  const { build } = await import('vite');
  const result = await build({
    root: PROJECT,
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    resolve: { conditions: ['module', 'browser', 'production'] },
    build: {
      write: false,
      target: 'es2022',
      minify: true,
      lib: { entry, formats: [format], name: 'benchPage', fileName: () => fileName },
      rolldownOptions: { output: { chunkFileNames: 'chunk-[hash].js' } },
    },
  });
  const outputs = Array.isArray(result) ? result : [result];
  const files = outputs.flatMap((output) => ('output' in output ? output.output : []));
  return new Map(
    files.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file.code] as const] : [])),
  );
}
