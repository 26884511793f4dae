/** A conversation of 10,000 messages: until its end is painted, what it takes, and how it scrolls. */
import * as z from 'zod/mini';
import { median, type ComparedRow, type Comparison } from './comparison.ts';
import { inRounds } from './browser/rounds.ts';
import { available, inPage, onStage, type Stage } from './browser/stage.ts';
import { IVY_CHAT, THREAD_SUBJECTS } from './browser/subjects.ts';

const MESSAGES = 10_000;
const SCREENS = 60;
const RUNS = 5;
const PAGE_LIMIT_MS = 60_000;
/** What scrolls slower than this is not waited for. */
const SCROLL_LIMIT_MS = 10_000;
const BUDGET_MS = 150_000;

const openSchema = z.object({ ms: z.number(), elements: z.number(), longestTaskMs: z.number() });
const framesSchema = z.array(z.number());

interface Reading extends z.infer<typeof openSchema> {
  readonly heapMb: number;
  /** Between frames, in ms; none if the page did not scroll in time. */
  readonly frames: readonly number[];
}

export function threads(): Promise<readonly Comparison[]> {
  return onStage(async (stage) => {
    const subjects = available(THREAD_SUBJECTS, stage).map((subject) => ({
      ...subject,
      runs: subject.isSlow ? 1 : RUNS,
    }));
    const outcomes = await inRounds(subjects, ({ id }) => measure(stage, id), { budgetMs: BUDGET_MS });
    const rows = subjects.map(({ id, name }): ComparedRow => {
      const { readings = [], failure } = outcomes.get(id) ?? {};
      const scrolled = readings.filter(({ frames }) => frames.length > 0);
      return {
        name,
        cells: [
          readings.map(({ ms }) => ms),
          readings.map(({ longestTaskMs }) => longestTaskMs),
          readings.map(({ elements }) => elements),
          readings.map(({ heapMb }) => heapMb),
          scrolled.length === 0 && readings.length > 0
            ? 'no answer'
            : scrolled.map(({ frames }) => Math.max(...frames)),
        ],
        ...(failure === undefined ? {} : { note: failure }),
      };
    });
    const ours = outcomes.get('ivy-chat')?.readings ?? [];
    return [
      {
        title: 'Threads',
        about: `${MESSAGES.toLocaleString('en')} messages of about 200 characters of Markdown, from the moment when the page has them (for ivy-chat: the history frame, in one piece) until the newest is painted. The heap is what JavaScript holds more than before. Then ${SCREENS} screens up, one a frame.`,
        of: 'chat',
        columns: [
          { title: 'painted, ms', ratioTo: IVY_CHAT },
          { title: 'longest task, ms' },
          { title: 'elements' },
          { title: 'heap, MB', digits: 1 },
          { title: 'longest frame while scrolling, ms' },
        ],
        rows,
        targets: [
          {
            what: 'until it is painted',
            limit: 100,
            measured: median(ours.map(({ ms }) => ms)),
            unit: ' ms',
          },
          { what: 'heap', limit: 5, measured: median(ours.map(({ heapMb }) => heapMb)), unit: ' MB' },
        ],
      },
    ];
  });
}

function measure(stage: Stage, id: string): Promise<Reading> {
  return inPage(stage, PAGE_LIMIT_MS, async (page) => {
    await page.read(
      z.unknown(),
      (name: string, count: number) => window.bench.prepareThread(name, count),
      id,
      MESSAGES,
    );
    const before = await page.heap();
    const opened = await page.read(openSchema, () => window.bench.openThread());
    const frames = await withLimit(
      page.read(framesSchema, (screens: number) => window.bench.scrollUp(screens), SCREENS),
    );
    const heapMb = frames.length === 0 ? NaN : (await page.heap()) / 1e6 - before / 1e6;
    return { ...opened, heapMb, frames };
  });
}

/** Nothing after too long a time. */
async function withLimit(frames: Promise<readonly number[]>): Promise<readonly number[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<readonly number[]>((resolve) => {
    timer = setTimeout(() => resolve([]), SCROLL_LIMIT_MS);
  });
  // The page may be gone by then.
  frames.catch(() => undefined);
  const result = await Promise.race([frames, late]);
  clearTimeout(timer);
  return result;
}
