/** Reads the project's documents from disk. Files that are not there, or not yet, are left out without complaint. */
import { readdir, readFile } from 'node:fs/promises';
import { join, posix, sep } from 'node:path';

export interface SourceDocument {
  /** Relative to the root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** Above 1 its passages win over equally good ones elsewhere, below 1 they lose. */
  readonly weight: number;
}

export interface DocumentSource {
  /** A file, or all files with one ending below a folder: `docs/**\/*.md`. Relative to the root. */
  readonly pattern: string;
  readonly weight: number;
}

/** Guides before reference before history: the first is what somebody who asks a question most often wants. */
export const PROJECT_DOCUMENTS: readonly DocumentSource[] = [
  { pattern: 'README.md', weight: 1.2 },
  // What its tables hold in a row, the guides say in words.
  { pattern: 'demo/docs/reference.md', weight: 0.8 },
  { pattern: 'demo/docs/**/*.md', weight: 1.2 },
  { pattern: '.env.example', weight: 0.8 },
  { pattern: 'CONTRIBUTING.md', weight: 0.9 },
  { pattern: 'partykit/protocol/PROTOCOL.md', weight: 0.7 },
  { pattern: 'CHANGELOG.md', weight: 0.5 },
];

/** Only what says that there is no such file or folder; a disk that fails is not an absent document. */
function isAbsent(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    ['ENOENT', 'ENOTDIR', 'EISDIR'].some((code) => code === error.code)
  );
}

async function orElse<Value>(reading: Promise<Value>, absent: Value): Promise<Value> {
  try {
    return await reading;
  } catch (error) {
    if (isAbsent(error)) return absent;
    throw error;
  }
}

async function pathsOf(root: string, pattern: string): Promise<readonly string[]> {
  const [folder, ending] = pattern.split('/**/*');
  if (folder === undefined || ending === undefined) return [pattern];
  const below = await orElse(readdir(join(root, folder), { recursive: true }), []);
  return below
    .filter((path) => path.endsWith(ending))
    .map((path) => posix.join(folder, ...path.split(sep)))
    .sort();
}

/**
 * @param root the folder that the patterns are relative to
 * @returns the documents that exist, in the order of `sources`; a file named by two of them comes once
 */
export async function readDocuments(
  root: string,
  sources: readonly DocumentSource[] = PROJECT_DOCUMENTS,
): Promise<readonly SourceDocument[]> {
  const documents = new Map<string, SourceDocument>();
  for (const { pattern, weight } of sources) {
    for (const path of await pathsOf(root, pattern)) {
      const text = documents.has(path)
        ? undefined
        : await orElse(readFile(join(root, path), 'utf8'), undefined);
      if (text !== undefined) documents.set(path, { path, text, weight });
    }
  }
  return [...documents.values()];
}
