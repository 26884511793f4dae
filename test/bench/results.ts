/** The page that says what was measured, where, and with what. */
import { comparisonLines, isComparison, isMet, type Comparison } from './comparison.ts';
import { tableOf, type Row } from './distribution.ts';

/** Rows of one table for all, or tables of their own. */
export type Result = readonly Row[] | readonly Comparison[];

/** What came of one benchmark. */
export interface Finished {
  readonly name: string;
  readonly result: Result;
  /** Why there is nothing. */
  readonly failure?: string;
  readonly seconds: number;
}

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly system: string;
  /** As “Node 20.20.2”. */
  readonly versions: readonly string[];
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** Before and after. */
  readonly load: readonly [string, string];
}

/** Tables, as they are printed. */
export function resultLines(all: readonly Finished[]): readonly string[] {
  const rows = all.flatMap(({ result }) => result.flatMap((one) => (isComparison(one) ? [] : [one])));
  const comparisons = all.flatMap(({ result }) => result.filter(isComparison));
  const failures = all.flatMap(({ name, failure }) =>
    failure === undefined ? [] : [`- ${name}: ${failure}`],
  );
  return [
    ...(rows.length === 0 ? [] : ['## Relay', '', ...tableOf(rows), '']),
    ...comparisons.flatMap((comparison) => [...comparisonLines(comparison), '']),
    ...(failures.length === 0 ? [] : ['## Not measured', '', ...failures, '']),
  ];
}

export function resultsPage(all: readonly Finished[], machine: Machine): string {
  const targets = all.flatMap(({ result }) =>
    result.flatMap((one) => (isComparison(one) ? (one.targets ?? []) : [])),
  );
  const missed = targets.filter((target) => !isMet(target));
  const minutes = all.reduce((sum, { seconds }) => sum + seconds, 0) / 60;
  const { processor, cores, memoryGb, system, versions, date, load } = machine;
  return [
    '# Results of the benchmarks',
    '',
    'Written by `npm run bench`. Medians, in brackets between which the runs were; ratios hold on other machines, times do not.',
    'Everything is served by the machine itself, so no time to download is in any number. The peers are driven through what they',
    'offer to everybody, with their own styles, and get their tokens from the page: deep-chat by its handler, once with its option `partialRender`, @n8n/chat and',
    'flowise-embed by a response of `fetch`, streamdown by a state of React, without its style sheet.',
    '',
    `${date}. ${processor}, ${cores} cores, ${memoryGb} GB, ${system}. ${versions.join(', ')}. Load ${load[0]} before, ${load[1]} after; ${minutes.toFixed(0)} minutes.`,
    '',
    `${targets.length - missed.length} of ${targets.length} targets of the browser's side are met.`,
    '',
    ...resultLines(all),
  ].join('\n');
}
