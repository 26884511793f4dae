/** Focus belongs to the reader: the chat takes it for a press, and gives it back. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { documentWith, HostBrowser, TAG, type HostConversation } from '../../support/host-conversation.ts';

const SCRIPT = '<script src="/ivy-chat.js" async></script>';

let browser: HostBrowser;

beforeAll(async () => {
  browser = await HostBrowser.start();
});
afterEach(() => browser.tidy());
afterAll(() => browser.close());

/** Writes down every focus that moves, from before the chat is there. */
function watchFocus(): void {
  const moved: string[] = [];
  Object.assign(window, { moved });
  for (const type of ['focusin', 'focusout', 'blur']) {
    addEventListener(
      type,
      ({ target }) => moved.push(`${type} ${target instanceof Element ? target.id : ''}`),
      true,
    );
  }
}

async function opened(tag: string): Promise<HostConversation> {
  const field =
    '<input id="field" autofocus /><button id="opener" onclick="document.querySelector(\'ivy-chat\').show()">Help</button>';
  return browser.open({ html: documentWith(SCRIPT, `${field}${tag}`), before: watchFocus });
}

const moved = (host: HostConversation): Promise<readonly string[]> =>
  host.read(z.array(z.string()), () => {
    const all: unknown = 'moved' in window ? window.moved : undefined;
    return Array.isArray(all) ? all.map(String) : undefined;
  });

/** What has focus, in the page or in the chat. */
const focused = (host: HostConversation): Promise<string> =>
  host.read(z.string(), () => {
    const { activeElement } = document;
    const inside = activeElement?.shadowRoot?.activeElement;
    return inside ? (inside.getAttribute('part') ?? inside.localName) : activeElement?.id;
  });

/** Presses with a mouse. */
async function press(host: HostConversation, part: string): Promise<void> {
  const point = await host.until(
    z.strictObject({ x: z.number(), y: z.number() }),
    (selector) => {
      const root = document.querySelector('ivy-chat')?.shadowRoot;
      const box = (
        root?.querySelector(selector) ?? document.querySelector(selector)
      )?.getBoundingClientRect();
      return box && box.width > 0 ? { x: box.x + box.width / 2, y: box.y + box.height / 2 } : undefined;
    },
    part,
  );
  await host.page.mouse.click(point.x, point.y);
}

describe.each([
  ['in the page', TAG],
  ['a launcher', TAG.replace('locale', 'launcher locale')],
  ['a launcher that is open', TAG.replace('locale', 'launcher open locale')],
])('a chat, %s,', (_, tag) => {
  it('[H8] leaves focus where it is, whatever happens', async () => {
    const host = await opened(tag);
    await host.chat.connected();
    expect(await focused(host)).toBe('field');
    const before = await moved(host);
    await host.page.evaluate(() =>
      document.querySelector('ivy-chat')?.sendMessage('A message, and its answer'),
    );
    await host.chat.idle();
    // The page is put aside and taken up again: the connection is another one.
    await host.page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide')));
    await host.until(z.literal(true), () => document.querySelector('ivy-chat')?.connected === false);
    await host.page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
    await host.chat.connected();
    for (const [name, value] of [
      ['open', ''],
      ['open', null],
      ['launcher', ''],
      ['open', ''],
      ['disabled', ''],
      ['disabled', null],
      ['thread-id', 'not a thread!'],
      ['thread-id', 'another'],
      ['launcher', null],
    ] as const) {
      await host.page.evaluate(
        async (attribute, to) => {
          const chat = document.querySelector('ivy-chat');
          if (to === null) chat?.removeAttribute(attribute);
          else chat?.setAttribute(attribute, to);
          await chat?.updateComplete;
          await new Promise((resolve) => requestAnimationFrame(resolve));
        },
        name,
        value,
      );
    }
    await host.chat.connected();
    await host.page.evaluate(() => document.querySelector('ivy-chat')?.sendMessage('x'.repeat(16_001)));
    await host.page.evaluate(() => document.querySelector('ivy-chat')?.clearMessages());
    await host.page.evaluate(() => document.querySelector('ivy-chat')?.remove());
    expect(await focused(host)).toBe('field');
    expect(await moved(host)).toEqual(before);
    host.isQuiet();
  });
});

describe('a launcher', () => {
  it('[H8] takes focus when the reader opens it, and gives it back to what was pressed', async () => {
    const host = await opened(TAG.replace('locale', 'launcher locale'));
    await host.chat.connected();
    for (const [opener, wanted] of [
      ['#opener', 'opener'],
      ['.launcher', 'launcher-button'],
    ] as const) {
      for (const close of ['Escape', '.close']) {
        await press(host, opener);
        await host.until(z.literal(true), () => document.querySelector('ivy-chat')?.matches(':focus-within'));
        expect(await focused(host)).toBe('input');
        if (close === 'Escape') await host.page.keyboard.press(close);
        else await press(host, close);
        await host.until(z.literal(true), () => document.querySelector('ivy-chat')?.open === false);
        expect(await focused(host), `${opener}, ${close}`).toBe(wanted);
      }
    }
    host.isQuiet();
  });
});
