/** All files of the demo site, in memory: what `npm start` serves and `npm run build:demo` writes are the same. */
import { join } from 'node:path';
import { COLOURS, MAIN } from '../../widget/build/bundle.ts';
import { brotliSize } from '../../widget/build/costs.ts';
import { LICENCES } from '../../widget/build/licences.ts';
import { PLAIN_PAGES } from './page-names.ts';

/** Content by path below the site's folder. */
export type SiteFiles = ReadonlyMap<string, string | Uint8Array>;

/**
 * @param root the folder of the project
 * @param distribution what a relay serves, by path: the site has copies of its own of the scripts
 */
export async function siteFiles(root: string, distribution: ReadonlyMap<string, string>): Promise<SiteFiles> {
  const { build } = await import('vite');
  const result = await build({
    configFile: join(root, 'vite.demo.config.ts'),
    root: join(root, 'demo/site'),
    logLevel: 'error',
    // Else NODE_ENV decides, and under a test runner that would be another build.
    mode: 'production',
    build: { write: false },
  });
  const files = new Map<string, string | Uint8Array>();
  for (const name of [MAIN.name, COLOURS.name, LICENCES]) {
    const content = distribution.get(name);
    if (content === undefined) throw new Error(`There is no ${name} for the demo site.`);
    files.set(name, content);
  }
  const kilobytes = (brotliSize(distribution.get(MAIN.name) ?? '') / 1000).toFixed(0);
  const outputs = Array.isArray(result) ? result : [result];
  for (const file of outputs.flatMap((output) => ('output' in output ? output.output : []))) {
    const content = file.type === 'chunk' ? file.code : file.source;
    const filled = isPage(file.fileName, content) ? content.replaceAll('%SCRIPT_KB%', kilobytes) : content;
    files.set(file.fileName, filled);
  }
  return files;
}

/** What is not known before a page is served. */
export interface PageSettings {
  /** Origin of the relay; empty where the address names it, or where it is the page's own server. */
  readonly relay: string;
  /** Who answers: the demo agent, which knows the documents, or the user's own service. @default 'demo' */
  readonly service?: 'demo' | 'own';
  /** What a page shows to be let at the runner's levers; empty where there is no runner. */
  readonly runner?: string;
}

export function fillPage(html: string, { relay, service = 'demo', runner = '' }: PageSettings): string {
  return html.replaceAll('%RELAY%', relay).replaceAll('%SERVICE%', service).replaceAll('%RUNNER%', runner);
}

/**
 * As they can be put on any server: without the plain pages, which have a thread of their own, so that on a public site all
 * visitors would be in one conversation.
 *
 * @param relay its origin, or empty
 */
export function staticFiles(files: SiteFiles, relay: string): SiteFiles {
  const kept = [...files].filter(([path]) => !PLAIN_PAGES.includes(path));
  return new Map(
    kept.map(([path, content]) => [path, isPage(path, content) ? fillPage(content, { relay }) : content]),
  );
}

export function isPage(path: string, content: string | Uint8Array): content is string {
  return path.endsWith('.html') && typeof content === 'string';
}
