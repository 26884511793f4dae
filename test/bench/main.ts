/**
 * `npm run bench`: what the relay and the chat cost, as tables. Names of benchmarks as parameters run only those; all of them
 * together also write RESULTS.md and the chart of the README.
 */
import { writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import { answerCost } from './answer-cost.ts';
import { burst } from './burst.ts';
import { bytes } from './bytes.ts';
import { isComparison } from './comparison.ts';
import { connecting } from './connect.ts';
import { fanOut } from './fan-out.ts';
import { growth } from './growth.ts';
import { idle } from './idle.ts';
import { thisMachine } from './machine.ts';
import { paced } from './paced.ts';
import { reconnect } from './reconnect.ts';
import { relayLatency } from './relay-latency.ts';
import { resultLines, resultsPage, type Finished, type Result } from './results.ts';
import { start } from './start.ts';
import { threads } from './threads.ts';

const BENCHMARKS: Readonly<Record<string, () => Promise<Result>>> = {
  'relay-latency': relayLatency,
  reconnect,
  'fan-out': fanOut,
  connect: connecting,
  'answer-cost': answerCost,
  bytes,
  start,
  growth,
  burst,
  paced,
  threads,
  idle,
};

const RESULTS = fileURLToPath(new URL('./RESULTS.md', import.meta.url));
const CHART = fileURLToPath(new URL('../../demo/docs/images/cost-per-token.svg', import.meta.url));

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !Object.hasOwn(BENCHMARKS, name));
if (unknown !== undefined) {
  console.error(`There is no benchmark ${unknown}. There are: ${Object.keys(BENCHMARKS).join(', ')}.`);
  process.exit(1);
}

const load = (): string => loadavg()[0]?.toFixed(1) ?? '?';
const loadBefore = load();
const all: Finished[] = [];
for (const [name, run] of Object.entries(BENCHMARKS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.error(`${name} …`);
  const one = await finished(name, run);
  console.error(`${name}: ${one.seconds.toFixed(0)} s`);
  all.push(one);
}
console.log(resultLines(all).join('\n'));
const machine = await thisMachine([loadBefore, load()]);
console.log(
  `${machine.versions.join(', ')}, ${machine.cores} cores, load ${machine.load[0]} before and ${machine.load[1]} after.`,
);
if (wanted.length === 0) await write();
if (all.some(({ failure }) => failure !== undefined)) process.exitCode = 1;

/** One that fails does not take the others with it. */
async function finished(name: string, run: () => Promise<Result>): Promise<Finished> {
  const begun = performance.now();
  const seconds = (): number => (performance.now() - begun) / 1000;
  try {
    const result = await run();
    return { name, result, seconds: seconds() };
  } catch (error) {
    console.error(error);
    return { name, result: [], failure: String(error).split('\n')[0] ?? '', seconds: seconds() };
  }
}

async function write(): Promise<void> {
  await writeFile(RESULTS, await format(resultsPage(all, machine), { parser: 'markdown' }));
  const comparisons = all.flatMap(({ result }) => result.filter(isComparison));
  for (const { chart } of comparisons) if (chart !== undefined) await writeFile(CHART, chart);
}
