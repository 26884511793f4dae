/** `npm run bench`: what the relay costs, as one table. Names of benchmarks as parameters run only those. */
import { availableParallelism, loadavg } from 'node:os';
import { tableOf, type Row } from './distribution.ts';
import { reconnect } from './reconnect.ts';
import { relayLatency } from './relay-latency.ts';

const BENCHMARKS: Readonly<Record<string, () => Promise<readonly Row[]>>> = {
  'relay-latency': relayLatency,
  reconnect,
};

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !Object.hasOwn(BENCHMARKS, name));
if (unknown !== undefined) {
  console.error(`There is no benchmark ${unknown}. There are: ${Object.keys(BENCHMARKS).join(', ')}.`);
  process.exit(1);
}

const load = (): string => loadavg()[0]?.toFixed(1) ?? '?';
const loadBefore = load();
const rows: Row[] = [];
for (const [name, run] of Object.entries(BENCHMARKS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.error(`${name} …`);
  rows.push(...(await run()));
}
console.log(tableOf(rows).join('\n'));
console.log(
  `Node ${process.versions.node}, ${availableParallelism()} cores, load ${loadBefore} before and ${load()} after.`,
);
