/** What schedules have found, played by hand so that it outlives changes of the schedules: the shortest story of each. */
import { describe, it } from 'vitest';
import { present } from '../support/present.ts';
import type { Connection } from '../support/simulated-network.ts';
import type { SimulatedPage } from '../support/simulated-page.ts';
import { checkConvergence, heal } from './convergence.ts';
import { inWorld, simulate } from './simulate.ts';
import type { World } from './world.ts';

const STORAGES = ['memory', 'party'] as const;

/** Plays a story over each storage, mends everything, and compares. */
function story(name: string, before: number, play: (world: World) => Promise<void>, latencyMs = 0): void {
  it.each(STORAGES)(`${name}, in %s storage`, async (storage) => {
    await inWorld(1, { storage, latencyMs, before }, async (world) => {
      await play(world);
      await heal(world);
      await checkConvergence(world);
    });
  });
}

async function connected(world: World, name: string, browser?: string): Promise<SimulatedPage> {
  const page = world.open(name, browser);
  await world.pass(1);
  return page;
}

function lineOf(world: World, page: SimulatedPage): Connection {
  return present(world.connectionOf(page), `the connection of ${page.name}`);
}

describe('a clear', () => {
  // Seeds 46, 276, 345 and five more of the first 500: `done` went out before the thread was forgotten in storage.
  story('that the relay does not live to write down has ended nothing', 0, async (world) => {
    const page = await connected(world, 'A');
    world.send(page, 'question');
    await world.settle();
    world.say('half of an answer');
    await world.settle();
    world.relay.faultAtWrite({ after: 0, what: 'dies before' });
    world.clear(page);
    await world.settle();
  });

  // Seeds 105, 202, 395, 426: the message was sent again after the reconnect, into the thread after the clear.
  story('while an echo is lost does not bring the message back', 0, async (world) => {
    const sender = await connected(world, 'A');
    const other = await connected(world, 'B');
    const line = lineOf(world, sender);
    line.down.hold();
    world.send(sender, 'question');
    await world.settle();
    world.clear(other);
    await world.settle();
    world.network.drop(line, 'noticed');
    await world.settle();
  });

  // The same with the page loaded again: its shelf has to remember which thread the message was meant for.
  story('while an echo is lost does not bring the message back after a reload', 0, async (world) => {
    const sender = await connected(world, 'A');
    const other = await connected(world, 'B');
    lineOf(world, sender).down.hold();
    world.send(sender, 'question');
    await world.settle();
    world.clear(other);
    await world.settle();
    sender.load();
    await world.settle();
  });

  // Seeds 12267, 14158, 15818 and three more of the second 10,000.
  story('is not undone by the page that had sent before it met the relay', 0, async (world) => {
    const first = world.open('A1', 'A');
    world.send(first, 'question');
    first.client.suspend();
    const second = await connected(world, 'A2', 'A');
    world.clear(second);
    await world.settle();
  });
});

describe("a message that is the person's to send again", () => {
  // Seed 22640: it was held because another page had settled it, and went out after a reload.
  story('is so after a reload', 0, async (world) => {
    const first = world.open('A1', 'A');
    world.send(first, 'question');
    first.client.suspend();
    const second = await connected(world, 'A2', 'A');
    world.clear(second);
    await world.settle();
    first.client.wake();
    await world.pass(1);
    first.load();
    await world.pass(1);
  });
});

describe('older messages', () => {
  // Seeds 2708, 5170, 6066, 6952, 9269: a page that was asked for before a snapshot was put above it, with a hole between.
  story('asked for together with a snapshot leave no hole', 130, async (world) => {
    const page = await connected(world, 'A');
    page.client.loadOlder();
    await world.settle();
    page.client.requestHistory();
    page.client.loadOlder();
    await world.settle();
  });
});

describe('a message', () => {
  story('that arrives by a line that broke and by the next one is taken once', 0, async (world) => {
    const page = await connected(world, 'A');
    const line = lineOf(world, page);
    line.up.hold();
    world.send(page, 'question');
    world.network.drop(line, 'late');
    await world.pass(20_000);
    world.endRun({ ok: true });
    await world.settle();
    line.up.open();
    await world.settle();
  });

  story('whose storing the relay did not survive to say is taken once', 0, async (world) => {
    const page = await connected(world, 'A');
    world.relay.faultAtWrite({ after: 0, what: 'dies after' });
    world.send(page, 'question');
    await world.settle();
  });
});

describe('seeds that once failed', () => {
  it.each([46, 91, 105, 202, 919, 2708, 7010, 12_267, 22_640])('%i', simulate);
});

describe('a tab that has met no thread', () => {
  // Seed 500067: another tab sent its message to a thread that was cleared; then it sent it to the next one.
  const play = async (world: World): Promise<void> => {
    const away = world.open('A2', 'A');
    away.client.suspend();
    world.send(away, 'question');
    const clearer = await connected(world, 'B');
    await world.pass(50);
    const line = lineOf(world, await connected(world, 'A1', 'A'));
    // It has the history and has sent the message; storage takes its time before the echo.
    line.down.hold();
    await world.pass(50);
    world.clear(clearer);
    await world.pass(50);
    world.network.drop(line, 'noticed');
    await world.settle();
  };
  story('does not send what another tab has sent to a thread that is gone', 0, play, 15);
});

describe('an end that storage refuses', () => {
  // Seed 507713: it was told all the same, and the next wake ended the run again.
  story('is told once, by a relay that wakes, is refused and is killed', 0, async (world) => {
    const page = await connected(world, 'A');
    world.send(page, 'question');
    await world.settle();
    world.say('half of an answer');
    await world.pass(300);
    for (let kill = 0; kill < 2; kill += 1) {
      world.kill();
      world.restart();
      world.relay.faultAtWrite({ after: 0, what: 'is refused' });
      await world.pass(1_100);
    }
  });

  story('is told once, by a relay that is killed before it is written', 0, async (world) => {
    const page = await connected(world, 'A');
    world.send(page, 'question');
    await world.settle();
    world.say('an answer');
    await world.pass(300);
    world.relay.faultAtWrite({ after: 0, what: 'is refused' });
    world.endRun({ ok: true });
    await world.settle();
    world.kill();
    world.restart();
  });
});
