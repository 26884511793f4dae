/** Shortcuts of the page: what is typed into the chat is not for them, and everything else is. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { documentWith, HostBrowser, TAG, type HostConversation } from '../../support/host-conversation.ts';

const SCRIPT = '<script src="/ivy-chat.js" async></script>';

/** 100 keys, as people write: letters, digits, signs, other scripts, lines, and ways to go about in what is written. */
const LETTERS = Array.from(
  'The quick brown fox jumps over 13 lazy dogs? j/k; g+i: [x] #7 @you ~ % & * ( ) = | ^ $ ! é ñ ß ю ç 中',
);
const OTHERS = [
  ...(['Home', 'End', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'] as const),
  ...(['Backspace', 'Delete', 'F2', 'PageUp'] as const),
];

/** Everything that a page hears of writing. */
const HEARD = [
  ...['keydown', 'keypress', 'keyup', 'beforeinput', 'input', 'change', 'paste', 'cut', 'copy'],
  ...['compositionstart', 'compositionupdate', 'compositionend', 'textInput'],
];

const linesSchema = z.array(z.string());

let browser: HostBrowser;

beforeAll(async () => {
  browser = await HostBrowser.start();
});
afterEach(() => browser.tidy());
afterAll(() => browser.close());

/** A page that listens on everything around the chat. `isFirst`: before the chat does, which nothing can keep it from. */
async function listening(tag = TAG, isFirst = false): Promise<HostConversation> {
  const host = await browser.open({
    html: documentWith(SCRIPT, `<main>${tag}</main><p id="outside" tabindex="0">x</p>`),
  });
  await host.chat.connected();
  await host.page.evaluate(
    (types, capture) => {
      const heard: string[] = [];
      Object.assign(window, { heard });
      const main = document.querySelector('main');
      for (const target of [window, document, document.body, main, document.querySelector('ivy-chat')]) {
        for (const type of types) {
          const hear = (event: Event): void => {
            const key = event instanceof KeyboardEvent ? event.key : '';
            if (event.eventPhase !== Event.AT_TARGET || !capture) heard.push(`${type} ${key}`.trim());
          };
          target?.addEventListener(type, hear, { capture });
        }
      }
    },
    HEARD,
    isFirst,
  );
  return host;
}

/** What the page has heard since it was asked last, each once. */
async function heard(host: HostConversation): Promise<readonly string[]> {
  const lines = await host.read(linesSchema, () => {
    const all: unknown = 'heard' in window ? window.heard : undefined;
    return Array.isArray(all) ? all.splice(0).map(String) : ['nothing was listening'];
  });
  return [...new Set(lines)];
}

async function write(host: HostConversation): Promise<void> {
  await host.page.evaluate(() => document.querySelector('ivy-chat')?.focus());
}

const field = (host: HostConversation): Promise<string> =>
  host.read(
    z.string(),
    () => document.querySelector('ivy-chat')?.shadowRoot?.querySelector('textarea')?.value,
  );

describe('of what is written in the chat a page', () => {
  it('[H7] hears none of 100 keys, nor that something was written at all', async () => {
    expect(LETTERS.length + OTHERS.length).toBeGreaterThanOrEqual(100);
    const host = await listening();
    await write(host);
    for (const letter of LETTERS) await host.page.keyboard.type(letter);
    for (const key of OTHERS) await host.page.keyboard.press(key);
    expect(await field(host)).toContain('quick brown fox');
    expect(await heard(host)).toEqual([]);
    await host.page.keyboard.press('Enter');
    await host.chat.idle();
    expect(await heard(host)).toEqual([]);
  });

  it('[H7] hears nothing of an input method, of the clipboard, nor of undoing', async () => {
    const host = await listening();
    await write(host);
    const session = await host.page.createCDPSession();
    await session.send('Input.imeSetComposition', { text: 'に', selectionStart: 1, selectionEnd: 1 });
    await session.send('Input.imeSetComposition', { text: 'にほん', selectionStart: 3, selectionEnd: 3 });
    await session.send('Input.insertText', { text: '日本' });
    expect(await field(host)).toBe('日本');
    await host.page.keyboard.down('Control');
    expect(await heard(host)).toEqual(['keydown Control']);
    for (const key of [
      'a',
      'c',
      'x',
      'v',
      'v',
      'z',
      'y',
      'ArrowLeft',
      'Backspace',
      'Delete',
      'Home',
      'End',
    ] as const)
      await host.page.keyboard.press(key);
    expect(await heard(host)).toEqual([]);
    await host.page.keyboard.up('Control');
    expect(await heard(host)).toEqual(['keyup Control']);
    expect(await field(host), 'and the field did them').not.toBe('日本');
  });

  it('[H7] hears Escape, Tab and combinations that are not the field’s, from press to release', async () => {
    const host = await listening();
    await write(host);
    await host.page.keyboard.press('Escape');
    expect(await heard(host)).toEqual(['keydown Escape', 'keyup Escape']);
    for (const modifier of ['Control', 'Meta'] as const) {
      await host.page.keyboard.down(modifier);
      await host.page.keyboard.down('k');
      await host.page.keyboard.up(modifier);
      await host.page.keyboard.up('k');
      expect((await heard(host)).filter((line) => !line.startsWith('keypress'))).toEqual([
        `keydown ${modifier}`,
        'keydown k',
        `keyup ${modifier}`,
        'keyup k',
      ]);
    }
    await host.page.keyboard.press('Tab');
    expect((await heard(host))[0]).toBe('keydown Tab');
  });

  it('[H7] does not hear that Ctrl and Enter sent it', async () => {
    const host = await listening();
    await write(host);
    await host.page.keyboard.type('Hello');
    await host.page.keyboard.down('Control');
    await host.page.keyboard.press('Enter');
    await host.page.keyboard.up('Control');
    await host.chat.idle();
    expect(await heard(host)).toEqual(['keydown Control', 'keyup Control']);
  });

  it('[H7] hears no Escape that closes the panel, and the next one, which does not', async () => {
    const host = await listening(TAG.replace('locale', 'launcher open locale'));
    await write(host);
    await host.page.keyboard.press('Escape');
    expect(await host.read(z.boolean(), () => document.querySelector('ivy-chat')?.open)).toBe(false);
    expect((await heard(host)).filter((line) => line !== 'keyup Escape')).toEqual([]);
    await host.page.keyboard.press('Escape');
    expect(await heard(host)).toContain('keydown Escape');
  });

  it('[H7] hears all that comes before us, and may keep it from us', async () => {
    const host = await listening(TAG, true);
    await host.page.evaluate(() => {
      addEventListener('keydown', (event) => event.key === '/' && event.preventDefault(), { capture: true });
    });
    await write(host);
    await host.page.keyboard.type('a/b');
    expect(await field(host)).toBe('ab');
    expect(await heard(host)).toContain('keydown /');
  });
});

it('[H7] shortcuts of the page work when focus is elsewhere, also in what there is to read in the chat', async () => {
  const host = await listening();
  await host.page.focus('#outside');
  await host.page.keyboard.type('j/');
  expect(await heard(host)).toEqual(expect.arrayContaining(['keydown j', 'keyup j', 'keydown /', 'keyup /']));
  await host.page.evaluate(() => {
    document
      .querySelector('ivy-chat')
      ?.shadowRoot?.querySelector<HTMLElement>('[part="transcript"]')
      ?.focus();
  });
  await host.page.keyboard.type('j');
  expect(await heard(host)).toContain('keydown j');
});
