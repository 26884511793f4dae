/** What is in the scripts that strangers' pages load, and that anybody can build the same. */
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle, COLOURS, EMBED, MAIN, type Bundle } from '../../../widget/build/bundle.ts';
import { integrityOf } from '../../../widget/build/integrity.ts';

const PROJECT = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');

/** All that a build reads. */
const SOURCES = [
  ...['widget', 'partykit/protocol', 'package.json', 'tsconfig.json'],
  ...['vite.config.ts', 'vite.colours.config.ts', 'vite.embed.config.ts'],
];

let elsewhere: string;

beforeAll(async () => {
  elsewhere = await mkdtemp(join(tmpdir(), 'ivy-elsewhere-'));
  for (const source of SOURCES) await cp(join(PROJECT, source), join(elsewhere, source), { recursive: true });
  await symlink(join(PROJECT, 'node_modules'), join(elsewhere, 'node_modules'));
});

afterAll(() => rm(elsewhere, { recursive: true }));

/** From the paths alone: whatever the build itself says of its packages. */
function packagesOf({ modules }: Bundle): readonly string[] {
  const names = modules.flatMap(
    (path) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.slice(1) ?? [],
  );
  return [...new Set(names)].sort();
}

describe.each([
  [MAIN, ['@lit/reactive-element', 'lit', 'lit-element', 'lit-html', 'partysocket']],
  [COLOURS, ['highlight.js']],
  [EMBED, []],
])('$name', (script, packages) => {
  let built: Bundle;

  beforeAll(async () => {
    built = await bundle(PROJECT, script);
  });

  it('[A18] is the same when it is built again', async () => {
    const again = await bundle(PROJECT, script);
    expect(integrityOf(again.code)).toBe(integrityOf(built.code));
  });

  it('[A18] is the same when it is built in another folder, and names neither', async () => {
    const other = await bundle(elsewhere, script);
    expect(other.modules.some((path) => path.startsWith(elsewhere))).toBe(true);
    expect(integrityOf(other.code)).toBe(integrityOf(built.code));
    const named = [PROJECT, elsewhere, 'node_modules'].filter((folder) => built.code.includes(folder));
    expect(named).toEqual([]);
  });

  it('[A18] has code of these packages and no others', () => {
    expect(packagesOf(built)).toEqual(packages);
  });

  it('[A18] has the notice of each of them', () => {
    expect(built.notices.map(({ name }) => name).sort()).toEqual(packages);
    for (const { name, licence, text } of built.notices) {
      expect(licence, name).toMatch(/^(?:MIT|BSD-3-Clause)$/);
      expect(text, name).toMatch(/Copyright \(c\) \d{4}/);
    }
  });

  it('[A18] says in its first line which version it is and where the licences are', () => {
    const [line = ''] = built.code.split('\n');
    expect(line).toMatch(
      /^\/\*! ivy-chat(?:-colours|-embed)? \d+\.\d+\.\d+, MIT\. [^*]+ licences\.txt [^*]+\*\/$/,
    );
    expect(built.code.match(/\/\*!/g)).toHaveLength(1);
  });
});
