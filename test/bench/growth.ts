/** What one more token costs, by how long the answer already is: one a frame, time of the main thread. */
import * as z from 'zod/mini';
import type { AnswerKind } from './answer-text.ts';
import { lineChart, type Line } from './chart.ts';
import { median, type Comparison, type ComparedRow, type Target } from './comparison.ts';
import { inRounds, type Outcome } from './browser/rounds.ts';
import { available, inPage, onStage, type Stage } from './browser/stage.ts';
import { FLOOR, IVY_CHAT, REFERENCE, STREAMING_SUBJECTS } from './browser/subjects.ts';

const EARLY = 1_000;
const LATE = 19_000;
const LENGTHS = [250, EARLY, 4_000, 8_000, LATE];
const TOKENS = 20_000;
const RUNS = 5;
const SLOW_RUNS = 2;
/** Tokens from which a mean is made. */
const SAMPLE = 40;
const SLOW_SAMPLE = 15;
const PAGE_LIMIT_MS = 60_000;
const BUDGET_MS = 240_000;
const KINDS_BUDGET_MS = 60_000;

/** Of one page: ms for a token, by length. */
type Costs = ReadonlyMap<number, number>;

export function growth(): Promise<readonly Comparison[]> {
  return onStage(async (stage) => [await mixedAnswers(stage), await answersOfOneBlock(stage)]);
}

async function mixedAnswers(stage: Stage): Promise<Comparison> {
  const subjects = available(STREAMING_SUBJECTS, stage).map((subject) => ({
    ...subject,
    runs: subject.isSlow ? SLOW_RUNS : RUNS,
    sample: subject.isSlow ? SLOW_SAMPLE : SAMPLE,
  }));
  const outcomes = await inRounds(
    subjects,
    ({ id, sample }) => measure(stage, { id, sample, kind: 'mixed', lengths: LENGTHS }),
    { budgetMs: BUDGET_MS },
  );
  const rows = subjects.map(({ id, name }) => rowOf(name, outcomes.get(id), LENGTHS));
  const lines = subjects.map(({ id, name }) => lineOf(name, outcomes.get(id)?.readings ?? []));
  return {
    title: 'Cost of a token',
    about: `Milliseconds of the main thread for one more token in a frame of its own, when the answer (headings, lists, tables, fences, links) already has so many. “${REFERENCE}” is the simplest renderer that stays quick: finished blocks are kept, the rest is parsed once a frame with our parser; it reads no frames and has no chat around it. The floor only appends text. The frame itself is in every number.`,
    of: 'tokens before it',
    columns: lengthColumns(LENGTHS, REFERENCE),
    rows,
    targets: growthTargets('an answer of everything', outcomes.get('ivy-chat')),
    chart: chartOf(lines),
  };
}

async function answersOfOneBlock(stage: Stage): Promise<Comparison> {
  const kinds = (['code', 'list', 'table'] as const).map((kind) => ({
    id: kind,
    kind,
    name: `one ${kind === 'code' ? 'code block' : kind}`,
    runs: RUNS,
  }));
  const lengths = [EARLY, LATE];
  const outcomes = await inRounds(
    kinds,
    ({ kind }) => measure(stage, { id: 'ivy-chat', sample: SAMPLE, kind, lengths }),
    { budgetMs: KINDS_BUDGET_MS },
  );
  return {
    title: 'Cost of a token in an answer of one block',
    about: 'The same for ivy-chat, where the whole answer is one block.',
    of: 'tokens before it',
    columns: lengthColumns(lengths),
    rows: kinds.map(({ id, name }) => rowOf(name, outcomes.get(id), lengths)),
    targets: kinds.flatMap(({ id, name }) => growthTargets(name, outcomes.get(id))),
  };
}

interface Sampling {
  readonly id: string;
  readonly kind: AnswerKind;
  readonly lengths: readonly number[];
  readonly sample: number;
}

function measure(stage: Stage, { id, kind, lengths, sample }: Sampling): Promise<Costs> {
  return inPage(stage, PAGE_LIMIT_MS, async (page) => {
    const mount = (name: string, of: string, tokens: number): unknown => window.bench.mount(name, of, tokens);
    await page.read(z.unknown(), mount, id, kind, TOKENS);
    await page.read(z.unknown(), () => window.bench.begin());
    const costs = new Map<number, number>();
    for (const length of lengths) {
      await page.read(z.unknown(), (tokens: number) => window.bench.fillTo(tokens), length);
      const before = await page.mainThreadMs();
      await page.read(z.unknown(), (tokens: number) => window.bench.sample(tokens), sample);
      costs.set(length, ((await page.mainThreadMs()) - before) / sample);
      await page.read(z.unknown(), () => window.bench.endSample());
    }
    return costs;
  });
}

function lengthColumns(lengths: readonly number[], ratioTo?: string): Comparison['columns'] {
  return lengths.map((length) => ({
    title: `${length.toLocaleString('en')}, ms`,
    digits: 1,
    ...(ratioTo !== undefined && length === LATE ? { ratioTo } : {}),
  }));
}

function rowOf(name: string, outcome: Outcome<Costs> | undefined, lengths: readonly number[]): ComparedRow {
  const { readings = [], failure } = outcome ?? {};
  const growth = growthOf(readings);
  return {
    name,
    cells: lengths.map((length) => readings.map((costs) => costs.get(length) ?? NaN)),
    note: failure ?? (Number.isFinite(growth) ? `grows ${growth.toFixed(2)} × from ${EARLY} to ${LATE}` : ''),
  };
}

function growthOf(readings: readonly Costs[]): number {
  const at = (length: number): number => median(readings.map((costs) => costs.get(length) ?? NaN));
  return at(LATE) / at(EARLY);
}

function growthTargets(what: string, outcome: Outcome<Costs> | undefined): readonly Target[] {
  const measured = growthOf(outcome?.readings ?? []);
  return [{ what: `${what}, a token at ${LATE} beside one at ${EARLY}`, limit: 1.2, measured, unit: ' ×' }];
}

function lineOf(name: string, readings: readonly Costs[]): Line {
  const points = LENGTHS.flatMap((length) => {
    const cost = median(readings.map((costs) => costs.get(length) ?? NaN));
    return Number.isFinite(cost) && cost > 0 ? [[length, cost] as const] : [];
  });
  return { name, points, isOurs: name === IVY_CHAT };
}

/** The references are for us; a reader wants to compare what can be embedded. */
function chartOf(lines: readonly Line[]): string {
  const shown = lines.filter(({ name, points }) => points.length > 1 && name !== REFERENCE && name !== FLOOR);
  return lineChart(shown, {
    title: 'What one more token costs',
    description: `Milliseconds of the main thread for one more token, by the length of the answer, both logarithmic: ${shown
      .map(({ name, points }) => `${name} ${points.at(-1)?.[1].toFixed(0) ?? '?'} ms`)
      .join(', ')} after ${LATE} tokens.`,
    xTitle: 'tokens that the answer already has',
    yTitle: 'ms of the main thread, less is better',
  });
}
