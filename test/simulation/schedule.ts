/** What may happen in a schedule, and how often. */
import { HARD_TEXT } from '../support/messages.ts';
import type { SimulatedPage } from '../support/simulated-page.ts';
import type { World } from './world.ts';

interface Action {
  readonly weight: number;
  readonly run: (world: World) => void | Promise<void>;
}

type OfPage = (world: World, page: SimulatedPage) => void;

const TEXTS = ['hello', HARD_TEXT, '漢字かな交じり', '👩🏽‍💻🇧🇷🤷🏿‍♀️', 'two\nlines', 'e\u0301 n\u0303 한글 مرحبا'];
const PAUSES_MS = [0, 1, 5, 20, 40, 40, 120, 300, 300, 1_000, 1_000, 3_000, 10_000, 35_000];
const FAILURES = [
  'upstream_failed',
  'upstream_truncated',
  'upstream_truncated',
  'upstream_unreachable',
] as const;

/** Name, and the browser whose shelf it has: two tabs of one, and others. The last ones come late. */
export const PAGES = [
  ['A1', 'A'],
  ['A2', 'A'],
  ['B', 'B'],
  ['C', 'C'],
] as const;

function ofPage(weight: number, run: OfPage): Action {
  return {
    weight,
    run: (world) => {
      if (world.openPages.length > 0) run(world, world.random.pick(world.openPages));
    },
  };
}

function ofConnection(
  weight: number,
  run: (world: World, connection: NonNullable<ReturnType<World['connectionOf']>>) => void,
): Action {
  return ofPage(weight, (world, page) => {
    const connection = world.connectionOf(page);
    if (connection !== undefined) run(world, connection);
  });
}

const PEOPLE: readonly Action[] = [
  ofPage(12, (world, page) => void world.send(page, world.random.pick(TEXTS))),
  ofPage(3, (world, page) => world.stop(page)),
  ofPage(2, (world, page) => world.clear(page)),
  ofPage(4, (world, page) => world.retry(page)),
  ofPage(4, (world, page) => {
    world.log(`${page.name} loads older messages`);
    page.client.loadOlder();
  }),
  ofPage(3, (world, page) => {
    world.log(`${page.name} asks for the history`);
    page.client.requestHistory();
  }),
  ofPage(3, (world, page) => {
    const failed = page.client.pending.find(({ state }) => state === 'failed');
    if (failed === undefined) return;
    const again = world.random.chance(0.6);
    world.log(`${page.name} ${again ? 'sends again' : 'gives up'} ${failed.id}`);
    if (again) page.resend(failed.id);
    else page.discard(failed.id);
  }),
  ofPage(3, (world, page) => {
    world.log(`${page.name} is reloaded`);
    page.load();
  }),
  {
    weight: 3,
    run: (world) => {
      const [name, browser] = world.random.pick(PAGES);
      if (world.pages.get(name)?.isOpen !== true) world.open(name, browser);
    },
  },
  ofPage(1, (world, page) => {
    world.log(`${page.name} goes to the background`);
    page.client.suspend();
  }),
  ofPage(2, (world, page) => {
    world.log(`${page.name} is looked at`);
    page.client.wake();
  }),
];

