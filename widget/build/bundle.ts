/** Bundles a script in memory: the same bytes wherever it is done, by whichever command. */
import { SourceMap } from 'node:module';
import { join } from 'node:path';
import * as z from 'zod/mini';

export interface ScriptSource {
  readonly name: string;
  /** The build that makes it, beside `package.json`. */
  readonly config: string;
}

/** What the licence of a package asks to be shown wherever its code is. */
export interface Notice {
  readonly name: string;
  readonly version: string;
  /** As `MIT`. */
  readonly licence: string;
  readonly text: string;
}

export interface Bundle {
  readonly name: string;
  readonly code: string;
  /** The files that it is made of, by their paths. */
  readonly modules: readonly string[];
  /** Of every package that these are from. */
  readonly notices: readonly Notice[];
  /** Which of them each place in the code is from. It is not served. */
  readonly map: SourceMap;
}

export const MAIN: ScriptSource = { name: 'ivy-chat.js', config: 'vite.config.ts' };
export const COLOURS: ScriptSource = { name: 'ivy-chat-colours.js', config: 'vite.colours.config.ts' };
/** Only the relay's own page names it. */
export const EMBED: ScriptSource = { name: 'ivy-chat-embed.js', config: 'vite.embed.config.ts' };

const NOTICES = 'notices.json';

/** A package that comes without the text of its licence cannot be passed on. */
const noticesSchema = z.array(
  z.object({ name: z.string(), version: z.string(), identifier: z.string(), text: z.string() }),
);

/** @param root the folder of the project */
export async function bundle(root: string, { name, config }: ScriptSource): Promise<Bundle> {
  // Loaded only now: it takes its time, and a port that is taken should be told at once.
  const { build } = await import('vite');
  const result = await build({
    root,
    configFile: join(root, config),
    logLevel: 'error',
    // Else NODE_ENV decides, and under a test runner that would be Lit's build for developers.
    resolve: { conditions: ['module', 'browser', 'production'] },
    build: { write: false, sourcemap: 'hidden', license: { fileName: NOTICES } },
  });
  const outputs = Array.isArray(result) ? result : [result];
  const files = outputs.flatMap((output) => ('output' in output ? output.output : []));
  const script = files.find((file) => file.fileName === name);
  const notices = files.find((file) => file.fileName === NOTICES);
  if (script?.type !== 'chunk' || notices?.type !== 'asset') throw new Error(`The build made no ${name}.`);
  if (script.map === null) throw new Error(`The build made no map of ${name}.`);
  return {
    name,
    code: script.code,
    modules: script.moduleIds,
    notices: readNotices(String(notices.source)),
    map: new SourceMap({ ...script.map, sourceRoot: '' }),
  };
}

function readNotices(json: string): readonly Notice[] {
  return noticesSchema
    .parse(JSON.parse(json))
    .map(({ identifier, ...notice }) => ({ ...notice, licence: identifier }));
}
