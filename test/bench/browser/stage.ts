/** The site that all benchmarks in a browser use, made when the first of them needs it. */
import { startBenchSite, type BenchSite } from './bench-site.ts';
import { MeasuredPage } from './measured-page.ts';
import { BENCH_SCRIPT, pageScripts, type Scripts } from './page-scripts.ts';
import { installPeers } from './peers.ts';
import { START_PAGES } from './start-pages.ts';

const RUN_PAGE = 'run.html';

export interface Stage {
  readonly site: BenchSite;
  readonly scripts: Scripts;
  readonly hasPeers: boolean;
}

/** Peers are left out where they could not be installed. */
export async function onStage<Result>(work: (stage: Stage) => Promise<Result>): Promise<Result> {
  const { scripts, hasPeers } = await prepared();
  const pages = new Map([
    [RUN_PAGE, `${HEAD}<body style="margin: 0"><script src="/${BENCH_SCRIPT}"></script>`],
    ...START_PAGES.map(({ file, html }) => [file, html] as const),
  ]);
  const site = await startBenchSite(pages, scripts);
  try {
    return await work({ site, scripts, hasPeers });
  } finally {
    await site.close();
  }
}

let preparing: Promise<{ readonly scripts: Scripts; readonly hasPeers: boolean }> | undefined;

function prepared(): Promise<{ readonly scripts: Scripts; readonly hasPeers: boolean }> {
  preparing ??= (async () => {
    const hasPeers = await installPeers();
    return { hasPeers, scripts: await pageScripts(hasPeers) };
  })();
  return preparing;
}

/** The page that has `window.bench`, in a browser of its own. */
export function inPage<Result>(
  { site }: Stage,
  limitMs: number,
  work: (page: MeasuredPage) => Promise<Result>,
): Promise<Result> {
  return MeasuredPage.use(`${site.url}/${RUN_PAGE}`, limitMs, work);
}

/** Those that can be measured here. */
export function available<Subject extends { readonly isPeer: boolean }>(
  subjects: readonly Subject[],
  { hasPeers }: Stage,
): readonly Subject[] {
  return subjects.filter(({ isPeer }) => hasPeers || !isPeer);
}

const HEAD = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Benchmark</title>';
