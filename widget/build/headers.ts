/** The headers that the scripts have on Cloudflare, in the file that it reads them from. PartyKit sends its own. */
export const HEADERS = '_headers';

/** @param names of the files that are there as the latest, and under each version */
export function headersFile(names: readonly string[]): string {
  const everywhere = [
    // A script with `integrity` is only compared where its server lets every page read it.
    'Access-Control-Allow-Origin: *',
    'Cross-Origin-Resource-Policy: cross-origin',
    'X-Content-Type-Options: nosniff',
  ];
  return [
    rule('/*', everywhere),
    ...names.map((name) => rule(`/${name}`, ['Cache-Control: public, max-age=300'])),
    // Those of versions before this one as well, where somebody has kept them.
    ...names.map((name) => rule(`/:version/${name}`, ['Cache-Control: public, max-age=31536000, immutable'])),
  ].join('\n');
}

const rule = (path: string, lines: readonly string[]): string =>
  `${path}\n${lines.map((line) => `  ${line}\n`).join('')}`;
