/** Builds the scripts of `dist` as `npm run build` does, for those who start or show them. */
import { join } from 'node:path';
import { StartError } from '../../partykit/local/start-error.ts';
import { bundle, COLOURS, MAIN } from '../../widget/build/bundle.ts';
import { distribution, place, type Distribution } from '../../widget/build/distribution.ts';

/**
 * What is in `dist` then, by path.
 *
 * @throws {StartError} `build_failed`
 */
export async function buildWidgetScript(root: string): Promise<Distribution['files']> {
  const { files } = await built(() => distribution(root));
  await place(join(root, 'dist'), files);
  return files;
}

/**
 * The code of the main script.
 *
 * @throws {StartError} `build_failed`
 */
export async function widgetScript(root: string): Promise<string> {
  return (await built(() => bundle(root, MAIN))).code;
}

/** The same of the colours for code. */
export async function coloursScript(root: string): Promise<string> {
  return (await built(() => bundle(root, COLOURS))).code;
}

async function built<Output>(build: () => Promise<Output>): Promise<Output> {
  try {
    return await build();
  } catch (cause) {
    throw new StartError('build_failed', 'The widget could not be built.', {
      cause,
      detail: [String(cause)],
    });
  }
}
