/** A page that moves the chat about, gives it other threads, or takes it away. */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod/mini';
import { documentWith, HostBrowser, TAG, type HostConversation } from '../../support/host-conversation.ts';
import { keepLedger, NOTHING_LEFT, readLedger } from '../../support/page-ledger.ts';

const SCRIPT = '<script src="/ivy-chat.js" async></script>';
const PLACES = '<main><div id="one"></div><div id="two"></div></main>';

/** What a reader would miss. */
const stateSchema = z.strictObject({
  draft: z.string(),
  caret: z.tuple([z.number(), z.number()]),
  hasFocus: z.boolean(),
  scrollTop: z.number(),
  turns: z.number(),
});

let browser: HostBrowser;

beforeAll(async () => {
  browser = await HostBrowser.start();
});
afterEach(() => browser.tidy());
afterAll(() => browser.close());

async function opened(tag = TAG): Promise<HostConversation> {
  const host = await browser.open({
    html: documentWith(SCRIPT, `${PLACES}${tag}<input />`),
    before: keepLedger,
    answer: (message) => Array.from({ length: 60 }, (_, line) => `${message} ${String(line)}\n\n`),
    tokenMs: 5,
  });
  await host.chat.connected();
  return host;
}

/** A conversation that is being read, and answered in writing. */
async function inUse(host: HostConversation): Promise<void> {
  await host.chat.ask('Lines');
  await host.chat.idle();
  await host.page.keyboard.type('A draft');
  await host.page.keyboard.press('ArrowLeft');
  await host.page.evaluate(async () => {
    const scroller = document.querySelector('ivy-chat')?.shadowRoot?.querySelector('[part="transcript"]');
    scroller?.dispatchEvent(new WheelEvent('wheel', { deltaY: -1 }));
    scroller?.scrollTo({ top: 400, behavior: 'instant' });
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  });
}

function state(host: HostConversation): Promise<z.infer<typeof stateSchema>> {
  return host.until(stateSchema, async () => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const root = document.querySelector('ivy-chat')?.shadowRoot;
    const field = root?.querySelector('textarea');
    if (!root || !field) return undefined;
    return {
      draft: field.value,
      caret: [field.selectionStart, field.selectionEnd],
      hasFocus: root.activeElement === field,
      scrollTop: root.querySelector('[part="transcript"]')?.scrollTop,
      turns: root.querySelectorAll('[part~="message"]').length,
    };
  });
}

const socketsMade = ({ requests }: HostConversation): number =>
  requests.filter((address) => address.startsWith('ws')).length;

/** Until nothing of the chat is left in the page or at the relay. */
async function nothingIsLeft(host: HostConversation): Promise<void> {
  await vi.waitFor(async () => {
    expect(await readLedger(host.page)).toEqual(NOTHING_LEFT);
    expect(await host.read(z.number(), () => document.querySelectorAll('[aria-live]').length)).toBe(0);
    expect(host.site.sockets()).toBe(0);
  }, 10_000);
}

const moves: readonly (readonly [name: string, move: () => void])[] = [
  [
    'puts it into another parent, again and again',
    () => {
      const chat = document.querySelector('ivy-chat');
      for (let times = 0; times < 21; times += 1)
        document.querySelector(times % 2 === 0 ? '#one' : '#two')?.append(chat ?? '');
    },
  ],
  [
    'draws its list anew by keys, with the chat in another place',
    () => {
      const chat = document.querySelector('ivy-chat');
      const list = document.createElement('div');
      list.append(document.createElement('p'), chat ?? '', document.createElement('p'));
      document.querySelector('main')?.replaceChildren(list);
    },
  ],
  [
    'moves it by moveBefore',
    () => {
      const chat = document.querySelector('ivy-chat');
      const place = document.querySelector('#two');
      if (chat && place && 'moveBefore' in place && typeof place.moveBefore === 'function')
        place.moveBefore(chat, null);
    },
  ],
];

