/** What is in the package, file by file: nothing is forgotten, and nothing comes along. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, inject, it } from 'vitest';
import * as z from 'zod/mini';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

const names = (folder: string, ...files: readonly string[]): readonly string[] =>
  files.map((file) => `${folder}${file}`);

const FILES = [
  ...['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md'],
  ...names('dist/', 'ivy-chat.js', 'ivy-chat-colours.js', 'licences.txt'),
  ...names('lib/', 'index.js', 'client.js', 'react.js', 'shared.js'),
  ...names('lib/', 'index.d.ts', 'client.d.ts', 'react.d.ts', 'shared.d.ts', 'element.d.ts', 'script.d.ts'),
  ...names('lib/', 'custom-elements.json', 'web-types.json'),
  ...names('lib/vscode.', 'html-custom-data.json', 'css-custom-data.json'),
  ...['preact', 'react', 'solid', 'svelte', 'vue'].flatMap((name) =>
    names('lib/types/', `${name}.js`, `${name}.d.ts`),
  ),
];

const packageSchema = z.object({
  scripts: z.record(z.string(), z.string()),
  exports: z.record(z.string(), z.union([z.string(), z.record(z.string(), z.string())])),
  dependencies: z.record(z.string(), z.string()),
});

it('has these files and no others', () => {
  const listing = execFileSync('tar', ['-tzf', inject('tarball')], { encoding: 'utf8' });
  const packed = listing
    .trim()
    .split('\n')
    .map((path) => path.replace(/^package\//, ''));
  expect(packed.sort()).toEqual([...FILES].sort());
});

it('exports nothing that is not there, and says of each first what types it has', () => {
  const { exports } = readPackage(join(inject('installed'), 'node_modules/ivy-chat'));
  for (const [entry, target] of Object.entries(exports)) {
    const paths = typeof target === 'string' ? [target] : Object.values(target);
    for (const path of paths)
      expect(
        [...FILES].map((file) => `./${file}`),
        entry,
      ).toContain(path);
    if (typeof target !== 'string') expect(Object.keys(target), entry).toEqual(['types', 'default']);
  }
});

it('imports no package that is not installed with it', () => {
  const own = join(inject('installed'), 'node_modules/ivy-chat');
  const allowed = [
    ...Object.keys(readPackage(own).dependencies),
    'react',
    'preact',
    'solid-js',
    'svelte',
    'vue',
  ];
  for (const file of FILES.filter((path) => /^lib\/.*\.(?:js|d\.ts)$/.test(path))) {
    const code = readFileSync(join(own, file), 'utf8');
    const imported = [...code.matchAll(/(?:\bfrom |\bimport )['"]([^'"]+)['"]/g)].flatMap((match) =>
      match.slice(1),
    );
    const strangers = imported.filter((name) => !name.startsWith('.') && !allowed.includes(packageOf(name)));
    expect(strangers, file).toEqual([]);
  }
});

it('is made anew before it is packed', () => {
  const { scripts } = readPackage(PROJECT);
  expect(scripts['prepack']).toBe('npm run bundle && npm run library');
});

function readPackage(folder: string): z.infer<typeof packageSchema> {
  return packageSchema.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
}

/** `zod` of `zod/mini`. */
function packageOf(name: string): string {
  return name.split('/', name.startsWith('@') ? 2 : 1).join('/');
}
