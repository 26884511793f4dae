/** Every block of code in the documents for users, with where it stands: what readers copy, tests run. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

export interface DocumentSample {
  /** Relative to the project: `demo/docs/embed.md`. */
  readonly file: string;
  /** Of its first fence, from 1. */
  readonly line: number;
  /** The nearest heading above it. */
  readonly heading: string;
  /** What stands after the fence; empty where nothing does. */
  readonly language: string;
  readonly code: string;
}

/** Of the whole project, in the order of the documents. */
export const DOCUMENT_SAMPLES: readonly DocumentSample[] = [
  'README.md',
  ...readdirSync(join(PROJECT, 'demo/docs'))
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => `demo/docs/${name}`),
].flatMap((file) => samplesOf(file, readFileSync(join(PROJECT, file), 'utf8')));

/** Also blocks that are indented below an item of a list. */
export function samplesOf(file: string, markdown: string): readonly DocumentSample[] {
  const samples: DocumentSample[] = [];
  let heading = '';
  let open: { line: number; fence: string; indent: number; language: string; code: string[] } | undefined;
  for (const [index, text] of markdown.split('\n').entries()) {
    const [, indent = '', fence = '', language = ''] = /^( *)(`{3,}|~{3,})\s*(\S*)/.exec(text) ?? [];
    if (open !== undefined) {
      if (fence.startsWith(open.fence) && language === '') {
        const { line, code } = open;
        samples.push({ file, line, heading, language: open.language, code: code.join('\n') });
        open = undefined;
      } else open.code.push(text.slice(Math.min(open.indent, text.search(/\S|$/))));
    } else if (fence !== '')
      open = { line: index + 1, fence, indent: indent.length, language: language.toLowerCase(), code: [] };
    else heading = /^#+ +(.*)$/.exec(text)?.[1] ?? heading;
  }
  if (open !== undefined) throw new Error(`${file}:${String(open.line)} is not closed.`);
  return samples;
}

export function samplesIn(...languages: readonly string[]): readonly DocumentSample[] {
  return DOCUMENT_SAMPLES.filter(({ language }) => languages.includes(language));
}

/** What a test is called that has one. */
export function placeOf({ file, line, heading }: DocumentSample): string {
  return `${file}:${String(line)} ${heading}`;
}

/** @param which from 0, among those under this heading in this language @throws when there is none */
export function sampleUnder(file: string, heading: string, language: string, which = 0): string {
  const found = DOCUMENT_SAMPLES.filter(
    (sample) => sample.file === file && sample.heading === heading && sample.language === language,
  )[which];
  if (found === undefined) throw new Error(`${file} has no ${language} under "${heading}".`);
  return found.code;
}