describe('a page that', () => {
  it.each(moves)('[H9] %s keeps its conversation, what is written, and the place', async (_, move) => {
    const host = await opened();
    await inUse(host);
    const before = await state(host);
    expect(before).toMatchObject({ draft: 'A draft', caret: [6, 6], hasFocus: true, turns: 2 });
    expect(before.scrollTop).toBeGreaterThan(300);
    await host.page.evaluate(move);
    expect(await state(host)).toEqual(before);
    await host.page.keyboard.type('!');
    expect((await state(host)).draft).toBe('A draf!t');
    expect(socketsMade(host)).toBe(1);
    host.isQuiet();
  });

  it('[H9] moves it while an answer is being written has the whole of it', async () => {
    const host = await opened();
    await host.chat.ask('Line');
    await host.chat.streamingAtLeast(50);
    await host.page.evaluate(moves[0]?.[1] ?? (() => undefined));
    const whole = await host.chat.idle();
    await host.until(
      z.literal(true),
      (end) =>
        document
          .querySelector('ivy-chat')
          ?.shadowRoot?.querySelector('[part="answer"]')
          ?.textContent.endsWith(end),
      whole.trim().split('\n').at(-1) ?? '',
    );
    expect(socketsMade(host)).toBe(1);
    host.isQuiet();
  });

  it('[H9] takes it away in the middle of an answer has no socket after a second, and soon nothing of it', async () => {
    for (const announce of ['answers', 'sentences']) {
      const host = await opened(TAG.replace('locale', `announce="${announce}" locale`));
      await host.chat.ask('Line');
      await host.chat.streamingAtLeast(50);
      const { timers, listeners, sockets } = await readLedger(host.page);
      expect([timers.length > 0, listeners.length > 5, sockets], 'what is there is counted').toEqual([
        true,
        true,
        1,
      ]);
      await host.page.evaluate(() => document.querySelector('ivy-chat')?.remove());
      await vi.waitFor(() => expect(host.site.sockets()).toBe(0), 1_000);
      await nothingIsLeft(host);
      host.isQuiet();
    }
  });

  it('[H9] takes a launcher away has nothing of it, and may bring it back', async () => {
    const host = await opened(TAG.replace('locale', 'launcher open locale'));
    await host.chat.ask('Line');
    await host.chat.idle();
    await host.page.evaluate(() => {
      const chat = document.querySelector('ivy-chat');
      chat?.remove();
      Object.assign(window, { chat });
    });
    await nothingIsLeft(host);
    await host.page.evaluate(() => {
      if ('chat' in window && window.chat instanceof Element) document.body.append(window.chat);
    });
    await host.chat.connected();
    expect((await state(host)).turns).toBe(2);
    host.isQuiet();
  });
});

describe('a page that names 100 threads in a row', () => {
  it.each([
    ['at once', 0],
    ['in a microtask each', 1],
    ['in a task each', 2],
  ])('[H9] %s has one socket, for the last of them', async (_, pace) => {
    const host = await opened();
    await host.page.evaluate(async (between) => {
      const chat = document.querySelector('ivy-chat');
      for (let number = 1; number <= 100; number += 1) {
        chat?.setAttribute('thread-id', `thread-${String(number)}`);
        if (between === 1) await Promise.resolve();
        if (between === 2) await new Promise((resolve) => setTimeout(resolve));
      }
    }, pace);
    await host.chat.connected();
    await vi.waitFor(() => expect(host.site.sockets()).toBe(1));
    expect(await readLedger(host.page)).toMatchObject({ sockets: 1 });
    expect(host.requests.filter((address) => address.startsWith('ws')).at(-1)).toContain('thread-100');
    expect(host.complaints.filter((line) => line.startsWith('uncaught'))).toEqual([]);
    await host.chat.ask('Line');
    await host.chat.idle();
    await host.page.evaluate(() => document.querySelector('ivy-chat')?.remove());
    await nothingIsLeft(host);
  });
});
