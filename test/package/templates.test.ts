/** The types of the package in projects that use it: what is right compiles, and what is wrong does not. */
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { beforeAll, expect, inject, it } from 'vitest';

/** Each marks what the compiler has to refuse. */
const PROGRAMS = fileURLToPath(new URL('../fixtures/package/templates', import.meta.url));

let folder: string;

beforeAll(async () => {
  folder = join(inject('installed'), 'templates');
  await cp(PROGRAMS, folder, { recursive: true });
});

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  types: [],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedSideEffectImports: true,
  skipLibCheck: true,
  noEmit: true,
};

it.each([
  ['a script, Vue and Svelte', ['script.ts', 'vue.ts', 'svelte.ts'], {}],
  [
    "a script by Node's rules",
    ['script.ts'],
    { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
  ],
  ['React', ['react.tsx'], { jsx: ts.JsxEmit.ReactJSX }],
  ['Preact', ['preact.tsx'], { jsx: ts.JsxEmit.ReactJSX, jsxImportSource: 'preact' }],
  ['Solid', ['solid.tsx'], { jsx: ts.JsxEmit.Preserve, jsxImportSource: 'solid-js' }],
] as const)('%s', (_, files, options) => {
  const paths = files.map((file) => join(folder, file));
  const program = ts.createProgram(paths, { ...OPTIONS, ...options });
  // Of the package, types that are wrong are found even where a project does not look into its libraries.
  const own = program
    .getSourceFiles()
    .filter(({ fileName }) => fileName.includes('/templates/') || fileName.includes('/ivy-chat/lib/'));
  expect(own.length).toBeGreaterThan(2);
  const found = own.flatMap((source) => ts.getPreEmitDiagnostics(program, source));
  const texts = found.map(({ file: at, start = 0, messageText }) => {
    const line = at?.getLineAndCharacterOfPosition(start).line ?? -1;
    return `${at?.fileName ?? ''}:${String(line + 1)} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
  expect(texts).toEqual([]);
});
