/** A page that makes and takes away chats all day long. */
import type { CDPSession } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod/mini';
import { documentWith, HostBrowser, type HostConversation } from '../../support/host-conversation.ts';
import { keepLedger, NOTHING_LEFT, readLedger } from '../../support/page-ledger.ts';

const ROUNDS = 500;
/** The first ones compile code, make templates and fill caches of the browser's. */
const WARM_UP = 50;
const AT_ONCE = 10;
const GROWTH_MAX_BYTES = 1_048_576;

const usageSchema = z.object({ metrics: z.array(z.object({ name: z.string(), value: z.number() })) });

let browser: HostBrowser;

beforeAll(async () => {
  browser = await HostBrowser.start();
});
afterEach(() => browser.tidy());
afterAll(() => browser.close());

/** Makes chats and takes them away, some at a time; `isTalking`: in the middle of a conversation of their own. */
async function rounds(
  host: HostConversation,
  count: number,
  attributes: string,
  isTalking: boolean,
): Promise<void> {
  await host.page.evaluate(
    async (times, atOnce, more, talks) => {
      const placeOne = async (place: Element, number: number): Promise<void> => {
        const chat = place.appendChild(document.createElement('ivy-chat'));
        // Of those that talk every second one is plain.
        if (!talks || number % 2 === 0) for (const name of more) chat.setAttribute(name, 'sentences');
        chat.threadId = talks ? `thread-${crypto.randomUUID()}` : 'thread';
        if (talks) {
          await new Promise((resolve) => chat.addEventListener('ivy-history', resolve, { once: true }));
          chat.sendMessage('Hello');
          await new Promise((resolve) => chat.addEventListener('ivy-token', resolve, { once: true }));
        } else await chat.updateComplete;
        await new Promise((resolve) => requestAnimationFrame(resolve));
      };
      for (let round = 0; round < times; round += atOnce) {
        const place = document.body.appendChild(document.createElement('div'));
        await Promise.all(Array.from({ length: atOnce }, (_, number) => placeOne(place, number)));
        place.remove();
      }
    },
    count,
    AT_ONCE,
    attributes.split(' ').filter((name) => name !== ''),
    isTalking,
  );
}

/** Until all that the page was still to do is done. */
async function nothingIsLeft(host: HostConversation): Promise<void> {
  await vi.waitFor(async () => {
    expect(await readLedger(host.page)).toEqual(NOTHING_LEFT);
    expect(host.site.sockets()).toBe(0);
  }, 10_000);
}

async function usage(
  session: CDPSession,
): Promise<{ readonly bytes: number; readonly nodes: number; readonly listeners: number }> {
  for (let times = 0; times < 3; times += 1) await session.send('HeapProfiler.collectGarbage');
  const { metrics } = usageSchema.parse(await session.send('Performance.getMetrics'));
  const of = (wanted: string): number => metrics.find(({ name }) => name === wanted)?.value ?? NaN;
  return { bytes: of('JSHeapUsedSize'), nodes: of('Nodes'), listeners: of('JSEventListeners') };
}

describe(`a page that has made and taken away ${String(ROUNDS)} chats`, () => {
  it.each([
    ['in itself', '', false],
    ['as launchers that are open', 'launcher open suggestions', false],
    ['in the middle of an answer', 'launcher open announce', true],
  ])('[H22] %s is as it was before', async (_, attributes, isTalking) => {
    const host = await browser.open({
      html: documentWith('<script src="/ivy-chat.js"></script>', ''),
      before: keepLedger,
      answer: () => ['Hello. ', 'And **more**.'],
      tokenMs: 50,
    });
    const session = await host.page.createCDPSession();
    await session.send('Performance.enable');
    await rounds(host, WARM_UP, attributes, isTalking);
    await nothingIsLeft(host);
    const before = await usage(session);
    await rounds(host, ROUNDS, attributes, isTalking);
    await nothingIsLeft(host);
    const after = await usage(session);

    expect(after.bytes - before.bytes, `${String(before.bytes)} → ${String(after.bytes)}`).toBeLessThan(
      GROWTH_MAX_BYTES,
    );
    expect(after.nodes - before.nodes, 'nodes').toBeLessThanOrEqual(ROUNDS / 10);
    expect(after.listeners - before.listeners, 'listeners').toBeLessThanOrEqual(0);
    const left = await host.read(z.array(z.number()), () => [
      document.body.childElementCount,
      document.adoptedStyleSheets.length,
      document.styleSheets.length,
    ]);
    expect(left, 'live regions and sheets').toEqual([0, 0, 0]);
    expect(host.complaints).toEqual([]);
  });
});
