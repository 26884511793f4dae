/** 100 tokens a second on a machine six times as slow as this one, at the head of an answer and at the end of a long one. */
import * as z from 'zod/mini';
import { median, type ComparedRow, type Comparison, type Target } from './comparison.ts';
import { quantile } from './distribution.ts';
import { inRounds, type Outcome } from './browser/rounds.ts';
import { available, inPage, onStage, type Stage } from './browser/stage.ts';
import { STREAMING_SUBJECTS } from './browser/subjects.ts';

const THROTTLE = 6;
const EVERY_MS = 10;
const TOKENS = 400;
const LONG = 18_500;
const RUNS = 3;
/** How long after the last token a page may go on drawing. */
const REST_MS = 3_000;
const PAGE_LIMIT_MS = 45_000;
const BUDGET_MS = 75_000;

const pacedSchema = z.object({
  frames: z.array(z.number()),
  framesUntilSeen: z.array(z.number()),
  lateness: z.array(z.number()),
  given: z.number(),
  longestTaskMs: z.number(),
});
type Reading = z.infer<typeof pacedSchema>;

export function paced(): Promise<readonly Comparison[]> {
  return onStage(async (stage) => [
    await comparison(stage, 250, 'at the head of an answer'),
    await comparison(stage, LONG, `after ${LONG.toLocaleString('en')} tokens`),
  ]);
}

async function comparison(stage: Stage, before: number, where: string): Promise<Comparison> {
  const subjects = available(STREAMING_SUBJECTS, stage)
    .filter(({ isPeer, id }) => before === LONG || (!isPeer && id !== 'text-append'))
    .map((subject) => ({ ...subject, runs: subject.isPeer ? 1 : RUNS }));
  const outcomes = await inRounds(subjects, ({ id }) => measure(stage, id, before), { budgetMs: BUDGET_MS });
  return {
    title: `100 tokens a second, ${where}`,
    about: `For ${(TOKENS * EVERY_MS) / 1000} s, main thread slowed down ${THROTTLE} times. A token is seen when a frame has drawn it; 1 is the first frame that could.`,
    of: 'chat',
    columns: [
      { title: 'frame p50, ms' },
      { title: 'frame p95, ms' },
      { title: 'seen in frame, p95' },
      { title: 'seen after, p95, ms' },
      { title: `drawn of ${TOKENS}` },
      { title: 'longest task, ms' },
    ],
    rows: subjects.map(({ id, name }) => rowOf(name, outcomes.get(id))),
    targets: targetsOf(where, outcomes.get('ivy-chat')),
  };
}

function measure(stage: Stage, id: string, before: number): Promise<Reading> {
  return inPage(stage, PAGE_LIMIT_MS, async (page) => {
    const mount = (name: string, tokens: number): unknown => window.bench.mount(name, 'mixed', tokens);
    await page.read(z.unknown(), mount, id, LONG + 1_000);
    await page.read(z.unknown(), () => window.bench.begin());
    await page.read(z.unknown(), (tokens: number) => window.bench.fillTo(tokens), before);
    await page.throttle(THROTTLE);
    const look = (count: number, everyMs: number, restMs: number): unknown =>
      window.bench.paced(count, everyMs, restMs);
    return page.read(pacedSchema, look, TOKENS, EVERY_MS, REST_MS);
  });
}

function rowOf(name: string, outcome: Outcome<Reading> | undefined): ComparedRow {
  const { readings = [], failure } = outcome ?? {};
  const each = (value: (reading: Reading) => number): readonly number[] =>
    readings.map(value).filter(Number.isFinite);
  return {
    name,
    cells: [
      each(({ frames }) => quantile(frames, 0.5)),
      each(({ frames }) => quantile(frames, 0.95)),
      each(({ framesUntilSeen }) => quantile(framesUntilSeen, 0.95)),
      each(({ lateness }) => quantile(lateness, 0.95)),
      each(({ framesUntilSeen }) => framesUntilSeen.length),
      each(({ longestTaskMs }) => longestTaskMs),
    ],
    ...(failure === undefined ? {} : { note: failure }),
  };
}

function targetsOf(where: string, outcome: Outcome<Reading> | undefined): readonly Target[] {
  const readings = outcome?.readings ?? [];
  const p95 = (values: (reading: Reading) => readonly number[]): number =>
    median(readings.map((reading) => quantile(values(reading), 0.95)));
  return [
    { what: `frame at p95, ${where}`, limit: 50, measured: p95(({ frames }) => frames), unit: ' ms' },
    {
      what: `frames until a token is seen, ${where}`,
      limit: 2,
      measured: p95(({ framesUntilSeen }) => framesUntilSeen),
      unit: '',
    },
  ];
}
