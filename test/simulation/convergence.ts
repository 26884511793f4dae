/** After everything is mended: does everyone have the same, and is it what it should be? */
import type { ThreadMessage } from '#protocol';
import type { ThreadStorage } from '../../partykit/room/ports.ts';
import { NO_TROUBLES } from '../support/simulated-network.ts';
import type { SimulatedPage } from '../support/simulated-page.ts';
import { timersLeft } from '../support/simulated-time.ts';
import type { World } from './world.ts';

const ROUND_MS = 5_000;
const ROUNDS_MAX = 80;

/** Good links, a living relay, an agent that answers; until nothing is left to wait for. */
export async function heal(world: World): Promise<void> {
  const { network, relay } = world;
  world.log('--- healing');
  relay.faultAtWrite(undefined);
  network.troubles = NO_TROUBLES;
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    world.restart();
    network.heal();
    for (const { client } of world.openPages) if (client.connection !== 'open') client.wake();
    await world.settle();
    world.say(' …and so on.');
    await world.pass(ROUND_MS);
    compareLiveText(world);
    world.endRun({ ok: true });
    await world.settle();
    if (isQuiet(world)) return;
  }
  for (const { name, client } of world.openPages)
    world.log(`${name}: ${client.connection}, ${JSON.stringify(client.pending)}`);
  world.log(`relay idle: ${String(relay.idle)}`);
  for (const { id, page, up, down, abandoned, served } of network.connections)
    world.log(
      `${id} of ${page}: up ${up.flow} ${up.waiting}, down ${down.flow} ${down.waiting}, abandoned ${String(abandoned)} served ${String(served)}`,
    );
  world.wrong('1: it does not come to rest');
}

/** Invariant 6: with good links, everyone has all of an answer that is still being written. */
function compareLiveText(world: World): void {
  const call = world.relay.upstream.open;
  if (call === undefined) return;
  for (const page of world.openPages) {
    if (page.client.connection !== 'open' || world.connectionOf(page)?.good !== true) continue;
    const { run } = page.client.thread;
    if (run?.messageId !== call.run.messageId || run.text !== call.text)
      world.wrong(
        `6: ${page.name} shows ${run?.text ?? 'nothing'} of ${call.run.messageId}, said was ${call.text}`,
      );
  }
}

function isQuiet({ network, openPages, relay }: World): boolean {
  return (
    relay.upstream.open === undefined &&
    relay.idle &&
    network.connections.every(({ good }) => good) &&
    openPages.every(
      ({ client }) => client.connection === 'open' && client.pending.every(({ state }) => state === 'failed'),
    )
  );
}

async function everythingIn(storage: ThreadStorage): Promise<readonly ThreadMessage[]> {
  let messages = (await storage.load()).recent;
  for (;;) {
    const oldest = messages[0];
    const page = oldest === undefined ? undefined : await storage.page(oldest.id, 100);
    if (page === undefined || page.messages.length === 0) return messages;
    messages = [...page.messages, ...messages];
  }
}

function told({ id, role, content, status, timestamp }: ThreadMessage): string {
  return JSON.stringify({ id, role, content, status, timestamp });
}

/** Invariant 1. */
function compare(world: World, { name, client }: SimulatedPage, stored: readonly ThreadMessage[]): void {
  const { messages, before, gen } = client.thread;
  if (gen !== world.relay.journal.gen) world.wrong(`1: ${name} is at generation ${gen}`);
  const expected = messages.length === 0 ? [] : stored.slice(-messages.length);
  const [seen, truth] = [messages.map(told).join('\n'), expected.map(told).join('\n')];
  if (seen !== truth) world.wrong(`1: ${name} shows\n${seen}\nstorage has\n${truth}`);
  const all = messages.length === stored.length;
  if (before === undefined ? !all : before !== messages[0]?.id || all)
    world.wrong(`1: ${name} has ${messages.length} of ${stored.length} and ${String(before)} as its cursor`);
}

