/**
 * One room and several real clients under schedules of faults drawn by a seed, then healed: everyone must have the same,
 * nothing lost, nothing twice, nothing asked twice. `SIMULATION_SEED` is the first seed and `SIMULATION_SCHEDULES` their
 * number: `SIMULATION_SEED=17 SIMULATION_SCHEDULES=1` plays one again.
 */
import { describe, it } from 'vitest';
import { simulate } from './simulate.ts';

const FIRST_SEED = Number(process.env['SIMULATION_SEED'] ?? 1);
const SCHEDULES = Number(process.env['SIMULATION_SCHEDULES'] ?? 500);
const FAILURES_SHOWN = 3;
/** Far more than it takes, for machines that are busy with other things. */
const MS_PER_SCHEDULE = 500;

describe('a room and its clients under faults', () => {
  it(
    `converge in ${SCHEDULES} schedules from seed ${FIRST_SEED}`,
    { timeout: 10_000 + SCHEDULES * MS_PER_SCHEDULE },
    async () => {
      const failed: string[] = [];
      const began = performance.now();
      for (let seed = FIRST_SEED; seed < FIRST_SEED + SCHEDULES; seed += 1) {
        try {
          await simulate(seed);
        } catch (error) {
          failed.push(`SIMULATION_SEED=${seed}: ${error instanceof Error ? error.message : String(error)}`);
        }
      }
      const ms = (performance.now() - began) / SCHEDULES;
      console.info(`${SCHEDULES} schedules, ${ms.toFixed(1)} ms each`);
      if (failed.length === 0) return;
      const summary = failed.map((story) => story.split('\n', 1)[0]).join('\n');
      throw new Error(
        `${failed.length} schedules failed\n${summary}\n\n${failed.slice(0, FAILURES_SHOWN).join('\n\n')}`,
      );
    },
  );
});
