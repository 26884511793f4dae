/** An answer of 20,000 tokens (80 kB), each a frame, a chunk or a change of state of its own, as fast as the page takes them. */
import * as z from 'zod/mini';
import { median, ratioOf, type Cell, type ComparedRow, type Comparison } from './comparison.ts';
import { inRounds } from './browser/rounds.ts';
import { available, inPage, onStage, type Stage } from './browser/stage.ts';
import { REFERENCE, STREAMING_SUBJECTS } from './browser/subjects.ts';

const TOKENS = 20_000;
const RUNS = 5;
const SLOW_RUNS = 2;
/** Who is not finished by then is asked no more. */
const LIMIT_MS = 10_000;
const PAGE_LIMIT_MS = 45_000;
const BUDGET_MS = 120_000;

const burstSchema = z.object({ ms: z.number(), pieces: z.number(), longestTaskMs: z.number() });
type Reading = z.infer<typeof burstSchema>;

export function burst(): Promise<readonly Comparison[]> {
  return onStage(async (stage) => {
    const subjects = available(STREAMING_SUBJECTS, stage).map((subject) => ({
      ...subject,
      runs: subject.isPeer ? SLOW_RUNS : RUNS,
    }));
    const outcomes = await inRounds(subjects, ({ id }) => measure(stage, id), { budgetMs: BUDGET_MS });
    const rows = subjects.map(({ id, name }): ComparedRow => {
      const { readings = [], failure } = outcomes.get(id) ?? {};
      return {
        name,
        cells: [
          timeCell(readings),
          readings.map(shownTokens),
          readings.map(({ longestTaskMs }) => longestTaskMs),
        ],
        ...(failure === undefined ? noteOf(readings) : { note: failure }),
      };
    });
    const ours = outcomes.get('ivy-chat')?.readings ?? [];
    const reference = outcomes.get('kept-blocks')?.readings ?? [];
    const times = (readings: readonly Reading[]): readonly number[] => readings.map(({ ms }) => ms);
    return [
      {
        title: 'A whole answer at once',
        about: `${TOKENS.toLocaleString('en')} tokens (80 kB of headings, lists, tables, fences and links), one a task, as fast as possible, until the last word is drawn. ivy-chat gets each as the frame that our relay sends it (rule S8), which is read and checked; the event by which a frame comes is the task's own, which every subject is given. After ${LIMIT_MS / 1000} s nobody gets more.`,
        of: 'chat',
        columns: [
          { title: 's', digits: 2, ratioTo: REFERENCE },
          { title: 'tokens taken' },
          { title: 'longest task, ms' },
        ],
        rows,
        targets: [
          {
            what: `time beside “${REFERENCE}”`,
            limit: 1.25,
            measured: ratioOf(times(ours), times(reference)),
            unit: ' ×',
          },
          {
            what: 'longest task',
            limit: 50,
            measured: median(ours.map(({ longestTaskMs }) => longestTaskMs)),
            unit: ' ms',
          },
        ],
      },
    ];
  });
}

function measure(stage: Stage, id: string): Promise<Reading> {
  return inPage(stage, PAGE_LIMIT_MS, async (page) => {
    const mount = (name: string, tokens: number): unknown => window.bench.mount(name, 'mixed', tokens);
    await page.read(z.unknown(), mount, id, TOKENS);
    return page.read(burstSchema, (limitMs: number) => window.bench.burst(limitMs), LIMIT_MS);
  });
}

function shownTokens({ pieces }: Reading): number {
  return Math.min(pieces, TOKENS);
}

function isFinished({ pieces }: Reading): boolean {
  return pieces > TOKENS;
}

function timeCell(readings: readonly Reading[]): Cell {
  return readings.every(isFinished) ? readings.map(({ ms }) => ms / 1000) : 'not finished';
}

/** What it would have taken, if tokens went on to cost what they cost on average, which is the least that it can be. */
function noteOf(readings: readonly Reading[]): { readonly note?: string } {
  if (readings.length === 0 || readings.every(isFinished)) return {};
  const perToken = LIMIT_MS / median(readings.map(shownTokens));
  return { note: `extrapolated, not measured: at least ${((perToken * TOKENS) / 1000).toFixed(0)} s` };
}
