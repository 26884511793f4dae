/** What the npm package has beside the scripts: modules for bundlers, their types, and what editors read. */
import { declarations } from './declarations.ts';
import { editorData } from './editors.ts';
import { modules } from './modules.ts';

/** Of the scripts, which export nothing when they are imported: only the tag is there. */
const SCRIPT_TYPES = "import './index.js';\nexport {};\n";

/** @param root the folder of the project @returns content by path below `lib` */
export async function library(root: string): Promise<ReadonlyMap<string, string>> {
  return new Map([
    ...(await modules(root)),
    ...(await declarations(root)),
    ...(await editorData(root)),
    ['script.d.ts', SCRIPT_TYPES],
  ]);
}