/** Invariants 2 and 3: what became of each message that somebody sent. */
function accountForMessages(world: World): void {
  const { journal } = world.relay;
  for (const page of world.openPages) {
    const siblings = world.openPages.filter(({ shelf }) => shelf === page.shelf);
    for (const id of page.sent) {
      const waits = siblings.some(({ client }) => client.pending.some((entry) => entry.id === id));
      const givenUp = siblings.some(({ discarded }) => discarded.has(id));
      if (!waits && !givenUp && !journal.wasStored(id)) world.wrong(`3: ${id} of ${page.name} is nowhere`);
    }
    const willing = page.sent.filter(
      (id) => world.relay.straggled(id) === 0 && !siblings.some(({ failed }) => failed.has(id)),
    );
    const arrived = journal.ids.filter((id) => willing.includes(id));
    const inOrder = willing.filter((id) => arrived.includes(id));
    if (arrived.join() !== inOrder.join())
      world.wrong(`3: ${page.name} sent ${inOrder.join()} and the order is ${arrived.join()}`);
  }
}

/** Invariants 4 and 7. */
function accountForRuns(world: World): void {
  const { upstream, witness } = world.relay;
  const again = (id: string): number =>
    world.retriesOf(id) +
    world.relay.straggled(id) +
    world.openPages.filter(({ resent }) => resent.has(id)).length;
  for (const { run, state } of upstream.calls) {
    const calls = upstream.callsFor(run.userMessageId);
    if (calls > 1 + again(run.userMessageId))
      world.wrong(`4: ${calls} upstream calls for ${run.userMessageId}`);
    if (state === 'open') world.wrong(`5: ${run.messageId} is still open at the upstream`);
    if (state !== 'gone' && !witness.heardEnd(run.messageId) && !world.relay.diedIn(run.messageId))
      world.wrong(`7: no done for ${run.messageId}`);
  }
}

/** Invariant 6, for what is left of it. */
function checkAnswers(world: World, stored: readonly ThreadMessage[]): void {
  for (const { id, content, status } of stored) {
    const said = world.relay.upstream.of(id)?.text;
    if (said === undefined) continue;
    if (status === 'complete' ? said !== content : !said.startsWith(content))
      world.wrong(`6: ${id} is stored as ${status} with ${content}, said was ${said}`);
  }
}

export async function checkConvergence(world: World): Promise<void> {
  world.log('--- checking');
  const { journal } = world.relay;
  const fresh = world.open('fresh');
  await world.settle();
  await world.pass(100);
  while (fresh.client.thread.before !== undefined) {
    const { before } = fresh.client.thread;
    fresh.client.loadOlder();
    await world.settle();
    await world.pass(100);
    if (fresh.client.thread.before === before) {
      world.wrong(`1: the page above ${before} does not come`);
      break;
    }
  }
  const storage = world.relay.readStorage();
  const { open } = await storage.load();
  const stored = await everythingIn(storage);
  if (open !== undefined) world.wrong(`5: ${open.run.messageId} is open in storage`);
  if (!journal.holds(stored))
    world.wrong(`2: stored was ${journal.ids.join()}, there is ${stored.map(({ id }) => id).join()}`);
  for (const page of world.openPages) {
    if (page.client.thread.run !== undefined) world.wrong(`5: ${page.name} still streams`);
    compare(world, page, stored);
  }
  checkAnswers(world, stored);
  accountForMessages(world);
  accountForRuns(world);
  world.judge();
  await checkRest(world);
}

/** Invariant 8. */
async function checkRest(world: World): Promise<void> {
  world.close();
  // partysocket waits for zero milliseconds before it looks whether it was closed.
  await world.pass(0);
  if (timersLeft() > 0) world.wrong(`8: ${timersLeft()} timers left`);
  if (world.network.connections.length > 0) world.wrong('8: a connection of a closed page');
  world.judge();
}
