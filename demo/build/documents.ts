/** The documents as pages: Markdown on disk to HTML at build time. */
import { readdir, readFile } from 'node:fs/promises';
import { basename, join, posix } from 'node:path';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

export interface DocumentPage {
  /** `docs/embed.html` */
  readonly path: string;
  readonly title: string;
  /** The first sentence, without markup. */
  readonly summary: string;
  /** The headings of the second level. */
  readonly sections: readonly Heading[];
  readonly html: string;
}

export interface Heading {
  readonly id: string;
  /** As HTML. */
  readonly text: string;
}

/** In the order of somebody who begins; what is not named here comes after them. */
const ORDER = [
  ...['start', 'embed', 'recipes', 'theming', 'reference', 'packages', 'react', 'own-interface'],
  ...[
    'agent-service',
    'relay',
    'tokens',
    'deploy',
    'going-live',
    'migrating',
    'how-it-works',
    'troubleshooting',
  ],
];

/** Documents from elsewhere in the project that the others lead to; left out where they are not there. */
const OTHERS: readonly string[] = [
  'partykit/protocol/PROTOCOL.md',
  'test/bench/RESULTS.md',
  'SECURITY.md',
  'CHANGELOG.md',
];

const FOLDER = 'demo/docs';

/** @param root the folder of the project */
export async function documentPages(root: string): Promise<readonly DocumentPage[]> {
  const names = (await readdir(join(root, FOLDER))).filter((name) => name.endsWith('.md'));
  const rank = (name: string): number => {
    const index = ORDER.indexOf(basename(name, '.md'));
    return index === -1 ? ORDER.length : index;
  };
  const own = names.toSorted((one, other) => rank(one) - rank(other) || one.localeCompare(other));
  const sources = [...own.map((name) => posix.join(FOLDER, name)), ...OTHERS];
  const texts = await Promise.all(sources.map((path) => textOf(join(root, path))));
  const found = sources.flatMap((path, index) => {
    const text = texts[index];
    return text === undefined ? [] : [{ path, text }];
  });
  const pages = new Map(found.map(({ path }) => [path, pageOf(path)]));
  return found.map(({ path, text }) => documentPage(path, text, pages));
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

const NAMES: Readonly<Record<string, string>> = { 'test/bench/RESULTS.md': 'benchmarks' };

function pageOf(path: string): string {
  return `docs/${NAMES[path] ?? basename(path, '.md').toLowerCase()}.html`;
}

/**
 * @param path of the document below the project
 * @param pages where each document that has a page has it
 */
export function documentPage(path: string, text: string, pages: ReadonlyMap<string, string>): DocumentPage {
  const raw = micromark(text, { extensions: [gfm()], htmlExtensions: [gfmHtml()] });
  const ids = new Set<string>();
  const sections: Heading[] = [];
  const html = raw
    .replaceAll(/<h([1-6])>(.*?)<\/h\1>/gs, (_whole, level: string, inner: string) => {
      const id = uniqueId(inner, ids);
      if (level === '2') sections.push({ id, text: inner.replaceAll(/<\/?a\b[^>]*>/g, '') });
      // The anchor has no words of its own: it is a heading that one can point at, for those who point.
      const anchor =
        level === '1' ? '' : `<a class="anchor" href="#${id}" aria-hidden="true" tabindex="-1">#</a>`;
      return `<h${level} id="${id}">${inner}${anchor}</h${level}>`;
    })
    .replaceAll(/(<(?:a|img)\b[^>]*\s(?:href|src)=")([^"]*)"/g, (_whole, before: string, to: string) => {
      return `${before}${addressOf(to, path, pages)}"`;
    })
    // A link to what is no page of the site is said as text.
    .replaceAll(/<a href="">(.*?)<\/a>/gs, '$1')
    .replaceAll('<table>', '<div class="table" role="group" aria-label="Table" tabindex="0"><table>')
    .replaceAll('</table>', '</table></div>')
    .replaceAll('<pre>', '<pre tabindex="0" aria-label="Code">');
  const title = plain(/<h1[^>]*>(.*?)<\/h1>/s.exec(raw)?.[1] ?? basename(path, '.md'));
  const summary = plain(/<p>(.*?)<\/p>/s.exec(raw)?.[1] ?? '');
  return { path: pageOf(path), title, summary: firstSentence(summary), sections, html };
}

/** As GitHub makes them, since the documents link to each other by these. */
function uniqueId(html: string, ids: Set<string>): string {
  const slug = plain(html)
    .toLowerCase()
    .replaceAll(/&\w+;/g, '')
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-');
  let id = slug;
  for (let count = 1; ids.has(id); count += 1) id = `${slug}-${count}`;
  ids.add(id);
  return id;
}

function addressOf(to: string, from: string, pages: ReadonlyMap<string, string>): string {
  if (/^[a-z]+:/i.test(to) || to.startsWith('#')) return to;
  const [file = '', anchor] = to.split('#');
  const target = posix.normalize(posix.join(posix.dirname(from), file));
  const suffix = anchor === undefined ? '' : `#${anchor}`;
  const page = pages.get(target);
  if (page !== undefined) return posix.relative('docs', page) + suffix;
  return target.startsWith(`${FOLDER}/images/`) ? posix.relative(FOLDER, target) : '';
}

function plain(html: string): string {
  return html
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

function firstSentence(text: string): string {
  return /^.*?[.:](?=\s|$)/.exec(text)?.[0].replace(/:$/, '.') ?? text;
}

/** The page's own part; what is around it is the same for all pages. */
export function documentHtml(page: DocumentPage, all: readonly DocumentPage[]): string {
  const links = all.map(({ path, title, sections }) => {
    const isHere = path === page.path;
    const inner = sections.map(({ id, text }) => `<li><a href="#${id}">${text}</a></li>`).join('');
    const list = isHere && sections.length > 1 ? `<ul>${inner}</ul>` : '';
    const href = posix.relative('docs', path);
    return `<li><a href="${href}"${isHere ? ' aria-current="page"' : ''}>${title}</a>${list}</li>`;
  });
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${page.title} · ivy-chat</title>
    <meta name="description" content="${page.summary.replaceAll('"', '&quot;')}" />
    <link rel="icon" href="../icon.svg" />
    <link rel="stylesheet" href="../site.css" />
    <link rel="stylesheet" href="../docs.css" />
  </head>
  <body>
    <!-- top -->
    <div class="docs">
      <nav class="contents" aria-label="Documents"><ul>${links.join('')}</ul></nav>
      <main id="content" class="prose">${page.html}</main>
    </div>
    <!-- foot -->
  </body>
</html>
`;
}

/** Which documents there are, for the first page of the site. */
export function documentCards(all: readonly DocumentPage[]): string {
  const cards = all.map(
    ({ path, title, summary }) => `<li><a href="${path}">${title}</a><span>${summary}</span></li>`,
  );
  return `<ul class="cards">${cards.join('')}<li><a href="gallery.html">Gallery</a><span>Every state of the chat, on one page.</span></li></ul>`;
}
