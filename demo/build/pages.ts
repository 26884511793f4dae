/** Tells Vite which pages the site has, and puts into each what all of them have. */
import { readdir, readFile } from 'node:fs/promises';
import { join, posix, relative, sep } from 'node:path';
import type { Plugin } from 'vite';
import { COLOURS, MAIN as SCRIPT } from '../../widget/build/bundle.ts';
import { documentCards, documentHtml, documentPages, type DocumentPage } from './documents.ts';
import { PAGES, PLAIN_PAGES } from './page-names.ts';
import { footOf, policyTag, topOf } from './shell.ts';

/** Vite's plugin; `root` is the project's folder. The documents are pages that are on no disk. */
export function pages(root: string): Plugin[] {
  const site = join(root, 'demo/site');
  const images = join(root, 'demo/docs/images');
  let documents: readonly DocumentPage[] = [];
  let hasChart = false;
  const documentOf = (id: string): DocumentPage | undefined =>
    documents.find(({ path }) => join(site, path) === id);
  const content: Plugin = {
    name: 'pages',
    async config() {
      documents = await documentPages(root);
      hasChart = (await readdir(images)).includes(posix.basename(CHART));
      const input = [...PAGES, ...documents.map(({ path }) => path)].map((path) => join(site, path));
      return { build: { rolldownOptions: { input } } };
    },
    resolveId: (id) => (documentOf(id) === undefined ? undefined : id),
    load: (id) => {
      const document = documentOf(id);
      return document && documentHtml(document, documents);
    },
    transformIndexHtml: {
      order: 'pre',
      handler: (html, { filename }) => dressed(html, posix.relative(site, filename), { documents, hasChart }),
    },
    async generateBundle() {
      // Without a hash: the documents name them as they are called.
      for (const entry of await readdir(images, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile()) continue;
        const path = join(entry.parentPath, entry.name);
        const name = posix.join(...relative(images, path).split(sep));
        this.emitFile({ type: 'asset', fileName: `docs/images/${name}`, source: await readFile(path) });
      }
    },
  };
  return [content, CHAT];
}

/**
 * Pages that ask for it get the chat's scripts after their own, which Vite has put where it likes by then: a page has to be
 * listening to sockets, or have a relay of its own in place, before the chat opens one.
 */
const CHAT: Plugin = {
  name: 'chat',
  transformIndexHtml: {
    order: 'post',
    handler: (html) => {
      if (!html.includes('<!-- chat -->')) return html;
      const scripts = [SCRIPT, COLOURS].map(({ name }) => {
        return `  <script src="./${name}" defer></script>\n  `;
      });
      return html.replace('<!-- chat -->', '').replace('</head>', `${scripts.join('')}</head>`);
    },
  },
};

/** The chart of test/bench, shown beside the numbers from the day on that it is there. */
const CHART = 'docs/images/cost-per-token.svg';

/** Filled in by whoever serves the pages: `fillPage` of site-files.ts. */
const SETTINGS = `  <meta name="ivy-relay" content="%RELAY%" />
    <meta name="ivy-runner" content="%RUNNER%" />
    <meta name="ivy-service" content="%SERVICE%" />
  `;

/** What a page on disk leaves open. */
interface Rest {
  readonly documents: readonly DocumentPage[];
  readonly hasChart: boolean;
}

function dressed(html: string, page: string, { documents, hasChart }: Rest): string {
  // The script of a plain page comes from another server, as on everybody's page.
  const policy = PLAIN_PAGES.includes(page) ? '' : `${policyTag()}\n    `;
  const changes: readonly (readonly [string, string])[] = [
    ['<meta name="viewport"', `${policy}<meta name="viewport"`],
    ['</head>', `${SETTINGS}</head>`],
    ['<!-- top -->', topOf(page)],
    ['<!-- foot -->', footOf(page)],
    ['<!-- documents -->', documentCards(documents)],
    ['<!-- benchmarks -->', benchmarks(documents, hasChart)],
    ['<main>', '<main id="content">'],
    ['<main class', '<main id="content" class'],
  ];
  // By a function, since a dollar in a document means nothing here.
  return changes.reduce((text, [from, to]) => text.replace(from, () => to), html);
}

function benchmarks(documents: readonly DocumentPage[], hasChart: boolean): string {
  const page = documents.find(({ path }) => path === 'docs/benchmarks.html');
  const chart = `<img src="${CHART}" alt="Cost of a token by the length of its answer" loading="lazy" />`;
  const link = `<p><a href="${page?.path ?? ''}">Benchmarks</a>, with how they were measured.</p>`;
  return `${hasChart ? chart : ''}${page === undefined ? '' : link}`;
}
