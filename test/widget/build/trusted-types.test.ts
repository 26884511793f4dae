/** The policy of Lit under the script's own name, and a build that fails when it cannot have it. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';
import { describe, expect, it } from 'vitest';
import { renamePolicy, trustedTypes } from '../../../widget/build/trusted-types.ts';

const LIT = fileURLToPath(new URL('../../../node_modules/lit-html/', import.meta.url));
const ENTRY = `${LIT}entry.js`;

describe('the policy of Lit', () => {
  it.each(['lit-html.js', 'development/lit-html.js'])('has the name of the script in %s', (file) => {
    const renamed = renamePolicy(readFileSync(LIT + file, 'utf8'));
    expect(renamed).toMatch(/try\{return \w+\.createPolicy\("ivy-chat",\{[^{}]+\}\)\}catch\{\}/);
    expect(renamed).not.toMatch(/createPolicy\(\s*["']lit-html/);
  });

  it.each([
    ['no policy', 'const policy = undefined;'],
    ['one of another name', 'const policy = types.createPolicy("lit", { createHTML: (text) => text });'],
    ['one with more in it', 'types.createPolicy("lit-html", { createHTML: (text) => { return text; } });'],
    ['two', 'a.createPolicy("lit-html", { b: c }); d.createPolicy("e", { f: g });'],
  ])('is not found where there is %s', (_what, code) => {
    expect(renamePolicy(code)).toBeUndefined();
  });
});

/** A file in the place of one of Lit's, or of the one that asks for it. */
function standIn(path: string, code: string): Plugin {
  return {
    name: 'stand-in',
    enforce: 'pre',
    resolveId: (id) => (id === path ? id : undefined),
    load: (id) => (id === path ? code : undefined),
  };
}

function buildWith(...plugins: readonly Plugin[]): Promise<unknown> {
  return build({
    configFile: false,
    logLevel: 'silent',
    plugins: [...plugins, trustedTypes()],
    build: { write: false, lib: { entry: ENTRY, formats: ['es'], fileName: 'entry' } },
  });
}

describe('a build', () => {
  const entry = standIn(ENTRY, `export * from ${JSON.stringify(`${LIT}lit-html.js`)};`);

  it('succeeds with the Lit that is installed', async () => {
    await expect(buildWith(entry)).resolves.toBeDefined();
  });

  it('fails when Lit makes its policy in another way', async () => {
    const other = standIn(`${LIT}lit-html.js`, 'export const policy = trustedTypes.createPolicy(name, {});');
    await expect(buildWith(entry, other)).rejects.toThrow(/no longer makes its policy/);
  });

  it('fails when the file that makes it is not in the bundle', async () => {
    await expect(buildWith(standIn(ENTRY, 'export const lit = 1;'))).rejects.toThrow(/no lit-html\.js/);
  });
});
