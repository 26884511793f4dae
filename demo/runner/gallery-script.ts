/** Builds the script of the gallery's page, for the server of the pages and for whoever makes files of them. */
import { join } from 'node:path';

/** The text of `gallery.js`. `root`: the project's folder. */
export async function galleryScript(root: string): Promise<string> {
  const { build } = await import('vite');
  const result = await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2022',
      lib: {
        entry: join(root, 'demo/gallery/main.ts'),
        formats: ['iife'],
        name: 'gallery',
        fileName: () => 'gallery.js',
      },
    },
  });
  const outputs = Array.isArray(result) ? result : [result];
  const files = outputs.flatMap((output) => ('output' in output ? output.output : []));
  const script = files.find((file) => file.type === 'chunk');
  if (script?.type !== 'chunk') throw new Error('The build of the gallery made no script.');
  return script.code;
}
