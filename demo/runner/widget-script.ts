/** Builds the scripts of `dist` as `npm run build` does, but without disturbing a relay that already serves them. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StartError } from '../../partykit/local/start-error.ts';

interface Script {
  readonly name: string;
  /** The build that makes it. */
  readonly config: string;
}

const MAIN: Script = { name: 'ivy-chat.js', config: 'vite.config.ts' };
const COLOURS: Script = { name: 'ivy-chat-colours.js', config: 'vite.colours.config.ts' };

/** @throws {StartError} `build_failed` */
export async function buildWidgetScript(root: string): Promise<void> {
  for (const script of [MAIN, COLOURS]) await place(root, script.name, await bundle(root, script));
}

/**
 * The code of the main script.
 *
 * @throws {StartError} `build_failed`
 */
export function widgetScript(root: string): Promise<string> {
  return bundle(root, MAIN);
}

/** The same of the colours for code. */
export function coloursScript(root: string): Promise<string> {
  return bundle(root, COLOURS);
}

async function place(root: string, name: string, code: string): Promise<void> {
  const folder = join(root, 'dist');
  const script = join(folder, name);
  const built = await readFile(script, 'utf8').catch(() => undefined);
  if (built === code) return;
  await mkdir(folder, { recursive: true });
  // A file that comes or goes makes PartyKit restart its rooms; the dot hides this one until it is whole.
  const unfinished = join(folder, `.${name}.${process.pid}`);
  await writeFile(unfinished, code);
  await rename(unfinished, script);
}

async function bundle(root: string, { name, config }: Script): Promise<string> {
  try {
    // Loaded only now: it takes its time, and a port that is taken should be told at once.
    const { build } = await import('vite');
    const configFile = join(root, config);
    const result = await build({
      root,
      configFile,
      logLevel: 'error',
      // Else NODE_ENV decides, and under a test runner that would be Lit's build for developers.
      resolve: { conditions: ['module', 'browser', 'production'] },
      build: { write: false },
    });
    const outputs = Array.isArray(result) ? result : [result];
    const files = outputs.flatMap((output) => ('output' in output ? output.output : []));
    const script = files.find((file) => file.fileName === name);
    if (script?.type === 'chunk') return script.code;
  } catch (cause) {
    throw new StartError('build_failed', 'The widget could not be built.', {
      cause,
      detail: [String(cause)],
    });
  }
  throw new StartError('build_failed', `The widget's build made no ${name}.`);
}
