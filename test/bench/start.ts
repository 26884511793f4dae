/** From the script's tag to a field that takes the focus, on a machine four times as slow as this one. */
import * as z from 'zod/mini';
import { median, ratioOf, type Comparison } from './comparison.ts';
import { MeasuredPage } from './browser/measured-page.ts';
import { inRounds } from './browser/rounds.ts';
import { available, onStage } from './browser/stage.ts';
import { BARE_LIT, START_PAGES, type StartPage } from './browser/start-pages.ts';
import { IVY_CHAT } from './browser/subjects.ts';

const THROTTLE = 4;
const RUNS = 5;
const PAGE_LIMIT_MS = 30_000;
const BUDGET_MS = 60_000;

interface Start {
  readonly ms: number;
  readonly longestTaskMs: number;
}

export function start(): Promise<readonly Comparison[]> {
  return onStage(async (stage) => {
    const pages = available(START_PAGES, stage).map((page) => ({ ...page, runs: RUNS }));
    const outcomes = await inRounds(pages, (page) => measure(stage.site.url, page), { budgetMs: BUDGET_MS });
    const rows = pages.map(({ id, name }) => {
      const { readings = [], failure } = outcomes.get(id) ?? {};
      return {
        name,
        cells: [readings.map(({ ms }) => ms), readings.map(({ longestTaskMs }) => longestTaskMs)],
        ...(failure === undefined ? {} : { note: failure }),
      };
    });
    const cellsOf = (name: string): readonly (readonly number[])[] =>
      rows.find((row) => row.name === name)?.cells ?? [];
    const [ours, ourTasks = []] = cellsOf(IVY_CHAT);
    const [bare] = cellsOf(BARE_LIT);
    return [
      {
        title: 'Start',
        about: `From the tag of the script to a field that takes the focus, main thread slowed down ${THROTTLE} times (other threads, on which browsers parse and may compile scripts, are not), a new browser each time, no network. The longest task is 0 where none took 50 ms.`,
        of: 'page',
        columns: [{ title: 'ms', ratioTo: BARE_LIT }, { title: 'longest task, ms' }],
        rows,
        targets: [
          { what: 'start beside a bare Lit element', limit: 1.25, measured: ratioOf(ours, bare), unit: ' ×' },
          { what: 'longest task at the start', limit: 50, measured: median(ourTasks), unit: ' ms' },
        ],
      },
    ];
  });
}

function measure(site: string, { file }: StartPage): Promise<Start> {
  return MeasuredPage.use(`${site}/run.html`, PAGE_LIMIT_MS, async (page) => {
    await page.throttle(THROTTLE);
    await page.page.goto(`${site}/${file}`);
    const ms = await page.read(z.number(), async () => {
      while (window.focusable === undefined) await new Promise((resolve) => setTimeout(resolve, 50));
      await new Promise((resolve) => setTimeout(resolve, 500));
      return window.focusable;
    });
    return { ms, longestTaskMs: await page.read(z.number(), () => window.longestTask) };
  });
}

declare global {
  interface Window {
    /** Set by the pages of browser/start-pages.ts: ms, once the field takes the focus. */
    focusable?: number;
    longestTask: number;
  }
}
