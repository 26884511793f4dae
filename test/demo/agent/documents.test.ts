import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROJECT_DOCUMENTS, readDocuments } from '../../../demo/agent/documents.ts';
import { FIXTURE_ROOT } from './fixture-library.ts';

const pathsOf = async (root: string, patterns: readonly string[]): Promise<readonly string[]> => {
  const documents = await readDocuments(
    root,
    patterns.map((pattern) => ({ pattern, weight: 1 })),
  );
  return documents.map(({ path }) => path);
};

describe('readDocuments', () => {
  it('reads files, and folders to any depth', async () => {
    expect(await pathsOf(FIXTURE_ROOT, ['README.md', 'demo/docs/**/*.md'])).toEqual([
      'README.md',
      'demo/docs/guides/deploying.md',
      'demo/docs/theming.md',
    ]);
  });

  it('leaves out what is not there', async () => {
    expect(
      await pathsOf(FIXTURE_ROOT, ['NOPE.md', 'nope/**/*.md', 'README.md/x.md', 'demo', 'CHANGELOG.md']),
    ).toEqual(['CHANGELOG.md']);
    expect(await pathsOf(join(FIXTURE_ROOT, 'nope'), ['README.md'])).toEqual([]);
  });

  it('reads a file once, at its first weight', async () => {
    const documents = await readDocuments(FIXTURE_ROOT, [
      { pattern: 'demo/docs/theming.md', weight: 2 },
      { pattern: 'demo/docs/**/*.md', weight: 1 },
    ]);
    expect(documents.map(({ path, weight }) => [path, weight])).toEqual([
      ['demo/docs/theming.md', 2],
      ['demo/docs/guides/deploying.md', 1],
    ]);
  });

  it('finds all of a project by default', async () => {
    const documents = await readDocuments(FIXTURE_ROOT);
    expect(new Set(documents.map(({ path }) => path))).toEqual(
      new Set([
        ...PROJECT_DOCUMENTS.map(({ pattern }) => pattern).filter(
          (pattern) =>
            !pattern.includes('*') && !['CONTRIBUTING.md', 'demo/docs/reference.md'].includes(pattern),
        ),
        'demo/docs/guides/deploying.md',
        'demo/docs/theming.md',
      ]),
    );
  });
});
