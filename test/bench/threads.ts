/** A conversation of 10,000 messages: until its end is painted, what it takes, and how it scrolls. */
import * as z from 'zod/mini';
import { median, type Cell, type ComparedRow, type Comparison } from './comparison.ts';
import { inRounds } from './browser/rounds.ts';
import { available, inPage, onStage, type Stage } from './browser/stage.ts';
import { IVY_CHAT, THREAD_SUBJECTS } from './browser/subjects.ts';

const MESSAGES = 10_000;
const SCREENS = 60;
const RUNS = 5;
const PAGE_LIMIT_MS = 75_000;
/** For what is asked of a page that shows everything. */
const ANSWER_LIMIT_MS = 8_000;
const BUDGET_MS = 60_000;

const shownSchema = z.object({ elements: z.number(), longestTaskMs: z.number() });
const framesSchema = z.array(z.number());

/** NaN where the page did not answer in time. */
interface Reading extends z.infer<typeof shownSchema> {
  readonly ms: number;
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
      const all = (value: (reading: Reading) => number): Cell => {
        const values = readings.map(value).filter(Number.isFinite);
        return values.length === 0 && readings.length > 0 ? 'no answer' : values;
      };
      return {
        name,
        cells: [
          all(({ ms }) => ms),
          all(({ longestTaskMs }) => longestTaskMs),
          all(({ elements }) => elements),
          all(({ heapMb }) => heapMb),
          all(({ frames }) => Math.max(...frames)),
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
    const ms = await page.read(z.number(), () => window.bench.openThread());
    const shown = await withLimit(page.read(shownSchema, () => window.bench.shownThread()));
    const after = await withLimit(page.heap());
    const frames = await withLimit(
      page.read(framesSchema, (screens: number) => window.bench.scrollUp(screens), SCREENS),
    );
    return {
      ms,
      ...(shown ?? { elements: NaN, longestTaskMs: NaN }),
      heapMb: after === undefined ? NaN : (after - before) / 1e6,
      frames: frames ?? [],
    };
  });
}

/** Nothing where the page takes too long. */
async function withLimit<Answer>(answer: Promise<Answer>): Promise<Answer | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ANSWER_LIMIT_MS);
  });
  // The browser may be gone by then.
  answer.catch(() => undefined);
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
