/** The programs in the documents, compiled as a project would that has installed the package. */
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { beforeAll, expect, inject, it } from 'vitest';
import { parse as parseVue } from 'vue/compiler-sfc';
import { scriptsIn } from '../demo/docs/markup.ts';
import { placeOf, samplesIn, type DocumentSample } from '../support/document-samples.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

/** What the text around a sample says is there. */
const AMBIENT = "declare const chat: import('ivy-chat').IvyChatElement;\n";

/** What a sample may import beside the packages that are installed with this one. */
const TOOLS = ['jose', 'vite', '@types/node'];

/** What a sample of JavaScript leaves out, as its readers do. TypeScript is held to all of it. */
const LOOSE: ts.CompilerOptions = {
  strictNullChecks: false,
  noImplicitAny: false,
  useUnknownInCatchVariables: false,
};

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force,
  types: ['node'],
  jsx: ts.JsxEmit.ReactJSX,
  allowJs: true,
  checkJs: true,
  strict: true,
  noUncheckedSideEffectImports: true,
  skipLibCheck: true,
  noEmit: true,
};

interface Program {
  readonly sample: DocumentSample;
  readonly extension: string;
  readonly code: string;
}

/** Configurations of build tools are run by the recipes, in projects that have those tools. */
const isForTools = ({ code }: DocumentSample): boolean => /from '(?:@vitejs|@sveltejs|@11ty)\//.test(code);

const PROGRAMS: readonly Program[] = [
  ...samplesIn('js', 'jsx', 'ts', 'tsx')
    .filter((sample) => !isForTools(sample))
    .map((sample) => ({ sample, extension: sample.language, code: sample.code })),
  ...samplesIn('html').flatMap((sample) =>
    scriptsIn(sample.code).map((code) => ({ sample, extension: 'js', code })),
  ),
  ...samplesIn('vue').map((sample) => vueProgram(sample)),
  ...samplesIn('svelte').map((sample) => svelteProgram(sample)),
];

function vueProgram(sample: DocumentSample): Program {
  const { script, scriptSetup } = parseVue(sample.code).descriptor;
  const { content = '', lang = 'js' } = scriptSetup ?? script ?? {};
  return { sample, extension: lang, code: content };
}

function svelteProgram(sample: DocumentSample): Program {
  return { sample, extension: 'js', code: scriptsIn(sample.code).join('\n') };
}

let folder: string;
/** What the compiler says of each file. */
const complaints = new Map<string, readonly string[]>();

const pathOf = (index: number, { extension }: Program): string =>
  join(folder, `sample-${String(index)}.${extension}`);

beforeAll(async () => {
  folder = join(inject('installed'), 'samples');
  await mkdir(join(folder, 'node_modules/@types'), { recursive: true });
  for (const name of TOOLS)
    await symlink(join(PROJECT, 'node_modules', name), join(folder, 'node_modules', name));
  const ambient = join(folder, 'ambient.d.ts');
  await writeFile(ambient, AMBIENT);
  const frameworks = join(folder, 'frameworks.ts');
  await writeFile(frameworks, "import type {} from 'ivy-chat/types/react';\nimport type {} from 'svelte';\n");
  const paths = PROGRAMS.map((program, index) => pathOf(index, program));
  for (const [index, { code }] of PROGRAMS.entries()) await writeFile(paths[index] ?? '', code);
  const isTyped = (path: string): boolean => /\.tsx?$/.test(path);
  for (const [files, options] of [
    [paths.filter(isTyped), {}],
    [paths.filter((path) => !isTyped(path)), LOOSE],
  ] as const) {
    const program = ts.createProgram([ambient, frameworks, ...files], {
      ...OPTIONS,
      ...options,
      typeRoots: [join(folder, 'node_modules/@types')],
    });
    for (const path of files) complaints.set(path, complaintsOf(program, path));
  }
});

function complaintsOf(program: ts.Program, path: string): readonly string[] {
  const source = program.getSourceFile(path);
  if (source === undefined) return ['not read'];
  return ts.getPreEmitDiagnostics(program, source).map(({ start = 0, messageText }) => {
    const { line } = source.getLineAndCharacterOfPosition(start);
    return `${source.text.split('\n')[line] ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}

it.each(PROGRAMS.map((program, index) => [placeOf(program.sample), index, program] as const))(
  '%s',
  (_, index, program) => {
    expect(complaints.get(pathOf(index, program))).toEqual([]);
  },
);
