/**
 * The types of the npm package, one file for each that can be imported and one for what they share: bundled, since what a
 * module of ours imports as `#protocol` means nothing in the project of somebody else.
 */
import { join, relative } from 'node:path';
import { rollup, type RollupLog } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import { MODULES, TEMPLATE_TYPES } from './entries.ts';

/** Not of a package. */
const OWN = /^(?:\.|\/|#protocol$)/;

/** @param root the folder of the project @returns content by path below `lib` */
export async function declarations(root: string): Promise<ReadonlyMap<string, string>> {
  const entries = Object.entries({ ...MODULES, ...TEMPLATE_TYPES });
  const bundle = await rollup({
    input: Object.fromEntries(entries.map(([name, path]) => [name, join(root, path)])),
    external: (id) => !OWN.test(id),
    plugins: [dts({ tsconfig: join(root, 'widget/tsconfig.json') })],
    onwarn: refuse,
  });
  const { output } = await bundle.generate({
    entryFileNames: '[name].d.ts',
    chunkFileNames: '[name].d.ts',
    manualChunks: (id) => sharedBy(relative(root, id)),
  });
  await bundle.close();
  return new Map(
    output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file.code] as const] : [])),
  );
}

/** Whoever has no element on the page has nothing of it among the types either. */
function sharedBy(path: string): string | undefined {
  if (Object.values<string>({ ...MODULES, ...TEMPLATE_TYPES }).includes(path)) return undefined;
  if (
    /^(?:partykit\/protocol\/|widget\/client\/|widget\/state\/|widget\/version|widget\/page-life)/.test(path)
  )
    return 'shared';
  return path.startsWith('widget/react/') ? undefined : 'element';
}

function refuse({ message, code }: RollupLog): void {
  // A module of types only is nothing to a bundler, and all of it to a compiler.
  if (code !== 'EMPTY_BUNDLE') throw new Error(`The types cannot be bundled: ${message}`);
}
