/** What a script costs those who load it, and how much of that each package and each folder of ours adds. */
import { dirname } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import type { Bundle } from './bundle.ts';

export interface Cost {
  /** Of a package, or a folder from the project's own on. */
  readonly name: string;
  readonly minified: number;
  /** How many bytes of Brotli fewer the script has without it. What is like something elsewhere in it costs little. */
  readonly brotli: number;
}

/** As a server sends it that compressed it beforehand. */
export function brotliSize(code: string): number {
  return brotliCompressSync(code, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
}

/** The dearest first. */
export function costsOf(bundle: Bundle): readonly Cost[] {
  const pieces = piecesOf(bundle);
  const whole = brotliSize(bundle.code);
  const codeOf = (isMeant: (name: string) => boolean): string =>
    pieces.flatMap(({ name, code }) => (isMeant(name) ? [code] : [])).join('');
  return [...new Set(pieces.map(({ name }) => name))]
    .map((own) => ({
      name: own,
      minified: Buffer.byteLength(codeOf((name) => name === own)),
      brotli: whole - brotliSize(codeOf((name) => name !== own)),
    }))
    .sort((one, other) => other.brotli - one.brotli);
}

/** As a table of Markdown. */
export function costsTable(bundle: Bundle): string {
  const rows = costsOf(bundle).map(({ name, minified, brotli }) => row(name, minified, brotli));
  return [
    '| part | minified | Brotli |',
    '| --- | ---: | ---: |',
    ...rows,
    row(bundle.name, Buffer.byteLength(bundle.code), brotliSize(bundle.code)),
  ].join('\n');
}

const row = (name: string, minified: number, brotli: number): string =>
  `| ${name} | ${minified.toLocaleString('en')} | ${brotli.toLocaleString('en')} |`;

interface Piece {
  readonly name: string;
  readonly code: string;
}

/** The script, cut where the source changes. */
function piecesOf({ code, map }: Bundle): readonly Piece[] {
  const pieces: Piece[] = [];
  for (const [index, line] of code.split(/(?<=\n)/).entries()) {
    let begin = 0;
    let current: string | undefined;
    for (let column = 0; column < line.length; column += 1) {
      const name = nameOf(sourceAt(map, index, column));
      if (current !== undefined && name !== current) {
        pieces.push({ name: current, code: line.slice(begin, column) });
        begin = column;
      }
      current = name;
    }
    if (current !== undefined) pieces.push({ name: current, code: line.slice(begin) });
  }
  return pieces;
}

function sourceAt(map: Bundle['map'], line: number, column: number): string | undefined {
  const entry = map.findEntry(line, column);
  return 'originalSource' in entry ? entry.originalSource : undefined;
}

function nameOf(source: string | undefined): string {
  if (source === undefined) return 'around them';
  const [, name] = /\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source) ?? [];
  return name ?? dirname(source.replace(/^(?:\.\.\/)+/, ''));
}
