/** Builds `dist/ivy-chat.js` as `npm run build` does, but without disturbing a relay that already serves it. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StartError } from '../../partykit/local/start-error.ts';

const SCRIPT = 'ivy-chat.js';

/** @throws {StartError} `build_failed` */
export async function buildWidgetScript(root: string): Promise<void> {
  const code = await bundle(root);
  const folder = join(root, 'dist');
  const script = join(folder, SCRIPT);
  const built = await readFile(script, 'utf8').catch(() => undefined);
  if (built === code) return;
  await mkdir(folder, { recursive: true });
  // A file that comes or goes makes PartyKit restart its rooms; the dot hides this one until it is whole.
  const unfinished = join(folder, `.${SCRIPT}.${process.pid}`);
  await writeFile(unfinished, code);
  await rename(unfinished, script);
}

async function bundle(root: string): Promise<string> {
  try {
    // Loaded only now: it takes its time, and a port that is taken should be told at once.
    const { build } = await import('vite');
    const result = await build({ root, logLevel: 'error', build: { write: false } });
    const outputs = Array.isArray(result) ? result : [result];
    const files = outputs.flatMap((output) => ('output' in output ? output.output : []));
    const script = files.find((file) => file.fileName === SCRIPT);
    if (script?.type === 'chunk') return script.code;
  } catch (cause) {
    throw new StartError('build_failed', 'The widget could not be built.', {
      cause,
      detail: [String(cause)],
    });
  }
  throw new StartError('build_failed', `The widget's build made no ${SCRIPT}.`);
}
