/** What the element says of itself, as editors read it: VS Code by a setting, JetBrains' by a field of `package.json`. */
import { getWebTypesData } from 'custom-element-jet-brains-integration';
import { getVsCodeCssCustomData, getVsCodeHtmlCustomData } from 'custom-element-vs-code-integration';
import * as z from 'zod/mini';
import { manifestOf } from './manifest.ts';

const HIDDEN = { hideLogs: true };

/** Theirs is made of types that their package does not bring; ours has been parsed already. */
const givenSchema = z.custom<Parameters<typeof getWebTypesData>[0]>();

/**
 * Runs in the folder of the project, where the name and the version of the package are read.
 *
 * @param root that folder @returns content by path below `lib`
 */
export async function editorData(root: string): Promise<ReadonlyMap<string, string>> {
  const manifest = await manifestOf(root);
  // A new one for each: what they are given they may change.
  const given = (): z.infer<typeof givenSchema> => givenSchema.parse(JSON.parse(manifest));
  return new Map(
    Object.entries({
      'custom-elements.json': manifest,
      'web-types.json': getWebTypesData(given(), HIDDEN),
      'vscode.html-custom-data.json': getVsCodeHtmlCustomData(given(), HIDDEN),
      'vscode.css-custom-data.json': getVsCodeCssCustomData(given(), HIDDEN),
    }).map(([path, json]) => [path, `${JSON.stringify(JSON.parse(json), undefined, 2)}\n`]),
  );
}
