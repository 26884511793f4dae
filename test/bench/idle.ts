/** How often a page is woken that has a chat in which nothing happens. */
import * as z from 'zod/mini';
import type { ComparedRow, Comparison } from './comparison.ts';
import { MeasuredPage } from './browser/measured-page.ts';
import { inRounds } from './browser/rounds.ts';
import { available, onStage } from './browser/stage.ts';
import { START_PAGES } from './browser/start-pages.ts';

/** Longer than a silence after which a client asks whether anybody is there, so exactly one of these is in it. */
const IDLE_MS = 25_000;
const SETTLE_MS = 4_000;
const PAGE_LIMIT_MS = IDLE_MS + 45_000;

const traceSchema = z.object({ traceEvents: z.array(z.object({ name: z.string(), cat: z.string() })) });

interface Reading {
  readonly timers: number;
  readonly frames: number;
  readonly calls: number;
  readonly mainThreadMs: number;
}

export function idle(): Promise<readonly Comparison[]> {
  return onStage(async (stage) => {
    const pages = available(START_PAGES, stage).map((page) => ({ ...page, runs: 1 }));
    // Each in a browser of its own, and none has anything to do: they can wait at the same time.
    const outcomes = await Promise.all(
      pages.map((page) => inRounds([page], () => measure(`${stage.site.url}/${page.file}`), { budgetMs: 0 })),
    );
    const rows = pages.map(({ id, name }, index): ComparedRow => {
      const { readings = [], failure } = outcomes[index]?.get(id) ?? {};
      const all = (value: (reading: Reading) => number): readonly number[] => readings.map(value);
      return {
        name,
        cells: [
          all(({ timers }) => timers),
          all(({ frames }) => frames),
          all(({ calls }) => calls),
          all(({ mainThreadMs }) => mainThreadMs),
        ],
        ...(failure === undefined ? {} : { note: failure }),
      };
    });
    const ours = outcomes[0]?.get('ivy-chat')?.readings[0];
    return [
      {
        title: 'Idle',
        about: `${IDLE_MS / 1000} s of a page on which nothing happens. ivy-chat is connected, and asks once in that time whether the relay is there; no peer holds a connection.`,
        of: 'page',
        columns: [
          { title: 'timers' },
          { title: 'animation frames' },
          { title: 'calls into scripts' },
          { title: 'main thread, ms', digits: 1 },
        ],
        rows,
        targets: [
          {
            what: 'timers of an idle chat, one for each heartbeat and one for its answer',
            limit: 2,
            measured: ours?.timers ?? NaN,
            unit: '',
          },
          { what: 'animation frames of an idle chat', limit: 0, measured: ours?.frames ?? NaN, unit: '' },
        ],
      },
    ];
  });
}

function measure(address: string): Promise<Reading> {
  return MeasuredPage.use(address, PAGE_LIMIT_MS, async (page) => {
    await pause(SETTLE_MS);
    await page.page.tracing.start({ categories: ['devtools.timeline'] });
    const before = await page.mainThreadMs();
    await pause(IDLE_MS);
    const mainThreadMs = (await page.mainThreadMs()) - before;
    const trace = await page.page.tracing.stop();
    const { traceEvents } = traceSchema.parse(JSON.parse(new TextDecoder().decode(trace)));
    const count = (...names: readonly string[]): number =>
      traceEvents.filter(({ name }) => names.includes(name)).length;
    return {
      timers: count('TimerFire'),
      frames: count('FireAnimationFrame'),
      calls: count('FunctionCall'),
      mainThreadMs,
    };
  });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
