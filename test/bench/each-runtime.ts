/** A measurement on both runtimes, one after the other, with one agent for both. */
import type { Runtime } from '../../partykit/local/runtime.ts';
import { BenchAgent } from './bench-agent.ts';
import { RUNTIMES } from './bench-relay.ts';
import type { Row } from './distribution.ts';

export async function onEachRuntime(
  measure: (runtime: Runtime, agent: BenchAgent) => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  const agent = await BenchAgent.start();
  try {
    const rows: Row[] = [];
    for (const runtime of RUNTIMES) rows.push(...(await measure(runtime, agent)));
    return rows;
  } finally {
    await agent.stop();
  }
}
