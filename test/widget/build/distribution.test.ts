/** The folder that a relay serves, and the README that tells a page how to pin what is in it. */
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { distribution, place, type Distribution } from '../../../widget/build/distribution.ts';
import { pinnedTags, withTags } from '../../../widget/build/integrity.ts';

const PROJECT = fileURLToPath(new URL('../../..', import.meta.url));
const FILES = ['ivy-chat.js', 'ivy-chat-colours.js', 'ivy-chat-embed.js', 'licences.txt'];

let built: Distribution;

beforeAll(async () => {
  built = await distribution(PROJECT);
});

const fileOf = (path: string): string => {
  const content = built.files.get(path);
  if (content === undefined) throw new Error(`no ${path}`);
  return content;
};

describe('what is served', () => {
  it('[A18] is there twice: as the latest, and under its version', () => {
    const { version } = built;
    const versioned = FILES.map((name) => `${version}/${name}`);
    expect([...built.files.keys()].sort()).toEqual([...FILES, ...versioned, '_headers'].sort());
    for (const name of FILES) expect(fileOf(`${version}/${name}`)).toBe(fileOf(name));
  });

  it('[A18] has the full licence of this project and of every package, once', () => {
    const licences = fileOf('licences.txt');
    expect(licences).toMatch(/^ivy-chat \(MIT\)\n/);
    const notices = built.bundles.flatMap(({ notices }) => notices);
    expect(notices).toHaveLength(6);
    for (const { name, version, licence, text } of notices)
      expect(licences.split(`\n\n${name} ${version} (${licence})\n\n${text}\n`), name).toHaveLength(2);
  });
});

describe('a folder that is served', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ivy-dist-'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  const identity = async (path: string): Promise<readonly number[]> => {
    const { ino, mtimeMs } = await stat(join(folder, path));
    return [ino, mtimeMs];
  };

  it('gets the files that differ, and is left alone in the rest', async () => {
    await place(
      folder,
      new Map([
        ['a.js', 'one'],
        ['1.0.0/a.js', 'one'],
      ] as const),
    );
    const [latest, versioned] = [await identity('a.js'), await identity('1.0.0/a.js')];
    await place(
      folder,
      new Map([
        ['a.js', 'two'],
        ['1.0.0/a.js', 'one'],
      ] as const),
    );
    expect(await identity('1.0.0/a.js')).toEqual(versioned);
    expect(await identity('a.js')).not.toEqual(latest);
    expect(await readFile(join(folder, 'a.js'), 'utf8')).toBe('two');
    expect(await readdir(folder)).toEqual(['1.0.0', 'a.js']);
  });
});

describe('the README', () => {
  it('[A18] has the hashes of what is built from these sources (`npm run build` writes them)', async () => {
    const readme = await readFile(join(PROJECT, 'README.md'), 'utf8');
    expect(readme).toBe(withTags(readme, pinnedTags('https://chat.example.com', built)));
  });

  it('[A18] gets a tag for each script, with its version and the hash of its bytes', () => {
    const tags = pinnedTags('https://chat.example.com', built);
    for (const name of ['ivy-chat.js', 'ivy-chat-colours.js']) {
      const hash = createHash('sha384').update(fileOf(name)).digest('base64');
      expect(tags).toContain(
        `src="https://chat.example.com/${built.version}/${name}"\n  integrity="sha384-${hash}"\n  crossorigin="anonymous"`,
      );
    }
  });

  it('keeps what is around them, and is not guessed at without a place for them', () => {
    const written = withTags(
      'Before\n\n<!-- Written by `npm run build`: -->\nold\n<!-- So far. -->\n\nAfter\n',
      'new',
    );
    expect(written).toMatch(/^Before\n\n<!--[^>]+-->\n\n```html\nnew\n```\n\n<!--[^>]+-->\n\nAfter\n$/);
    expect(withTags(written, 'new')).toBe(written);
    expect(() => withTags('Nothing of the kind', 'new')).toThrow(/no place/);
  });
});
