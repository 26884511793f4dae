/** One schedule from its seed to its verdict. */
import { SeededRandom } from '../support/seeded-random.ts';
import { giveTimeBack } from '../support/simulated-time.ts';
import { checkConvergence, heal } from './convergence.ts';
import { PAGES, runSchedule } from './schedule.ts';
import { World, type WorldOptions } from './world.ts';

const OLD_MESSAGES = [0, 0, 0, 0, 3, 60, 60, 130];
const LATENCIES_MS = [0, 0, 3, 15];

function optionsOf(random: SeededRandom): WorldOptions {
  return {
    storage: random.pick(['memory', 'party'] as const),
    latencyMs: random.pick(LATENCIES_MS),
    before: random.pick(OLD_MESSAGES),
  };
}

/** A world that is put away afterwards, whatever comes of it. */
export async function inWorld(
  seed: number,
  options: WorldOptions | undefined,
  body: (world: World) => Promise<void>,
): Promise<void> {
  const random = new SeededRandom(seed);
  const world = await World.begin(random, options ?? optionsOf(random));
  try {
    await body(world);
  } finally {
    world.close();
    giveTimeBack();
  }
}

export async function simulate(seed: number): Promise<void> {
  await inWorld(seed, undefined, async (world) => {
    const { random } = world;
    if (random.chance(0.4)) {
      world.network.troubles = { held: 0.2, twice: 0.2, tokenTwice: 0.2, tokenLost: 0.2 };
      world.relay.isLean = false;
    }
    for (const [name, browser] of PAGES.slice(0, 1 + random.below(3))) world.open(name, browser);
    await world.settle();
    await runSchedule(world, 20 + random.below(60));
    await heal(world);
    await checkConvergence(world);
  });
}