const NETWORK: readonly Action[] = [
  // A message that arrives twice: by the line that broke, and by the next one.
  ofConnection(3, (world, connection) => {
    const page = world.pages.get(connection.page);
    if (page === undefined) return;
    connection.up.hold();
    world.send(page, world.random.pick(TEXTS));
    world.log(`${connection.id} of ${page.name} breaks with it on the way`);
    world.network.drop(connection, 'late');
  }),
  ofConnection(6, ({ log, network, random }, connection) => {
    const how = random.pick(['noticed', 'late', 'unnoticed'] as const);
    log(`${connection.id} of ${connection.page} drops (${how})`);
    network.drop(connection, how);
  }),
  ofConnection(3, ({ log, network }, connection) => {
    log(`${connection.id} of ${connection.page} goes silent`);
    network.silence(connection);
  }),
  ofConnection(6, ({ log, random }, connection) => {
    const what = random.pick(['up', 'down', 'both']);
    log(`${connection.id} of ${connection.page} is held (${what})`);
    if (what !== 'down') connection.up.hold();
    if (what !== 'up') connection.down.hold();
  }),
  ofConnection(8, ({ log, random }, { id, page, up, down }) => {
    if (up.flow !== 'held' && down.flow !== 'held') return;
    const count = 1 + random.below(3);
    log(`${id} of ${page} lets ${count} through`);
    up.release(count);
    down.release(count);
  }),
  ofConnection(6, ({ log }, { id, page, up, down }) => {
    if (up.flow !== 'held' && down.flow !== 'held') return;
    log(`${id} of ${page} flows again`);
    up.open();
    down.open();
  }),
  {
    weight: 4,
    run: ({ log, network, random }) => {
      const abandoned = network.connections.filter((connection) => connection.abandoned);
      if (abandoned.length === 0) return;
      const connection = random.pick(abandoned);
      log(
        `the relay sees the rest of ${connection.id} of ${connection.page} (${connection.up.waiting} parcels)`,
      );
      if (connection.up.flow === 'lost') network.notice(connection);
      else connection.up.open();
    },
  },
];

const RELAY: readonly Action[] = [
  {
    weight: 2,
    run: (world) => {
      if (!world.relay.listens) return;
      world.kill();
      if (world.random.chance(0.7)) world.restart();
    },
  },
  {
    weight: 3,
    run: ({ log, relay, random }) => {
      if (!relay.listens) return;
      const fault = {
        after: random.below(4),
        what: random.pick(['dies before', 'dies after', 'is refused'] as const),
      };
      log(`the relay ${fault.what} at its write ${fault.after + 1} from here`);
      relay.faultAtWrite(fault);
    },
  },
  { weight: 4, run: (world) => world.restart() },
  {
    weight: 4,
    run: async (world) => {
      // Not in the middle of what the agent service has just said.
      await world.settle();
      if (!world.relay.idle) return;
      world.log('the room hibernates');
      world.relay.hibernate();
    },
  },
];

const UPSTREAM: readonly Action[] = [
  {
    weight: 22,
    run: (world) => {
      const { random } = world;
      world.say(...random.pieces(random.pick(TEXTS), 1 + random.below(12)).slice(0, 1 + random.below(6)));
    },
  },
  { weight: 9, run: (world) => world.endRun({ ok: true }) },
  {
    weight: 3,
    run: (world) => world.endRun({ ok: false, code: world.random.pick(FAILURES), hint: 'for the operator' }),
  },
  { weight: 1, run: ({ relay }) => relay.upstream.open?.sink.alive() },
  {
    weight: 1,
    run: ({ relay, random }) => relay.upstream.open?.sink.threadNamed(`agent-${random.below(3)}`),
  },
];

const TIME: Action = {
  weight: 22,
  run: async (world) => {
    const ms = world.random.pick(PAUSES_MS);
    world.log(`${ms} ms pass`);
    await world.pass(ms);
  },
};

const ACTIONS: readonly Action[] = [...PEOPLE, ...NETWORK, ...RELAY, ...UPSTREAM, TIME];
const TOTAL_WEIGHT = ACTIONS.reduce((total, { weight }) => total + weight, 0);

function drawn(at: number): Action {
  let left = at;
  for (const action of ACTIONS) {
    left -= action.weight;
    if (left < 0) return action;
  }
  return TIME;
}

export async function runSchedule(world: World, steps: number): Promise<void> {
  for (let step = 0; step < steps; step += 1) {
    await drawn(world.random.below(TOTAL_WEIGHT)).run(world);
    // Sometimes the next thing happens in the same moment.
    if (world.random.chance(0.7)) await world.settle();
    world.judge();
  }
}
